"""A small workbook that has one of everything that ours have: the good file that faults are planted in."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from kam_xl.canvas import theme
from kam_xl.hosts.native.library import needed_by
from kam_xl.hosts.native.names import define
from kam_xl.hosts.vba import CONF_SHEET, WORKBOOK_CODE_NAME, sheet_code_names, vba_project

ROWS = [["Alpha", "open", 5, 0.25], ["Beta & Söhne", "done", 12, None], [" Gamma 🎉 ", "open", 7, 0.5]]
FIRST = 4  # row of the table's headings, from 0


def write_kit(path: Path) -> Path:
    """Write the small workbook to a path that ends in .xlsm."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.use_custom_theme(theme.theme_xml())
    book.set_properties({"title": "Kit", "created": dt.datetime(2025, 1, 1)})
    page, data, calc, conf = (book.add_worksheet(name) for name in ("Ann's page", "Data", "calc", CONF_SHEET))
    formats = {
        "amount": book.add_format({"num_format": '#,##0;−#,##0;"–"', "bg_color": "#EEF2F6"}),
        "share": book.add_format({"num_format": "0.0%", "indent": 1}),
        "day": book.add_format({"num_format": "d mmm yy", "rotation": 45}),
    }
    _data(book, data, formats)
    _calc(book, calc)
    _page(book, page, formats)
    _charts(book, page)
    conf.write_row(0, 0, ["UDF MODULES", "kam_xl.udfs"])
    conf.very_hidden()
    names = sheet_code_names(4)
    book.set_vba_name(WORKBOOK_CODE_NAME)
    for name, sheet in zip(names, book.worksheets(), strict=True):
        sheet.set_vba_name(name)
    book.add_vba_project(io.BytesIO(vba_project(names, functions=False)), is_stream=True)
    book.close()
    return path


def _data(book: xlsxwriter.Workbook, sheet: Worksheet, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 4, 14)
    sheet.set_row(0, 24)
    columns = [
        {"header": "Account"},
        {"header": "State"},
        {"header": "Amount", "format": formats["amount"]},
        {"header": "Share of\nall", "format": formats["share"]},
    ]
    sheet.add_table(FIRST, 1, FIRST + 3, 4, {"name": "tblData", "columns": columns, "data": ROWS})
    sheet.add_table(FIRST, 6, FIRST + 2, 7, {"name": "tblMore", "autofilter": False, "data": [[1, 2], [3, 4]]})
    first, last = FIRST + 1, FIRST + 3
    words = {"validate": "list", "source": ["open", "done"], "error_title": "State", "error_message": "Choose one."}
    sheet.data_validation(first, 2, last, 2, words)
    sheet.data_validation(0, 1, 0, 1, {"validate": "list", "source": "=list_accounts", "input_title": "Account"})
    between = {"validate": "decimal", "criteria": "between", "minimum": -1e9, "maximum": 1e9}
    sheet.data_validation(first, 3, last, 3, {**between, "error_type": "warning", "error_message": "Type a number."})
    sheet.data_validation(0, 3, 0, 3, {"validate": "list", "source": "=$G$6:$G$7"})
    sheet.write_comment(0, 1, "Choose an account.", {"author": "KAM"})
    sheet.write_url(0, 6, "https://example.org/kam", string="Help", tip="Opens a page")
    book.define_name("list_accounts", "=Data!$B$6:$B$8")
    book.define_name("Data!own_cell", "=Data!$D$6")


