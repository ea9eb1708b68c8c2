"""Tables of Onboarding: the steps in numbers, what customers say, the accounts on the way."""

from __future__ import annotations

from kam_xl.canvas import theme
from kam_xl.canvas.model import STEP_SLOTS, Model
from kam_xl.canvas.page import head, ruled
from kam_xl.formulas.formula import Range, lit
from kam_xl.formulas.functions import if_, iferror, index, isnumber, length, max_
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.accounts import field
from kam_xl.input_sheets.records import at
from kam_xl.locale import _
from kam_xl.pages.onboarding.calc import (
    ENOUGH,
    LOW,
    ROOM,
    Answers,
    Comments,
    OnTheWay,
    Steps,
    comment_place,
    last_comment,
    nth,
)

STEPS, LIST = 16, 34  # first rows of the table by step and of the accounts on the way
NAME, OWNER, STEP, MRR, SINCE, DAYS, VERDICT = range(1, 8)
DATE, WHO, ANSWER, COMMENT = range(9, 13)
COMMENTS, SHOWN = 9, 12  # rows of the lists
SAID, SHOWN_AT = 60, 62  # columns of calc_onboarding: what the lists show


def by_step(model: Model) -> None:
    """Every step in numbers, and what they say."""
    answers_ = model.of(Answers)
    sheet, steps = model.sheet("Onboarding"), answers_.by_step
    head(
        sheet,
        STEPS,
        NAME,
        VERDICT,
        _("Step by step"),
        say(
            "▼ lowest of the steps with {enough} answers or more; low: mean below {low}",
            enough=ENOUGH,
            low=LOW,
        ),
    )
    texts = [_("Step"), _("Accounts"), _("Answers"), _("Mean"), _("Satisfied"), _("NPS"), _("Reading")]
    for j, text in enumerate(texts):
        sheet.write(
            STEPS + 1,
            NAME + j,
            text,
            **theme.heading(align="right" if 0 < j < 6 else "left", indent=1 if j == 6 else 0),
        )
    _all_steps(model)
    for k in range(STEP_SLOTS):
        row = STEPS + 3 + k
        sheet.height(row, 24)
        step, number, answers, mean, satisfied, nps = (steps.cell(k, j) for j in range(6))
        there = length(step) > 0
        sheet.write(
            row, NAME, if_(there, say("{number}  {step}", number=k + 1, step=step), ""), **theme.plain(bold=True)
        )
        for col, value, form in (
            (OWNER, number, theme.DASH),
            (STEP, answers, theme.DASH),
            (MRR, mean, "0.0"),
            (SINCE, satisfied, theme.P0),
            (DAYS, nps, "+0;−0;0"),
        ):
            shown = iferror(if_(there, if_(length(value) == 0, "–", value), ""), "–")
            sheet.write(row, col, shown, **theme.plain(num_format=form, align="right"))
        low = if_(isnumber(mean), mean < LOW, False)
        few = if_(answers == 0, _("no answers"), _("too few answers"))
        read = if_(low, _("● low"), if_(answers_.best == k + 1, _("▲ best"), _("○ fair")))
        lowest = if_(low, _("▼ lowest, low"), _("▼ lowest"))
        word = if_(answers < ENOUGH, few, if_(answers_.lowest == k + 1, lowest, read))
        sheet.write(row, VERDICT, iferror(if_(there, word, ""), ""), **theme.plain(indent=1))
    last = STEPS + 2 + STEP_SLOTS
    _signs(model, (STEPS + 3, VERDICT, last, VERDICT))
    ruled(sheet, (STEPS + 3, NAME, last, VERDICT), NAME)


