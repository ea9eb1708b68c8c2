"""Faults of validations, conditional formats, styles, drawings, charts, links and printing."""

from __future__ import annotations

from files.planting import Fault, cut_out, fault, put

PAGE, DATA, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"
BARS, DOTS, DRAWING = "xl/charts/chart1.xml", "xl/charts/chart2.xml", "xl/drawings/drawing1.xml"
BUTTONS, NOTES = "xl/drawings/vmlDrawing1.vml", "xl/drawings/vmlDrawing2.vml"
LIST, AREA, ASKED = '"open,done"', "$G$6:$G$7", "AND(ISNUMBER($D3),$D3&gt;6)"

VALIDATIONS = [
    *(
        fault("validations_use_no_reference_operators", DATA, LIST, text)
        for text in ("open,done", "O,0,x,yes", "yes,no", '{"open","done"}', "$G$6:INDEX($G$6:$G$7,2)")
    ),
    fault("validations_use_no_reference_operators", DATA, AREA, "Data!$G$6:Data!$G$7"),
    fault("lists_are_a_text_or_a_reference", DATA, LIST, "5"),
    fault("lists_are_a_text_or_a_reference", DATA, AREA, "$G$6:$H$7"),
    fault("lists_of_words_are_short", DATA, LIST, f'"{"x" * 256}"'),
    fault("lists_of_words_are_short", DATA, AREA, "IF(1," * 60 + "G6" + ")" * 60),
    *(
        fault("words_of_lists_are_typed_as_they_stand", DATA, LIST, text)
        for text in ('"1.5,2.5"', '"open, done"', '"open,"')
    ),
    fault("messages_of_validations_are_short", DATA, 'errorTitle="State"', f'errorTitle="{"x" * 33}"'),
    fault("messages_of_validations_are_short", DATA, 'error="Choose one."', f'error="{"x" * 256}"'),
    fault("messages_of_validations_are_short", DATA, 'promptTitle="Account"', f'promptTitle="{"x" * 33}"'),
    fault("validations_say_what_they_compare_with", DATA, "<formula2>1000000000.0</formula2>", ""),
    fault("validations_say_what_they_compare_with", DATA, 'type="decimal"', 'type="number"'),
    fault("validations_lie_apart", DATA, 'sqref="D6:D8"', 'sqref="C8:D8"'),
    fault("validations_lie_apart", DATA, 'sqref="D6:D8"', 'sqref="D6:D8 C6"'),
    fault("validations_lie_apart", DATA, 'sqref="D6:D8"', 'sqref="D"'),
    fault("validations_stay_on_their_sheet", DATA, AREA, "calc!$B$9:$B$11"),
    fault("lists_hold_no_blank_cells", BOOK, "Data!$B$6:$B$8", "Data!$B$6:$B$9"),
    fault("lists_hold_no_blank_cells", DATA, AREA, "$G$6:$G$8"),
]

CONDITIONS = [
    fault("rules_are_complete", PAGE, "<formula>10</formula>", ""),
    fault("rules_are_complete", PAGE, '<cfvo type="max"/>', ""),
    fault("rules_are_complete", PAGE, 'type="expression"', 'type="formula"'),
    fault(
        "rules_are_complete",
        PAGE,
        '<conditionalFormatting sqref="D3:D5">',
        '<conditionalFormatting sqref="A1"/><conditionalFormatting sqref="D3:D5">',
    ),
    fault("rules_have_formats_that_are_there", PAGE, 'dxfId="3"', 'dxfId="4"'),
    fault("rules_have_priorities_of_their_own", PAGE, 'priority="2"', 'priority="1"'),
    fault("rules_use_no_unions_and_arrays", PAGE, ASKED, "SUM({1,2})=3"),
    fault("rules_use_no_unions_and_arrays", PAGE, ASKED, "SUM((D3,D5))=3"),
    fault("rules_use_no_unions_and_arrays", PAGE, ASKED, "SUM(tblData[Amount])=3"),
    fault("rules_stay_on_their_sheet", PAGE, ASKED, "$D3=calc!$B$1"),
    *(fault("texts_of_rules_hold_no_wildcards", PAGE, 'text="pen"', f'text="{text}"') for text in ("?", "p*n", "~")),
    fault("rules_look_at_their_first_cell", PAGE, '"pen",C3', '"pen",C4'),
    fault("rules_look_at_their_first_cell", PAGE, 'sqref="C3:C5"', 'sqref="C3:C5 C2"'),
    fault("bars_have_their_extension", PAGE, "<x14:id>{DA7", "<x14:id>{DA8"),
    fault("text_is_not_coloured_as_a_number", PAGE, 'sqref="D3:D5"', 'sqref="B3:D5"'),
    *(
        fault("text_is_not_coloured_as_a_number", PAGE, ASKED, text)
        for text in ("$B3&gt;6", "AND(ISNUMBER($D3),6&lt;=B3)", "OR($B$3&gt;=6,1)")
    ),
    fault("sparklines_have_data", PAGE, "calc!B9:B11", "dota!B9:B11"),
    fault("sparklines_have_data", PAGE, "<xm:sqref>G3", "<xm:sqref>G0"),
]

