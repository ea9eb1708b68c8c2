"""Guide: what the workbook is, where to type, what each page says."""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import head, page
from kam_xl.content.pages import PAGES, chosen, sheets_of
from kam_xl.content.records import RECORDS
from kam_xl.formulas.functions import length
from kam_xl.formulas.messages import say
from kam_xl.locale import _

LEFT, RIGHT = (1, 3), (5, 6)  # columns of the two halves
SHEETS = 10  # row of the lists' titles


def _later(text: str) -> str:
    """A text that is looked up in the catalogue when it is shown."""
    return text


_CORE = {
    "Settings": _later("Rules, weights, lists and labels: change a cut-off here and every page follows."),
    "Accounts": _later(
        "Who your accounts are: owner, onboarding step, engagement, satisfaction, since when in the queue."
    ),
    "Revenue": _later("Revenue per account and year. Add a year beside the last one."),
    "MRR": _later("Monthly recurring revenue per month, account and plan."),
    "Scores": _later("Scores from 1 to 10 for growth potential and harmony."),
    "Checks": _later("Every problem of the inputs, with its cell and what to do."),
}


def read(names: list[str]) -> list[tuple[str, str]]:
    """The pages of a workbook with these pages and what each answers, in the order of their tabs.

    >>> [name for name, _text in read(["Pareto"])]
    ['Pareto', 'Checks']
    """
    return [*((name, _(PAGES[name].about)) for name in names), ("Checks", _(_CORE["Checks"]))]


def typed(names: list[str]) -> list[tuple[str, str]]:
    """The input sheets that are shown with these pages and what each holds.

    >>> [name for name, _text in typed(["Team"])]
    ['Settings', 'Accounts', 'Revenue', 'RACI', 'Coverage']
    """
    about = {**_CORE, **{record.sheet: record.about for record in RECORDS.values()}}
    skipped = {*PAGES, "Guide", "Checks"}
    return [(sheet, _(about[sheet])) for sheet, shown in sheets_of(names).items() if shown and sheet not in skipped]


def engine_note(engine: str) -> str:
    """How this workbook computes."""
    return {
        "native": _(
            "This workbook computes by itself in Excel 365 and Excel 2024, on Windows, on a Mac and on the web: its "
            "functions are inside (Formulas, Name Manager). Other programs show the values that it was saved with."
        ),
        "python": _(
            "This workbook computes in Excel on Windows with Python behind it: run “pip install kam-xl” "
            "once and allow its macros; “kam-xl doctor” finds what is missing. Without Python it shows the values "
            "that it was saved with."
        ),
        "addin": _(
            "This workbook computes in LibreOffice Calc with the kam_xl extension: run "
            "“kam-xl addin install libreoffice” once. Without it, it shows the values that it was saved with."
        ),
    }[engine]


def fill(model: Model) -> None:
    """Write the page."""
    sheet, s = model.sheet("Guide"), model.settings
    company = say(
        "Key account management{named, select, true { at {company}} other {}}",
        named=length(s["company"]) > 0,
        company=s["company"],
    )
    page(
        model.book,
        sheet,
        [16, 24, 128, 500, 24, 136, 500, 16],
        company,
        _("Find the few accounts that carry the revenue, score which deserve the time, watch the ones in danger."),
        "kam_xl",
    )
    head(sheet, 3, *LEFT, _("Start here"))
    steps = [
        _("Type or paste your accounts on Accounts and their revenue on Revenue (cream cells only)."),
        _("Fill the other input sheets when you need their pages; blank ones do no harm."),
        _("Read Checks: it names every cell to mend."),
        _("Open the pages: every number, sentence and chart follows what you type."),
        _("Change rules, weights and lists in Settings; the rule in force is printed beside each number."),
    ]
    for i, text in enumerate(steps, 1):
        sheet.height(3 + i, 24)
        sheet.write(3 + i, 1, i, bold=True, font_color=theme.BLUE, align="right")
        sheet.write(3 + i, 2, text, indent=1)
    _signs(model)
    names = chosen(model.template.sheets)
    head(sheet, SHEETS, *LEFT, _("Pages: read"))
    head(sheet, SHEETS, *RIGHT, _("Inputs: type, in the cream cells"))
    lists = (read(names), typed(names))
    for lines, half in zip(lists, (LEFT, RIGHT), strict=True):
        for i, (name, text) in enumerate(lines, SHEETS + 1):
            _line(model, i, half[0], name, text)
    row = SHEETS + 2 + max(map(len, lists))
    head(sheet, row, LEFT[0], RIGHT[1], _("How it computes"))
    sheet.height(row + 1, 40)
    sheet.ws.merge_range(row + 1, LEFT[0], row + 1, RIGHT[1], "", sheet.book.format(text_wrap=True, valign="top"))
    sheet.write(row + 1, LEFT[0], engine_note(model.book.engine), text_wrap=True, valign="top")
    sheet.ws.print_area(0, 0, row + 1, 7)


def _line(model: Model, row: int, col: int, name: str, text: str) -> None:
    """A sheet: a link in the colour of what one does there, and what it is for."""
    sheet, left = model.sheet("Guide"), col == LEFT[0]
    sheet.height(row, 28)
    last = LEFT[1] if left else RIGHT[1]
    look = theme.body(bg_color=theme.PANEL) if left else theme.typed()
    if left:
        sheet.ws.merge_range(row, col, row, last - 1, "", sheet.book.format(**look))
    sheet.link(row, col, name, name, **{**look, "bold": True, "font_color": theme.BLUE, "underline": 1, "indent": 1})
    sheet.write(row, last, text, **theme.body(indent=1, font_size=9, text_wrap=True))


def _signs(model: Model) -> None:
    """What the colours of cells and the signs mean."""
    sheet = model.sheet("Guide")
    head(sheet, 3, *RIGHT, _("Cells and signs"))
    samples = [
        (_("Input: type"), theme.typed(indent=1)),
        (_("Computed"), theme.computed(indent=1)),
        (_("✓ Check passed"), {"bg_color": theme.GOOD_T, "font_color": theme.GOOD_D, "indent": 1}),
        (_("✗ Check failed"), {"bg_color": theme.RISK_F, "font_color": theme.WHITE, "indent": 1, "bold": True}),
    ]
    for i, (text, look) in enumerate(samples):
        sheet.write(4 + i, RIGHT[0], text, **look)
    for i, text in enumerate(
        (
            _("▲ up   ▼ down   = same"),
            _("● High   ◐ Medium   ○ Low danger"),
            _("■ vital few   □ useful many   ► ready for a larger plan"),
            _("‼ waits too long, or too late"),
        )
    ):
        sheet.write(4 + i, RIGHT[1], text, **theme.body(indent=1))


BUILT_BY = (fill,)
