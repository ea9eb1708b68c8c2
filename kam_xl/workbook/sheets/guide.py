"""Guide: what the workbook is, where to type, what each page says."""

from __future__ import annotations

from kam_xl.locale import _
from kam_xl.workbook import theme
from kam_xl.workbook.formula import cat
from kam_xl.workbook.functions import if_, length
from kam_xl.workbook.model import Model
from kam_xl.workbook.page import head, page


def pages() -> list[tuple[str, str, str]]:
    """Sheet, what it is for, what it answers."""
    return [
        (
            "Settings",
            _("type"),
            _("Rules, weights, plans, steps. Change a cut-off or a weight here and every page follows."),
        ),
        (
            "Accounts",
            _("type"),
            _("Who your accounts are: owner, onboarding step, engagement, satisfaction, since when in the queue."),
        ),
        ("Revenue", _("type"), _("Revenue per account and year. Add a year beside the last one.")),
        ("MRR", _("type"), _("Monthly recurring revenue per month, account and plan.")),
        ("Scores", _("type"), _("Scores from 1 to 10 for growth potential and harmony.")),
        ("Dashboard", _("read"), _("How much recurring revenue, how it moves, what is at risk, where the upsell is.")),
        ("Pareto", _("read"), _("Which few accounts carry the revenue, and how concentrated it is.")),
        ("ABC", _("read"), _("Class of every account, year by year, and who moved.")),
        ("Scoring", _("read"), _("Which accounts deserve the time: growth against harmony.")),
        ("At risk", _("read"), _("Whom to call first, and how much revenue hangs on it.")),
        ("Checks", _("read"), _("Every problem of the inputs, with its cell and what to do.")),
    ]


def engine_note(engine: str) -> str:
    """How this workbook computes."""
    return {
        "native": _(
            "This workbook computes by itself in Excel 365 and Excel 2024, on Windows, on a Mac and on the web: its "
            "functions are inside (Formulas, Name Manager). Other programs show the values that it was saved with."
        ),
        "python": _(
            "This workbook computes in Excel on Windows with Python behind it: run “pip install kam-xl[excel]” "
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
    company = if_(
        length(s["company"]) == 0, _("Key account management"), cat(_("Key account management at "), s["company"])
    )
    page(
        model.book,
        sheet,
        [16, 40, 144, 88, 720, 24, 240, 16],
        company,
        _("Find the few accounts that carry the revenue, score which deserve the time, watch the ones in danger."),
        "kam_xl",
    )
    head(sheet, 3, 1, 4, _("Start here"))
    steps = [
        _("Type or paste your accounts on Accounts and their revenue on Revenue (cream cells only)."),
        _("Read Checks: it names every cell to mend. The Dashboard shows how many there are."),
        _("Open Dashboard, Pareto, ABC, Scoring and At risk: every number follows what you type."),
        _("Change rules, weights and lists in Settings; the rule in force is printed beside each number."),
    ]
    for i, text in enumerate(steps, 1):
        sheet.height(3 + i, 24)
        sheet.write(3 + i, 1, i, bold=True, font_color=theme.BLUE, align="right")
        sheet.write(3 + i, 2, text)
    head(sheet, 9, 1, 4, _("Sheets"))
    for i, (name, kind, text) in enumerate(pages()):
        row = 10 + i
        sheet.height(row, 26)
        sheet.band(row, 1, 4, **theme.body())
        link = sheet.book.format(**theme.body(bold=True, font_color=theme.BLUE, underline=1))
        sheet.ws.write_url(row, 2, f"internal:'{name}'!A1", link, name)
        look = (
            theme.typed(font_size=9, align="center")
            if kind == _("type")
            else theme.computed(font_size=9, align="center")
        )
        sheet.write(row, 3, kind, **look)
        sheet.write(row, 4, text, **theme.body(indent=1))
    row = 10 + len(pages()) + 1
    head(sheet, row, 1, 4, _("How it computes"))
    sheet.height(row + 1, 40)
    sheet.ws.merge_range(row + 1, 1, row + 1, 4, "", sheet.book.format(text_wrap=True, valign="top"))
    sheet.write(row + 1, 1, engine_note(model.book.engine), text_wrap=True, valign="top")
    _cells(model)
    sheet.ws.print_area(0, 0, row + 2, 7)


def _cells(model: Model) -> None:
    sheet = model.sheet("Guide")
    head(sheet, 3, 6, 6, _("Cells"))
    samples = [
        (_("Input: type here"), theme.typed(indent=1)),
        (_("Computed: do not type"), theme.computed(indent=1)),
        (_("✓ Check passed"), {"bg_color": theme.GOOD_T, "font_color": theme.GOOD_D, "indent": 1}),
        (_("✗ Check failed"), {"bg_color": theme.RISK_F, "font_color": theme.WHITE, "indent": 1, "bold": True}),
    ]
    for i, (text, look) in enumerate(samples):
        sheet.write(4 + i, 6, text, **look)
    head(sheet, 9, 6, 6, _("Signs"))
    for i, text in enumerate(
        (
            _("▲ up   ▼ down   = same"),
            _("● High   ◐ Medium   ○ Low danger"),
            _("■ vital few   □ useful many"),
            _("► ready for a larger plan"),
            _("‼ waits too long"),
        )
    ):
        sheet.write(10 + i, 6, text, **theme.body())