STYLE = [
    *(
        fault("numbers_do_not_end_in_a_dot", STYLES, '"0.0%"', f'"{code}"')
        for code in ("0.#", "0.##%", "#,##0.?;0", "0.", ".##")
    ),
    fault("numbers_do_not_end_in_a_dot", BARS, 'formatCode="#,##0"', 'formatCode="#,##0.##"'),
    *(
        fault("number_formats_can_be_read", STYLES, '"0.0%"', f'"{code}"')
        for code in ("0k", "0;0;0;@;0", "[Grau]0", "")
    ),
    fault("number_formats_are_short_and_few", STYLES, '"0.0%"', f'"&quot;{"x" * 255}&quot;0"'),
    fault(
        "number_formats_are_short_and_few",
        STYLES,
        "</numFmts>",
        "".join(f'<numFmt numFmtId="{300 + i}" formatCode="0"/>' for i in range(200)) + "</numFmts>",
    ),
    fault("number_formats_are_short_and_few", STYLES, "</numFmts>", '<numFmt numFmtId="9" formatCode="0"/></numFmts>'),
    fault("styles_are_made_of_parts_that_are_there", STYLES, 'numFmtId="165" fontId="0"', 'numFmtId="165" fontId="99"'),
    fault("styles_are_made_of_parts_that_are_there", STYLES, 'numFmtId="165" fontId', 'numFmtId="190" fontId'),
    fault("styles_are_not_too_many", STYLES, "</fonts>", "<font/>" * 1024 + "</fonts>"),
    fault("styles_can_be_shown", STYLES, '<sz val="18"/>', '<sz val="410"/>'),
    fault("styles_can_be_shown", STYLES, 'textRotation="45"', 'textRotation="181"'),
    fault("styles_can_be_shown", STYLES, '<name val="Calibri"/>', f'<name val="{"x" * 32}"/>'),
    fault("styles_can_be_shown", STYLES, 'indent="1"', 'indent="251"'),
    fault("styles_can_be_shown", STYLES, 'rgb="FFEEF2F6"', 'rgb="EEF2F6"'),
    fault("styles_can_be_shown", STYLES, '"gray125"', '"solid"'),
]

DRAWINGS = [
    fault("shapes_have_ids_and_names", DRAWING, 'cNvPr id="3"', 'cNvPr id="2"'),
    fault("shapes_have_ids_and_names", DRAWING, 'name="Map"', 'name="Revenue"'),
    fault("shapes_stand_on_the_sheet", DRAWING, "<xdr:to><xdr:col>", "<xdr:to><xdr:col>-"),
    fault("shapes_stand_on_the_sheet", DRAWING, "<xdr:row>8</xdr:row>", "<xdr:row>1048576</xdr:row>"),
    fault(
        "charts_stand_in_one_frame", "xl/drawings/_rels/drawing1.xml.rels", "relationships/chart", "relationships/image"
    ),
    fault("buttons_have_ids_of_their_own", NOTES, 'data="2"', 'data="1"'),
    fault("buttons_have_ids_of_their_own", BUTTONS, "_x0000_s1025", "_x0000_s3000"),
    fault("comments_have_their_boxes", "xl/comments1.xml", 'ref="B1"', 'ref="B2"'),
    fault("comments_have_their_boxes", NOTES, 'ObjectType="Note"', 'ObjectType="Notes"'),
    fault("comments_have_authors", "xl/comments1.xml", 'authorId="0"', 'authorId="1"'),
]

