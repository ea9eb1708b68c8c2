"""One workbook being written: sheets whose cells can be read back, formats, names, array results."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from kam_xl.canvas import cell_rules, theme
from kam_xl.canvas.theme import Style
from kam_xl.canvas.worksheet import Worksheet
from kam_xl.formulas.areas import Area, Picked
from kam_xl.formulas.formula import Err, Pinned, Range, Ref, Scalar, X, quoted, serial
from kam_xl.functions import FUNCTIONS

Argument = Range | Picked | X | str | float | bool | None


LONGEST = 8192  # characters of a formula; Excel calls a file with a longer one damaged
NATIVE, PYTHON, ADDIN = "native", "python", "addin"  # LAMBDA names; VBA wrappers and xlwings; LibreOffice
UNWRITABLE = {code: None for code in range(32) if chr(code) not in "\t\n\r"} | {0xFFFE: None, 0xFFFF: None}


class Book:
    """The workbook: formats, sheets, names."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        self.spills = engine in (NATIVE, PYTHON)  # in Excel a result takes the room that it needs
        self.buffer = io.BytesIO()
        self.xlsx = xlsxwriter.Workbook(self.buffer, {"in_memory": True, "strings_to_formulas": False})
        self.xlsx.worksheet_class = Worksheet
        self.xlsx.use_custom_theme(theme.theme_xml())
        self.sheets: dict[str, Sheet] = {}
        self.names: set[str] = set()  # names that charts and drop-downs follow
        self.kept: dict[str, Pinned] = {}  # texts that many formulas share, each in a cell
        self.put: Callable[[str, X | str], Ref]  # a cell for a value that a page shows in parts: see `model.Calc`
        self._formats: dict[tuple[Any, ...], Format] = {}

    def format(self, **style: Any) -> Format:
        """Format with our defaults; equal styles share one."""
        key = tuple(sorted(style.items()))
        if key not in self._formats:
            base = {"font_size": 10, "font_color": theme.INK, "valign": "vcenter"}
            self._formats[key] = self.bare(**{**base, **style})
        return self._formats[key]

    def bare(self, **style: Any) -> Format:
        """Format with nothing else in it, for conditional formats."""
        if "num_format" in style:
            cell_rules.number_format(style["num_format"])
        return self.xlsx.add_format(style)

    def sheet(self, name: str) -> Sheet:
        """A new sheet."""
        self.sheets[name] = Sheet(self, name)
        return self.sheets[name]

    def define(self, name: str, area: Range | Ref) -> None:
        """Give cells a name that formulas and people can use."""
        if isinstance(area, Ref):
            area = Range({}, area.sheet, area.row, area.col, area.row, area.col)
            address = area.address.split(":")[0]
        else:
            area.name = name
            address = area.address
        self._named(name, address)

    def define_first(self, name: str, area: Range, rows: X) -> None:
        """Give the first rows of an area a name, as many as a cell says: charts and drop-downs follow it."""
        if name not in self.names:
            self.names.add(name)
            sheet = quoted(area.sheet)
            self._named(name, f"{sheet}!{area.a1.split(':')[0]}:INDEX({area.address},{rows.render('', -1)})")

    def _named(self, name: str, formula: str) -> None:
        if self.xlsx.define_name(name, "=" + formula) != 0:
            raise ValueError(f"{name} cannot be the name of {formula}")


def argument(a: Argument) -> Any:
    """What a worksheet function is handed for an argument of its formula."""
    if isinstance(a, (Range, Picked)):
        return [["" if v is None else v for v in row] for row in a.values()]
    return a.value if isinstance(a, X) else a


class Call:
    """A call of a worksheet function, arguments at the end left out where they are None."""

    def __init__(self, name: str, args: tuple[Argument, ...]) -> None:
        self.function, self.args = FUNCTIONS[name], args

    @property
    def width(self) -> int:
        """Columns of the result."""
        if self.function.result == "matrix":
            return len(argument(self.args[0])[0])
        return len(self.function.columns) if self.function.result == "table" else 1

    def render(self, sheet: str, row: int) -> str:
        """Text of the formula."""
        texts = []
        for a in self.args:
            if isinstance(a, (Range, Picked, X)):
                texts.append(a.render(sheet, row))
            elif a is None:
                texts.append("")
            elif isinstance(a, bool):
                texts.append("TRUE" if a else "FALSE")
            else:
                texts.append(f'"{a}"' if isinstance(a, str) else repr(a))
        while texts and not texts[-1]:
            texts.pop()
        return f"{self.function.name}({','.join(texts)})"

    def values(self) -> list[list[Scalar]]:
        """Rows of values; an error line stands alone."""
        result: Any = self.function(*[argument(a) for a in self.args])
        return result if isinstance(result, list) else [[result]]


