"""Faults of formulas, cells, spills, tables."""

from __future__ import annotations

from files.planting import Fault, fault, formula, put

DATA, CALC, BOOK = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/workbook.xml"
PAGE, STRINGS, TABLE, MORE = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/tables/table1.xml",
    "xl/tables/table2.xml",
)

FORMULAS = [
    formula("formulas_are_not_too_long", "1" + "+1" * 4096),
    formula("calls_are_not_nested_too_deep", "ABS(" * 65 + "1" + ")" * 65),
    formula("calls_have_not_too_many_arguments", "SUM(" + ",".join("1" * 256) + ")"),
    formula("texts_in_formulas_are_short", f'LEN("{"x" * 256}")'),
    *(
        formula("formulas_can_be_read", text)
        for text in ("SUM(1;2)", "=1+1", "SUM((1)", "1+*2", "{1,B1}", 'LEN("a)', "SUM(B1 B2)", "ABS(1+)", "1)", "")
    ),
    formula("signs_are_stored_as_functions", "SUM(E1#)"),
    formula("signs_are_stored_as_functions", "@B1:B3"),
    *(formula("references_lead_to_cells", text) for text in ("A1048577+1", "XFE1+1", "#REF!+1", "Data!#REF!")),
    *(formula("sheets_in_formulas_exist", text) for text in ("Dota!B1", "[1]Data!B1", "'Anns page'!B1")),
    formula("names_in_formulas_exist", "no_such_name+1"),
    formula("names_in_formulas_exist", "own_cel"),
    formula("names_in_formulas_exist", "_xlfn.LAMBDA(_xlpm.x,x)(1)"),
    formula("columns_in_formulas_exist", "SUM(tblData[Amounts])"),
    formula("columns_in_formulas_exist", "SUM(tblData[[#Headers],[State]:[Sum]])"),
    formula("lambdas_get_what_they_take", "KAM_ABC()"),
    formula("lambdas_get_what_they_take", "KAM_ABC(B1,1,2,3,4)"),
]

FUNCTIONS = [
    *(formula("functions_are_spelled_as_in_files", text) for text in ("SORT(B1)", "_xlfn.SORT(B1)", "_xlfn.SUM(1)")),
    *(formula("functions_are_known", text) for text in ("NOSUCH(1)", "KAM_HHI(B1)", "REGEXTEST(A1,A1)")),
    *(
        formula("functions_get_what_they_take", text)
        for text in ("IF(1)", "NA(1)", "_xlfn.XLOOKUP(1,2)", "ROUND(1,2,3)")
    ),
    formula("parameters_are_marked_and_bound", "_xlfn.LET(_xlpm.a,1,_xlpm.b)"),
    formula("parameters_are_marked_and_bound", "_xlfn.LET(_xlpm.a,_xlpm.a+1,_xlpm.a)"),
    formula("parameters_are_marked_and_bound", "_xlfn.LAMBDA(_xlop.a,_xlop.a)(1)"),
    *(
        formula("parameters_have_names", text)
        for text in (
            "_xlfn.LET(_xlpm.a1,1,_xlpm.a1)",
            "_xlfn.LET(_xlpm.r,1,_xlpm.r)",
            "_xlfn.LET(_xlop.a,1,_xlpm.a)",
            "_xlfn.LET(_xlpm.a,1)",
            "_xlfn.LAMBDA(_xlop.a,_xlpm.b,_xlpm.a+_xlpm.b)(1,2)",
            "_xlfn.LAMBDA(_xlpm.a,_xlpm.A,_xlpm.a)(1,2)",
            "_xlfn.LAMBDA(B1,2)(1)",
            "_xlfn.LET(a,1,2)",
            "_xlfn.LAMBDA(x,2)(1)",
        )
    ),
]

LOCALES = [
    formula("criteria_hold_no_decimal_point", 'COUNTIF(Data!$D$6:$D$8,"<3.5")'),
    formula("criteria_hold_no_decimal_point", 'SUMIFS(B1:B3,B1:B3,">1",C1:C3,IF(B1,">=0.25","x"))'),
    formula("criteria_hold_no_decimal_point", 'SUMIF(B1:B3,"1.5")'),
    *(formula("texts_are_not_taken_for_numbers", text) for text in ('VALUE("3.5")', '"3.5"+0', '-"1,000"', '2*"0.5"')),
    *(
        formula("patterns_of_text_mean_the_same_everywhere", f'TEXT(B1,"{pattern}")')
        for pattern in ("0.0", "#,##0", "yyyy-mm-dd", "General")
    ),
    *(formula("searches_hold_no_wildcards", f'SEARCH("{text}","Is it?")') for text in ("?", "a*", "~a", "~~~")),
]