def _calc(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    sheet.write_row(0, 0, ["rows", 3, True])
    sheet.write_formula(1, 1, '=COUNTIF(Data!$D$6:$D$8,"<"&3.5)', None, 0)
    sheet.write_formula(2, 1, '=IF(SEARCH("~?","Is it?")>0,TEXT(12,"+00;-00"),"")', None, "+12")
    sheet.write_formula(3, 1, "=NA()", None, "#N/A")
    sheet.write_formula(4, 1, "=SUM(tblData[Amount])", None, 24)
    sheet.write_formula(5, 1, "=_xlfn.LET(_xlpm.total,SUM(B1),_xlpm.total*2)", None, 6)
    sheet.write_dynamic_array_formula(0, 4, 2, 4, "=KAM_ABC(tblData[Amount])", None, "A")
    sheet.write_column(1, 4, ["A", "B"])
    sheet.write_column(8, 0, ["Alpha", "Beta & Söhne", " Gamma 🎉 "])
    sheet.write_column(8, 1, [5, 12, 7])
    sheet.write_column(8, 2, [0.2, 0.7, 1])
    sheet.hide()
    for number, letter in enumerate("ABC"):
        book.define_name(f"chart_{number}", f"=calc!${letter}$9:INDEX(calc!${letter}$9:${letter}$20,calc!$B$1)")
    define(book, needed_by(["KAM_ABC"]))


def _page(book: xlsxwriter.Workbook, sheet: Worksheet, formats: dict[str, Any]) -> None:
    sheet.activate()
    sheet.freeze_panes(2, 1)
    sheet.set_zoom(90)
    sheet.write(0, 1, "What needs you today", book.add_format({"bold": True, "font_size": 18}))
    sheet.write_url(0, 3, "internal:'Data'!B6", string="Accounts", tip="To the accounts")
    sheet.merge_range(1, 1, 1, 2, "3 of 3 accounts", None)
    for row, (name, state, amount, share) in enumerate(ROWS, 2):
        sheet.write_row(row, 1, [name, state])
        sheet.write(row, 3, amount, formats["amount"])
        sheet.write(row, 4, share, formats["share"])
        sheet.write(row, 5, dt.datetime(2025, 3, row), formats["day"])
    red, green = book.add_format({"font_color": "#A84400"}), book.add_format({"bold": True})
    sheet.conditional_format("D3:D5", {"type": "cell", "criteria": ">", "value": 10, "format": red})
    sheet.conditional_format("C3:C5", {"type": "text", "criteria": "containing", "value": "pen", "format": green})
    asked = {"type": "formula", "criteria": "=AND(ISNUMBER($D3),$D3>6)", "format": red}
    sheet.conditional_format("B3:B5", asked)
    sheet.conditional_format("E3:E5", {"type": "data_bar", "data_bar_2010": True, "bar_color": "#C5DCEF"})
    sheet.add_sparkline("G3", {"range": "calc!$B$9:$B$11", "type": "column"})
    sheet.insert_button(0, 5, {"macro": "KamHelp", "caption": "Help", "width": 80, "height": 20})
    sheet.print_area(0, 1, 30, 6)
    sheet.repeat_rows(0, 1)
    sheet.set_h_pagebreaks([12])
    sheet.set_footer("&L&8kam_xl&R&8&A  ·  &P / &N")
    sheet.set_margins(left=0.4, right=0.4)


def _charts(book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    bars = book.add_chart({"type": "column"})
    line = book.add_chart({"type": "line"})
    shown = [row[0] for row in ROWS]
    for chart, name, values in ((bars, "chart_1", [5, 12, 7]), (line, "chart_2", [0.2, 0.7, 1])):
        data = {"categories": "=[0]!chart_0", "categories_data": shown, "values": f"=[0]!{name}", "values_data": values}
        more = {
            "y2_axis": chart is line,
            "data_labels": {"value": True, "position": "above" if chart is line else "outside_end"},
        }
        points = [{"fill": {"color": "#005A8F"}}, {"fill": {"color": "#8A96A3"}}] if chart is bars else []
        chart.add_series({**data, **more, "name": "=calc!$A$1", "points": points})
    bars.combine(line)
    bars.set_y_axis({"num_format": "#,##0"})
    dots = book.add_chart({"type": "scatter"})
    dots.add_series({"categories": "=calc!$B$9:$B$11", "values": "=calc!$C$9:$C$11"})
    for row, chart, name in ((8, bars, "Revenue"), (20, dots, "Map")):
        chart.show_na_as_empty_cell()
        chart.set_chartarea({"border": {"none": True}})
        chart.chart_name = name
        sheet.insert_chart(row, 1, chart, {"description": name})
