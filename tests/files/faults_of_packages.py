"""Faults of the package, the workbook, its names, macros and properties."""

from __future__ import annotations

import zipfile

from files.planting import Fault, add, cut_out, drop, fault, packed, put
from files.reading import TYPES

BOOK, BOOK_RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
PAGE, DATA, CORE, APP = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "docProps/core.xml", "docProps/app.xml"
RIBBON = "customUI/customUI14.xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _relation(kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="rId99" Type="{_KIND}{kind}" Target="{target}"{more}/></Relationships>'


def _name(name: str, text: str) -> tuple[str, str]:
    return "</definedNames>", f'<definedName name="{name}">{text}</definedName></definedNames>'


PACKAGES = [
    Fault("entries_have_names_of_their_own", "a part twice, in capitals", (add("XL/STYLES.XML"),)),
    Fault("entries_have_names_of_their_own", "a part twice", (add("xl/styles.xml"),)),
    Fault("entries_can_be_read", "bzip2", (packed(APP, zipfile.ZIP_BZIP2),)),
    Fault("entries_have_plain_names", "a folder", (add("xl/media/", ""),)),
    fault("xml_is_well_formed", APP, "</Properties>", ""),
    fault("xml_is_well_formed", APP, "<DocSecurity>0", "<DocSecurity>&#1;"),
    fault("xml_is_well_formed", CORE, "<cp:core", "<!DOCTYPE x><cp:core"),
    fault("types_are_given", TYPES, 'Extension="bin"', 'Extension="bim"'),
    fault("types_are_given", TYPES, "</Types>", '<Override PartName="/xl/styles.xml" ContentType="x"/></Types>'),
    fault(
        "types_name_parts_that_are_there",
        TYPES,
        "</Types>",
        '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>',
    ),
    fault("types_are_those_of_the_relations", TYPES, "officedocument.drawing+xml", "officedocument.drawing"),
    fault("type_fits_the_ending_of_the_file", TYPES, "sheet.macroEnabled", "addin.macroEnabled"),
    fault("type_fits_the_ending_of_the_file", TYPES, "addin.macroEnabled", "sheet.macroEnabled", "addin"),
    fault("relations_have_ids_of_their_own", BOOK_RELATIONS, 'Id="rId5"', 'Id="rId6"'),
    fault("relations_lead_to_parts", BOOK_RELATIONS, "</Relationships>", _relation("calcChain", "calcChain.xml")),
    fault("ids_in_use_are_related", "xl/drawings/drawing1.xml", 'r:id="rId2"', 'r:id="rId9"'),
    fault("ids_in_use_are_related", DATA, "<legacyDrawing", '<pageSetup r:id=""/><legacyDrawing'),
    Fault("parts_are_reached_once", "a part that nothing refers to", (add("xl/extra.xml"),)),
    fault(
        "parts_are_reached_once",
        "xl/drawings/_rels/drawing1.xml.rels",
        "</Relationships>",
        _relation("chart", "../charts/chart1.xml"),
    ),
    fault("relations_of_sheets_are_used", DATA, '<legacyDrawing r:id="rId2"/>', ""),
    fault("relations_of_sheets_are_used", PAGE, '<drawing r:id="rId1"/>', ""),
    fault("prefixes_that_may_be_ignored_are_declared", PAGE, 'mc:Ignorable="x14ac"', 'mc:Ignorable="x14ac xr"'),
    fault("nothing_outside_is_linked", "xl/worksheets/_rels/sheet2.xml.rels", "https://example.org", "file:///C:"),
    fault(
        "nothing_outside_is_linked",
        "xl/drawings/_rels/drawing1.xml.rels",
        "</Relationships>",
        _relation("image", "https://example.org/a.png", ' TargetMode="External"'),
    ),
]

WORKBOOKS = [
    *(
        fault("sheets_have_names_that_excel_takes", BOOK, '"xlwings.conf"', f'"{name}"')
        for name in ("a:b", "'conf'", "History", "x" * 32, "")
    ),
    fault("sheets_have_names_of_their_own", BOOK, '"xlwings.conf"', '"DATA"'),
    fault("sheets_have_names_of_their_own", BOOK, 'sheetId="4"', 'sheetId="3"'),
    fault("book_opens_on_a_sheet_that_is_shown", BOOK, "<workbookView ", '<workbookView activeTab="2" '),
    fault("book_opens_on_a_sheet_that_is_shown", BOOK, "<workbookView ", '<workbookView activeTab="4" '),
    fault("one_sheet_is_selected", DATA, "<sheetView ", '<sheetView tabSelected="1" '),
    fault("states_are_known", BOOK, '"veryHidden"', '"veryhidden"'),
    fault("children_stand_in_order", DATA, "<sheetViews>", "<printOptions/><sheetViews>"),
    fault("children_stand_in_order", DATA, "<sheetViews>", "<kam/><sheetViews>"),
    fault("children_stand_in_order", PAGE, "<drawing ", "<picture/><picture/><drawing "),
    fault("views_can_be_shown", PAGE, 'zoomScale="90"', 'zoomScale="5"'),
    fault("views_can_be_shown", PAGE, 'xSplit="1" ', ""),
    fault("views_can_be_shown", PAGE, 'activeCell="A3"', 'activeCell="C9"'),
]