CELLS = [
    fault("rows_and_cells_stand_in_order", CALC, '<row r="2"', '<row r="1"'),
    fault("rows_and_cells_stand_in_order", DATA, '<c r="H6">', '<c r="F6">'),
    fault("rows_and_cells_stand_in_order", DATA, '<c r="H6">', '<c r="XFE6">'),
    fault("heights_and_widths_can_be_shown", DATA, 'ht="24"', 'ht="410"'),
    fault("heights_and_widths_can_be_shown", DATA, 'width="14.7109375"', 'width="256"'),
    fault("heights_and_widths_can_be_shown", DATA, '<col min="2"', '<col min="1"'),
    fault("cells_have_styles_that_are_there", PAGE, 's="5"', 's="99"'),
    fault("values_are_of_their_type", CALC, '<c r="C1" t="b"><v>1', '<c r="C1" t="b"><v>yes'),
    fault("values_are_of_their_type", CALC, "<v>#N/A</v>", "<v>#N/V</v>"),
    *(
        fault("values_are_of_their_type", CALC, "<v>24</v>", f"<v>{text}</v>")
        for text in ("nan", "inf", "1,5", "1e308", "1_0", "")
    ),
    fault("values_are_of_their_type", CALC, '<c r="B3" t="str">', '<c r="B3" t="text">'),
    fault("shared_strings_are_there", PAGE, "<v>17</v>", "<v>99</v>"),
    fault("texts_are_not_too_long", CALC, "<v>+12</v>", f"<v>{'x' * 32_768}</v>"),
    fault("texts_are_not_too_long", CALC, "<v>+12</v>", f"<v>{'🎉' * 16_384}</v>"),
    fault("texts_are_not_read_as_codes", CALC, "<v>+12</v>", "<v>_x0041_</v>"),
    fault("texts_are_not_read_as_codes", STRINGS, ">open<", ">_x00e4_<"),
    fault("texts_are_not_read_as_codes", CALC, "<f>NA()</f>", '<f>LEN("_x0041_")</f>'),
    fault("blanks_at_the_ends_are_kept", STRINGS, ' xml:space="preserve"', ""),
]

SPILLS = [
    fault("arrays_start_where_they_stand", CALC, 'ref="E1:E3"', 'ref="E2:E3"'),
    fault("arrays_start_where_they_stand", CALC, 'ref="E1:E3"', 'ref="E1:D3"'),
    fault("arrays_have_their_room", CALC, '<c r="E2" t="s"><v>13</v></c>', '<c r="E2"><f>1+1</f><v>2</v></c>'),
    fault(
        "arrays_have_their_room",
        CALC,
        '<c r="E3" t="s"><v>14</v></c>',
        '<c r="E3" cm="1"><f t="array" ref="E3:E4">B1:B2</f><v>2</v></c>',
    ),
    fault(
        "arrays_meet_no_table_and_no_merge",
        CALC,
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="E3:F3"/></mergeCells>',
    ),
    fault(
        "arrays_meet_no_table_and_no_merge",
        DATA,
        "<v>11</v></c>",
        '<v>11</v></c><c r="H1" cm="1"><f t="array" ref="H1:H5">B6:B8</f><v>2</v></c>',
    ),
    fault("dynamic_arrays_are_declared", CALC, 'cm="1"', 'cm="2"'),
    fault("dynamic_arrays_are_declared", "xl/metadata.xml", 'fDynamic="1"', 'fDynamic="0"'),
    fault("metadata_stands_at_array_formulas", CALC, '<c r="B5">', '<c r="B5" cm="1">'),
    fault("merges_can_be_made", PAGE, 'ref="B2:C2"', 'ref="B2"'),
    fault("merges_can_be_made", PAGE, 'ref="B2:C2"', 'ref="C2:B2"'),
    fault("merges_can_be_made", PAGE, '<mergeCell ref="B2:C2"/>', '<mergeCell ref="B2:C2"/><mergeCell ref="C2:D2"/>'),
    fault("merged_cells_hide_nothing", PAGE, "<v>17</v></c>", '<v>17</v></c><c r="C2"><v>3</v></c>'),
]

TABLES = [
    *(
        fault("tables_have_names", MORE, 'displayName="tblMore"', f'displayName="{name}"')
        for name in ("tbl More", "C", "KAM1", "")
    ),
    fault("tables_have_names", MORE, ' id="2"', ' id="1"'),
    fault("tables_are_as_wide_as_their_columns", MORE, 'ref="G5:H7"', 'ref="G5:I7"'),
    fault("tables_are_as_wide_as_their_columns", MORE, 'ref="G5:H7"', 'ref="G5:H5"'),
    fault("tables_have_different_headings", MORE, '<tableColumn id="2"', '<tableColumn id="1"'),
    Fault(
        "tables_have_different_headings",
        "Column1 and column1",
        (put(MORE, '"Column2"', '"column1"'), put(STRINGS, ">Column2<", ">column1<")),
    ),
    fault("headings_stand_in_their_cells", DATA, '<c r="G5" t="s"><v>9</v>', '<c r="G5" t="s"><v>10</v>'),
    fault("headings_stand_in_their_cells", DATA, '<c r="G5" t="s"><v>9</v>', '<c r="G5"><v>2024</v>'),
    fault(
        "headings_stand_in_their_cells",
        DATA,
        '<c r="G5" t="s"><v>9</v>',
        '<c r="G5" t="str"><f>"Column"&amp;1</f><v>Column1</v>',
    ),
    fault(
        "tables_lie_apart",
        DATA,
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="G7:G8"/></mergeCells>',
    ),
    fault("filters_of_tables_fit", TABLE, '<autoFilter ref="B5:E8"/>', '<autoFilter ref="B5:E7"/>'),
    fault("filters_of_tables_fit", TABLE, 'ref="B5:E8" totals', 'ref="B5:E8" headerRowCount="0" totals'),
    fault("tables_are_counted", DATA, '<tableParts count="2">', '<tableParts count="3">'),
]

FAULTS = [*FORMULAS, *FUNCTIONS, *LOCALES, *CELLS, *SPILLS, *TABLES]
