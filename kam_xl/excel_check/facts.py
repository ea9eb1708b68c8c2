"""What this Excel is and how it reads: versions, separators, and which texts it takes for equal."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from kam_xl import __version__
from kam_xl.excel_check.excel import App, Excel, plain
from kam_xl.excel_check.values import read_block
from kam_xl.formulas.values import Scalar
from kam_xl.hosts.vba.sources import xlwings_version
from kam_xl.locale import _

Fact = tuple[str, str]

_DATE_ORDER, _INTERFACE_LANGUAGE = 32, 2  # Excel's xlDateOrder, Office's msoLanguageIDUI


def _settings() -> dict[int, str]:
    """What Excel tells of its country (XlApplicationInternational)."""
    return {
        1: _("country of the program"),
        2: _("country of the system"),
        3: _("decimal separator"),
        4: _("thousands separator"),
        5: _("list separator"),
        17: _("date separator"),
        25: _("currency"),
        _DATE_ORDER: _("date order"),
    }


def _questions() -> dict[str, str]:
    """Formulas that every Excel answers, whatever its interface tells. Z1 to Z4 hold Straße, 3, 27 and 4."""
    return {
        '=1/2&""': _("1/2 as text"),
        '=TRUE&""': _("TRUE as text"),
        "=FIXED(1234567.891,2)": _("1234567.891 with separators"),
        "=DOLLAR(1234.5)": _("1234.5 as currency"),
        '=MONTH(DATEVALUE("1/2/2026"))': _('the month of "1/2/2026"'),
        '=ISNUMBER("1,5"+0)': _('whether "1,5" is a number'),
        '=COUNTIF(Z2:Z4,"<3.5")': _('cells of 3, 27, 4 that are "<3.5"'),
        '=COUNTIF(Z2:Z4,"<"&3.5)': _('cells of 3, 27, 4 that are "<"&3.5'),
        '="Straße"="Strasse"': _("“Straße” is “Strasse”"),
        '=ISNUMBER(MATCH("Strasse",Z1:Z1,0))': _("MATCH finds “Strasse” in “Straße”"),
        '=COUNTIF(Z1:Z1,"Strasse")': _("COUNTIF counts “Strasse” in “Straße”"),
        '="coop"="co"&UNICHAR(173)&"op"': _("“coop” is “coop” with a soft hyphen"),
        '="coop"="co"&UNICHAR(8205)&"op"': _("“coop” is “coop” with a zero-width joiner"),
        '="abc"="ABC"': _("“abc” is “ABC”"),
        '="é"="e"': _("“é” is “e”"),
        '=UNICHAR(233)="e"&UNICHAR(769)': _("“é” in one sign is “é” in two"),
        '=UNICHAR(64257)="fi"': _("“ﬁ” in one sign is “fi”"),
        '=UNICHAR(65313)="A"': _("a full-width “Ａ” is “A”"),
    }


def computer() -> Iterator[Fact]:
    """Versions of everything but Excel."""
    yield "kam_xl", __version__
    yield "Python", f"{platform.python_version()}, {sys.maxsize.bit_length() + 1}-bit"
    yield "xlwings", str(xlwings_version())
    yield _("system"), platform.platform()


def of_excel(excel: Excel) -> Iterator[Fact]:
    """Versions and settings of Excel; what it does not tell is left out."""
    app = excel.app
    yield "Excel", ", ".join(_version(app))
    if sys.platform != "win32":
        return
    orders = (_("month, day, year"), _("day, month, year"), _("year, month, day"))
    for number, name in _settings().items():
        with suppress(Exception):
            value = app.api.International(number)
            yield name, orders[int(value)] if number == _DATE_ORDER else str(value)
    with suppress(Exception):
        own = _("its own: {sign}").format(sign=app.api.DecimalSeparator)
        yield _("separators"), _("those of the system") if app.api.UseSystemSeparators else own
    with suppress(Exception):
        yield _("language of the interface"), str(app.api.LanguageSettings.LanguageID(_INTERFACE_LANGUAGE))


def _version(app: App) -> Iterator[str]:
    yield str(app.version)
    if sys.platform == "win32":
        for name in ("Build", "CalculationVersion", "OperatingSystem"):
            with suppress(Exception):
                yield f"{name} {getattr(app.api, name)}"


def answers(excel: Excel) -> Iterator[Fact]:
    """How this Excel reads numbers and dates, and which texts are equal to it: asked in a book of its own."""
    book = excel.app.books.add()
    try:
        sheet = book.sheets[0]
        for cell, value in zip(("Z1", "Z2", "Z3", "Z4"), ("Straße", 3, 27, 4), strict=True):
            sheet.range(cell).value = value
        yield from _asked(sheet)
    finally:
        with suppress(Exception):
            book.close()


def _asked(sheet: Any) -> Iterator[Fact]:
    cell = sheet.range("A1")
    for formula, question in _questions().items():
        try:
            cell.formula = formula
            yield question, _answer(read_block(sheet, 1, 1, 1, 1)[0][0])
        except Exception as error:
            yield question, plain(error)


def _answer(value: Scalar) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:.15g}" if isinstance(value, float) else str(value)