CHARTS = [
    Fault("charts_have_series", "no series", (cut_out(DOTS, "<c:ser>", "</c:ser>"),)),
    fault("series_are_numbered", BARS, '<c:order val="1"/>', '<c:order val="0"/>'),
    fault("series_are_numbered", BARS, '<c:idx val="1"/><c:order', '<c:idx val="0"/><c:order'),
    fault("axes_meet", BARS, '<c:crossAx val="50010002"/>', '<c:crossAx val="50010003"/>'),
    fault("axes_meet", BARS, '<c:axId val="50010002"/></c:barChart>', '<c:axId val="7"/></c:barChart>'),
    fault("axes_meet", BARS, '<c:axId val="50010002"/></c:barChart>', "</c:barChart>"),
    *(
        fault("charts_refer_to_what_is_there", DOTS, "calc!$C$9:$C$11", text)
        for text in ("dota!$C$9:$C$11", "$C$9:$C$11", "calc!C9:C11", "[0]!chart_9", "#REF!", "[1]calc!$C$9")
    ),
    fault("points_are_counted", BARS, '<c:ptCount val="3"/>', '<c:ptCount val="2"/>'),
    fault("points_are_counted", BARS, '<c:pt idx="1">', '<c:pt idx="0">'),
    fault("points_are_counted", BARS, "<c:v>12</c:v>", "<c:v>n/a</c:v>"),
    fault("points_are_counted", BARS, '<c:ptCount val="3"/>', '<c:ptCount val="32001"/>'),
    fault("points_are_described_once", BARS, '<c:dPt><c:idx val="1"/>', '<c:dPt><c:idx val="0"/>'),
    fault("missing_values_leave_no_mark", BARS, 'dispNaAsBlank val="1"', 'dispNaAsBlank val="0"'),
    Fault("missing_values_leave_no_mark", "no extension", (cut_out(DOTS, "<c:extLst>", "</c:extLst>"),)),
    fault("labels_stand_where_they_can", BARS, '<c:dLblPos val="t"/>', '<c:dLblPos val="outEnd"/>'),
    fault("labels_stand_where_they_can", BARS, "<c:dLbls>", '<c:dLbls><c:dLblPos val="t"/>'),
]

PAGES = [
    fault("links_lead_somewhere", PAGE, "'Data'!B6", "'Dota'!B6"),
    fault("links_lead_somewhere", PAGE, "'Data'!B6", "'Data'!B0"),
    fault("links_are_short_and_few", PAGE, 'tooltip="To', f'tooltip="{"x" * 255}'),
    fault(
        "links_are_short_and_few", "xl/worksheets/_rels/sheet2.xml.rels", "example.org/", f"example.org/{'x' * 2079}"
    ),
    fault(
        "links_are_short_and_few", PAGE, "</hyperlinks>", """<hyperlink ref="D1" location="'Data'!B7"/></hyperlinks>"""
    ),
    fault("headers_are_short", PAGE, "kam_xl&amp;R", "x" * 256),
    fault("headers_have_known_codes", PAGE, "&amp;P /", "&amp;Q /"),
    fault("headers_have_known_codes", PAGE, "/ &amp;N", "/ &amp; N"),
    fault("pages_can_be_printed", PAGE, 'left="0.4"', 'left="-0.4"'),
    fault("pages_can_be_printed", PAGE, '<brk id="12"', '<brk id="0"'),
    fault("pages_can_be_printed", PAGE, "<headerFooter>", '<pageSetup scale="5"/><headerFooter>'),
    fault("dimensions_are_areas", PAGE, '<dimension ref="B1:F5"/>', '<dimension ref="B1:E5"/>'),
    Fault("dimensions_are_areas", "no area", (put(PAGE, '<dimension ref="B1:F5"/>', '<dimension ref="B1:"/>'),)),
]

FAULTS = [*VALIDATIONS, *CONDITIONS, *STYLE, *DRAWINGS, *CHARTS, *PAGES]