NAMES = [
    *(
        fault("names_can_be_names", BOOK, '"own_cell"', f'"{name}"')
        for name in ("own cell", "KAM1", "r1c1", "2nd", "C")
    ),
    fault("names_can_be_names", BOOK, '"own_cell"', f'"{"x" * 256}"'),
    fault("names_are_defined_once", BOOK, *_name("CHART_0", "calc!$A$1")),
    fault("names_are_defined_once", BOOK, *_name("tblmore", "calc!$A$1")),
    fault("comments_of_names_are_short", BOOK, 'comment="The ABC', f'comment="{"x" * 256}'),
    fault(
        "names_belong_to_sheets_that_are_there",
        BOOK,
        'name="own_cell" localSheetId="1"',
        'name="own_cell" localSheetId="4"',
    ),
    fault("built_in_names_mean_what_excel_means", BOOK, "'Ann''s page'!$B$1:$G$31", "Data!$B$1:$G$31"),
    fault("built_in_names_mean_what_excel_means", BOOK, "'Ann''s page'!$1:$2", "'Ann''s page'!$A$1"),
    fault("built_in_names_mean_what_excel_means", BOOK, "_xlnm.Print_Area", "_xlnm.PrintArea"),
    fault("names_point_at_the_same_cells_from_everywhere", BOOK, ">Data!$D$6<", ">Data!D6<"),
    fault("names_point_at_the_same_cells_from_everywhere", BOOK, ">Data!$D$6<", ">$D$6<"),
    *(
        fault("names_that_grow_end_inside_their_area", BOOK, "$A$9:$A$20,calc!$B$1)", text)
        for text in ("$A$9:$A$20,calc!$A$1)", "$A$9:$A$10,calc!$B$1)", "$A$9:$A$20,calc!$D$1)")
    ),
    fault("names_are_not_chained_into_circles", BOOK, *_name("loop", "1+loop")),
]

MACROS = [
    Fault(
        "macros_are_where_they_may_be",
        "no macros in a .xlsm",
        (drop("xl/vbaProject.bin"), cut_out(BOOK_RELATIONS, '<Relationship Id="rId8"', 'Target="vbaProject.bin"/>')),
    ),
    fault("code_names_are_those_of_the_modules", DATA, 'codeName="Sheet2"', 'codeName="Sheet9"'),
    fault("code_names_are_those_of_the_modules", DATA, 'codeName="Sheet2"', 'codeName="Sheet1"'),
    fault("code_names_are_those_of_the_modules", BOOK, ' codeName="ThisWorkbook"', ""),
    fault("buttons_call_macros", "xl/drawings/vmlDrawing1.vml", "[0]!KamHelp", "[0]!KamHalp"),
    fault("ribbons_are_ribbons", RIBBON, "office/2009/07/customui", "office/2009/07/custom", "addin"),
    fault("ribbons_are_ribbons", RIBBON, 'id="kamRefresh"', 'id="kamCheck"', "addin"),
    fault("ribbons_call_macros", RIBBON, "KamRibbon.RibbonCheck", "KamRibbon.RibbonChock", "addin"),
]

PROPERTIES = [
    fault("properties_are_given_once", CORE, "<dc:title>", "<dc:title>x</dc:title><dc:title>"),
    fault("properties_are_given_once", CORE, "2025-01-01T", "1.1.2025 "),
    fault("properties_count_what_they_list", APP, 'vector size="', 'vector size="1'),
    fault("properties_count_what_they_list", APP, "<vt:i4>", "<vt:i4>1"),
    Fault("themes_are_whole", "no sixth accent", (cut_out("xl/theme/theme1.xml", "<a:accent6>", "</a:accent6>"),)),
    fault("themes_are_whole", "xl/theme/theme1.xml", "<a:latin ", "<a:cs "),
    Fault(
        "what_is_not_of_a_sheet_is_known",
        "connections",
        (
            add("xl/connections.xml"),
            put(BOOK_RELATIONS, "</Relationships>", _relation("connections", "connections.xml")),
        ),
    ),
]

FAULTS = [*PACKAGES, *WORKBOOKS, *NAMES, *MACROS, *PROPERTIES]