def _all_steps(model: Model) -> None:
    """All answers, above the steps."""
    way = model.of(OnTheWay)
    answers_ = model.of(Answers)
    sheet, every = model.sheet("Onboarding"), answers_.all
    look = theme.body(bold=True, bg_color=theme.PANEL)
    row = STEPS + 2
    sheet.height(row, 24)
    sheet.band(row, NAME, VERDICT, **look)
    sheet.write(row, NAME, _("All steps"), **look)
    placed = way.going + way.done
    values = ((OWNER, placed, theme.DASH), (STEP, every.cell(0, 2) + 0, theme.DASH), (MRR, every.cell(0, 3), "0.0"))
    for col, value, form in (*values, (SINCE, every.cell(0, 4), theme.P0), (DAYS, every.cell(0, 5), "+0;−0;0")):
        shown = iferror(if_(length(value) == 0, "–", value), "–")
        sheet.write(row, col, shown, **{**look, "num_format": form, "align": "right"})


def _signs(model: Model, area: tuple[int, int, int, int]) -> None:
    """Colours that repeat what sign and word say, each with the hairline."""
    line = {"bottom": 1, "bottom_color": theme.HAIR}
    risk = {"font_color": theme.RISK_D, "bold": True, **line}
    for sign, look in (("▼", risk), ("●", risk), ("▲", {"font_color": theme.GOOD_D, **line})):
        rule = {"type": "text", "criteria": "begins with", "value": sign, "format": model.book.bare(**look)}
        model.sheet("Onboarding").ws.conditional_format(*area, rule)


def comments(model: Model) -> None:
    """What customers said about the lowest step, latest first."""
    comments_ = model.of(Comments)
    answers_ = model.of(Answers)
    sheet = model.sheet("Onboarding")
    about = say("What customers say about {step}", step=answers_.low_name)
    texts = if_(answers_.lowest > 0, about, _("What customers say"))
    number = comments_.number
    more = if_(
        number > COMMENTS,
        say("the latest {shown} of {comments}", shown=COMMENTS, comments=number),
        if_(number == 0, _("no comments yet"), _("latest first")),
    )
    head(sheet, STEPS, DATE, COMMENT, texts, more)
    heads = (
        (DATE, _("Date"), "right"),
        (WHO, _("Account"), "left"),
        (ANSWER, _("Answer"), "right"),
        (COMMENT, _("Comment"), "left"),
    )
    for col, text, align in heads:
        sheet.write(STEPS + 1, col, text, **theme.heading(align=align, indent=1 if align == "left" else 0))
    calc = model.sheet("calc_onboarding")
    for k in range(COMMENTS):
        row = STEPS + 2 + k
        place = calc.write(1 + k, SAID, comment_place(model, k))
        looks = (
            (DATE, "date", theme.plain(num_format=theme.DATE, align="right")),
            (WHO, "account", theme.plain(indent=1)),
            (ANSWER, "csat", theme.plain(num_format="General", align="right")),
            (COMMENT, "comment", theme.plain(indent=1, shrink=True)),
        )
        for col, key, look in looks:
            value = at(model.inputs[f"surveys.{key}"], place)
            if key == "csat":
                value = say("{score} of 5", score=value)
                value = if_(place == 0, "", if_(isnumber(at(model.inputs["surveys.csat"], place)), value, "–"))
            sheet.write(row, col, iferror(value, ""), **look)
    ruled(sheet, (STEPS + 2, DATE, STEPS + 1 + COMMENTS, COMMENT), COMMENT)