class Sheet:
    """One sheet: every value written can be read back by the formulas written later."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name = book, name
        self.ws = book.xlsx.add_worksheet(name)
        self.cells: dict[tuple[int, int], Scalar] = {}
        self.column_px: list[int] = []
        self.row_px: dict[int, int] = {}

    def write(self, row: int, col: int, value: X | Scalar | dt.date, **style: Any) -> Ref:
        """A constant, a formula with its value, or a blank cell. Text is never taken for a formula."""
        ws, fmt = self.ws, self.book.format(**style) if style else None
        if (row, col) in self.cells:
            raise LookupError(f"{self.name}: row {row + 1}, column {col + 1} is written already")
        stored: Scalar
        if isinstance(value, X):
            stored = 0 if value.value is None else value.value
            text = "=" + value.render(self.name, row)
            if len(text) > LONGEST:
                raise ValueError(f"{self.name}: a formula of {len(text)} characters; Excel takes {LONGEST}")
            ws.write_formula(row, col, text, fmt, stored)
        elif value is None:
            stored = None
            if fmt is not None:
                ws.write_blank(row, col, None, fmt)
        elif isinstance(value, bool):
            stored = value
            ws.write_boolean(row, col, value, fmt)
        elif isinstance(value, Err):
            stored = value
            ws.write_formula(row, col, "=" + value, fmt, str(value))
        elif isinstance(value, str):
            value = value.translate(UNWRITABLE)[:32767]
            stored = value or None
            if value:
                ws.write_string(row, col, value, fmt)
            elif fmt is not None:
                ws.write_blank(row, col, None, fmt)
        elif isinstance(value, dt.date):
            stored = serial(value)
            ws.write_number(row, col, stored, fmt)
        else:
            stored = value
            ws.write_number(row, col, value, fmt)
        self.cells[row, col] = stored
        return Ref(self.name, row, col, stored)

    def kam(
        self, row: int, col: int, name: str, *args: Argument, rows: int = 1, styles: list[Style] | None = None
    ) -> Range:
        """A call of a worksheet function. `rows` is the room that its result has; unused rows show nothing."""
        call = Call(name, args)
        if call.function.result == "scalar" and not self.book.spills:
            fmt = self.book.format(**styles[0]) if styles else None
            value = self.cells[row, col] = call.values()[0][0]
            self.ws.write_formula(row, col, "=" + call.render(self.name, row), fmt, value)
            return self.area(row, col, row, col)
        return self.array(row, col, call, rows, styles, call.width)

    def array(
        self, row: int, col: int, area: Area, rows: int, styles: list[Style] | None = None, width: int = 1
    ) -> Range:
        """A formula with many results: `rows` times `width`; where results spill there may be more rows."""
        text, table = "=" + area.render(self.name, row), area.values()
        formats = [self.book.format(**s) for s in styles or []]
        first = formats[0] if formats else None
        spills = self.book.spills
        if spills:  # the result as it is; the rest of the room stays empty until the result grows
            end = (row + len(table) - 1, col + len(table[0]) - 1)
            self.ws.write_dynamic_array_formula(row, col, *end, text, first, table[0][0])
        else:  # an array formula fills exactly its room; the host pads with ""
            end = (row + rows - 1, col + width - 1)
            self.ws.write_array_formula(row, col, *end, "{" + text + "}", first, table[0][0])
        for i in range(max(rows, len(table)) if spills else rows):
            given = table[i] if i < len(table) else []
            for j in range(width):
                value = given[j] if j < len(given) else None if spills else ""
                self.cells[row + i, col + j] = value
                if i or j:
                    self._result(row + i, col + j, value, formats[min(j, len(formats) - 1)] if formats else None)
        return self.area(row, col, row + rows - 1, col + width - 1)

    def _result(self, row: int, col: int, value: Scalar, fmt: Format | None) -> None:
        """A cell of an array formula's result, other than its first."""
        if isinstance(value, str):
            self.ws.write_result(row, col, value, fmt)
        elif isinstance(value, bool):
            self.ws.write_boolean(row, col, value, fmt)
        elif value is not None:
            self.ws.write_number(row, col, value, fmt)
        elif fmt is not None:
            self.ws.write_blank(row, col, None, fmt)

    def ref(self, row: int, col: int) -> Ref:
        """A cell."""
        return Ref(self.name, row, col, self.cells.get((row, col)))

    def area(self, r1: int, c1: int, r2: int, c2: int) -> Range:
        """A rectangle, last row and column included."""
        return Range(self.cells, self.name, r1, c1, r2, c2)

    # -- geometry --------------------------------------------------------------------------------------------------

    def columns(self, *px: int) -> None:
        """Widths of the columns from the first on, in pixels."""
        self.column_px = list(px)
        for i, w in enumerate(px):
            self.ws.set_column_pixels(i, i, w, self.book.format())

    def height(self, row: int, px: int, last: int | None = None) -> None:
        """Height of a row, or of the rows up to `last`."""
        for r in range(row, (row if last is None else last) + 1):
            self.ws.set_row_pixels(r, px)
            self.row_px[r] = px

    def link(self, row: int, col: int, target: str, text: str, **style: Any) -> None:
        """A text that leads to another sheet."""
        self.ws.write_url(row, col, f"internal:'{target}'!A1", self.book.format(**style), text)
        self.cells[row, col] = text

    def band(self, row: int, c1: int, c2: int, **style: Any) -> None:
        """Empty formatted cells."""
        fmt = self.book.format(**style)
        for c in range(c1, c2 + 1):
            self.ws.write_blank(row, c, None, fmt)