def on_the_way(model: Model) -> Range:
    """The accounts in onboarding, the least satisfied first."""
    steps_ = model.of(Steps)
    way = model.of(OnTheWay)
    sheet = model.sheet("Onboarding")
    sheet.height(LIST - 2, 12)
    order = say(
        "least satisfied first, then longest under contract  ·  ● low: mean of its answers below {low}", low=LOW
    )
    more = say(
        "the first {shown} of {accounts}{many, select, true {, sorted among the first {room}} other {}}  ·  {order}",
        shown=SHOWN,
        accounts=way.going,
        many=way.going > ROOM,
        room=ROOM,
        order=order,
    )
    head(
        sheet,
        LIST - 1,
        NAME,
        COMMENT,
        _("Accounts in onboarding"),
        if_(way.going > SHOWN, more, order),
    )
    texts = [
        (NAME, _("Account"), "left"),
        (OWNER, _("Owner"), "left"),
        (STEP, _("Step"), "left"),
        (MRR, _("MRR"), "right"),
        (SINCE, _("Customer since"), "right"),
        (DAYS, _("Days"), "right"),
        (VERDICT, _("Satisfaction"), "left"),
        (DATE, _("Next step"), "left"),
        (ANSWER, _("Due"), "right"),
        (COMMENT, _("Latest comment"), "left"),
    ]
    sheet.band(LIST, NAME, COMMENT, **theme.heading())
    for col, text, align in texts:
        sheet.write(LIST, col, text, **theme.heading(align=align, indent=1 if col in (VERDICT, COMMENT) else 0))
    calc = model.sheet("calc_onboarding")
    for k in range(SHOWN):
        row = LIST + 1 + k
        sheet.height(row, 24)
        place = calc.write(1 + k, SHOWN_AT, nth(model, k))
        one = max_(place, lit(1))
        own = calc.write(1 + k, SHOWN_AT + 1, iferror(if_(place == 0, 0, index(way.place, one)), 0))
        none = own == 0
        step = index(way.step, one)
        nobody_ = _("Nobody is in onboarding") if k == 0 else ""
        missing = if_(way.known, nobody_, "") if k == 0 else lit("") & ""
        sheet.write(row, NAME, iferror(if_(none, missing, field(model, "Account", own)), ""), **theme.plain(bold=True))
        sheet.write(row, OWNER, iferror(field(model, "Owner", own), ""), **theme.plain())
        named = field(model, "Onboarding", own)
        where = say("{number}/{steps} {step}", number=step, steps=steps_.number, step=named)
        where = if_(none, "", if_(step > 0, where, named))
        sheet.write(row, STEP, iferror(where, ""), **theme.plain())
        paid = index(way.mrr, one)
        sheet.write(
            row,
            MRR,
            iferror(if_(none, "", if_(length(paid) == 0, "–", paid)), ""),
            **theme.plain(num_format=theme.DASH, align="right"),
        )
        sheet.write(
            row,
            SINCE,
            iferror(field(model, "Customer since", own), ""),
            **theme.plain(num_format=theme.DATE, align="right"),
        )
        sheet.write(
            row,
            DAYS,
            iferror(if_(none, "", index(way.days, one)), ""),
            **theme.plain(num_format=theme.N0, align="right"),
        )
        mean, said = index(way.mean, one), index(way.said, one)
        score = say(
            "{low, select, true {● low} other {○}} {mean:#,##0.0}"
            " ({answers, plural, one {# answer} other {# answers}})",
            low=mean < LOW,
            mean=mean,
            answers=said,
        )
        verdict = if_(said == 0, _("no answers"), score)
        sheet.write(row, VERDICT, iferror(if_(none, "", verdict), ""), **theme.plain(indent=1, shrink=True))
        sheet.write(row, DATE, iferror(field(model, "Next step", own), ""), **theme.plain())
        sheet.write(
            row, ANSWER, iferror(field(model, "Due", own), ""), **theme.plain(num_format="d mmm", align="right")
        )
        said_ = calc.write(1 + k, SHOWN_AT + 2, if_(none, 0, last_comment(model, own)))
        sheet.write(
            row, COMMENT, iferror(at(model.inputs["surveys.comment"], said_), ""), **theme.plain(indent=1, shrink=True)
        )
    last = LIST + SHOWN
    _signs(model, (LIST + 1, VERDICT, last, VERDICT))
    ruled(sheet, (LIST + 1, NAME, last, COMMENT), NAME)
    return calc.area(1, SHOWN_AT + 1, SHOWN, SHOWN_AT + 1)
