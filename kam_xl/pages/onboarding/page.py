"""Onboarding: where new customers stand, how satisfied they are at every step, where to improve."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import figure, page, printed, so_what
from kam_xl.canvas.results import Report, Risk
from kam_xl.formulas.formula import Range, X, cat, lit
from kam_xl.formulas.functions import if_, iferror, index, isnumber, length, max_
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.accounts import field
from kam_xl.input_sheets.mrr import day_text
from kam_xl.input_sheets.records import at
from kam_xl.locale import _
from kam_xl.pages.onboarding import chart, tables
from kam_xl.pages.onboarding.calc import (
    ENOUGH,
    LOW,
    Answers,
    Comments,
    OnTheWay,
    calculate,
    comment_place,
    nobody,
    nth,
)
from kam_xl.pages.onboarding.tables import COMMENT, LIST, NAME, STEPS

CHARTS, SO_WHAT = 7, 28  # first rows of the charts and of the conclusions


def fill(model: Model, report: Report) -> None:
    """Write the page."""
    calculate(model)
    sheet = model.sheet("Onboarding")
    empty = nobody(model)
    title = model.calc.put("Onboarding title", iferror(if_(length(empty) > 0, empty, _story(model)), empty))
    sub = say(
        "Onboarding and satisfaction{known, select, true {  ·  as of {date}} other {}}",
        known=length(report.date_text) > 0,
        date=report.date_text,
    )
    rule = say(
        "satisfied: 4 or 5 of 5  ·  NPS: share of 9–10 less share of 0–6  ·  lowest: least mean of the steps with"
        " {enough} answers or more",
        enough=ENOUGH,
    )
    widths = [16, 192, 88, 136, 64, 96, 64, 128, 24, 80, 192, 72, 256, 16]
    page(model.book, sheet, widths, title & "", sub, rule)
    for r, px in ((3, 24), (4, 40), (5, 24), (6, 12), (CHARTS, 24), (CHARTS + 1, 24), (STEPS - 1, 12)):
        sheet.height(r, px)
    sheet.height(CHARTS + 2, 32, STEPS - 2)
    _figures(model)
    last = STEPS - 2
    chart.draw(model, ((CHARTS, 1, last, 3), (CHARTS, 5, last, 8), (CHARTS, 10, last, COMMENT)))
    tables.by_step(model)
    tables.comments(model)
    shown = tables.on_the_way(model)
    sheet.height(SO_WHAT - 1, 12)
    so_what(sheet, SO_WHAT, NAME, COMMENT, _lines(model, shown))
    printed(sheet, LIST + 6, most=LIST + 6)


def _story(model: Model) -> X:
    answers_ = model.of(Answers)
    way = model.of(OnTheWay)
    status = say("{n, plural, one {# account is in onboarding} other {# accounts are in onboarding}}", n=way.going)
    parts = {
        "step": answers_.low_name,
        "mean": answers_.low_mean,
        "asked": isnumber(answers_.low_nps),
        "nps": answers_.low_nps,
        "status": status,
    }
    bad = say("Mend {step}: {mean:#,##0.0} of 5{asked, select, true {, NPS {nps:+#,##0}} other {}}; {status}", **parts)
    well = say(
        "Onboarding runs well: even {step} scores {mean:#,##0.0} of 5"
        "{asked, select, true {, NPS {nps:+#,##0}} other {}}; {status}",
        **parts,
    )
    return if_(answers_.lowest == 0, status, if_(answers_.low_mean < 4, bad, well))


def _figures(model: Model) -> None:
    way = model.of(OnTheWay)
    answers_ = model.of(Answers)
    risk = model.of(Risk)
    sheet = model.sheet("Onboarding")
    every = answers_.all
    number = every.cell(0, 2)
    answers = say("{n, plural, one {# answer} other {# answers}}", n=number)
    low = answers_.lowest > 0
    about = say(
        "{mean:#,##0.0} of 5, {share:0%} satisfied, {answers} answers",
        mean=answers_.low_mean,
        share=answers_.low_satisfied,
        answers=answers_.low_answers,
    )
    cards: list[tuple[int, int, X | str, X, X, dict[str, Any]]] = [
        (
            1,
            1,
            _("In onboarding"),
            way.going + 0,
            say("accounts; {done} are done", done=way.done),
            {"num_format": "0"},
        ),
        (
            2,
            3,
            say("MRR in onboarding, {unit}", unit=model.currency),
            way.total_mrr + 0,
            iferror(say("{share:0%} of all MRR", share=way.total_mrr / risk.mrr), _("no MRR yet")),
            {"num_format": theme.N0},
        ),
        (4, 5, _("Satisfied (CSAT)"), every.cell(0, 4), answers, {"num_format": theme.P0}),
        (
            6,
            7,
            _("Recommend (NPS)"),
            every.cell(0, 5),
            lit(_("promoters less detractors")) & "",
            {"num_format": "+0;−0;0"},
        ),
        (
            9,
            10,
            _("Where to improve"),
            if_(low, answers_.low_name & "", "–"),
            if_(low, about, say("no step has {enough} answers", enough=ENOUGH)),
            {"edge": theme.RISK, "colour": theme.RISK_D},
        ),
        (
            11,
            12,
            say("Low satisfaction on the way, mean below {low}", low=LOW),
            way.unhappy + 0,
            say("of {accounts} accounts in onboarding", accounts=way.going),
            {"edge": theme.RISK, "num_format": "0", "colour": theme.RISK_D},
        ),
    ]
    for c1, c2, text, value, note, look in cards:
        shown = iferror(if_(way.known, if_(length(value) == 0, "–", value), "–"), "–")
        figure(sheet, 3, c1, c2, text, shown, iferror(if_(way.known, note, ""), ""), **look)


def _lines(model: Model, shown: Range) -> list[X | str]:
    way = model.of(OnTheWay)
    answers_ = model.of(Answers)
    comments_ = model.of(Comments)
    place = comment_place(model, 0)
    said = at(model.inputs["surveys.comment"], place)
    parts = {"step": answers_.low_name, "mean": answers_.low_mean, "answers": answers_.low_answers}
    bad = say(
        "After signing, onboarding is what to watch: mend {step} first ({mean:#,##0.0} of 5 over {answers} answers)"
        "{some, select, true {; the latest comment: “{comment}”} other {}}.",
        some=comments_.number > 0,
        comment=said,
        **parts,
    )
    well = say(
        "Every step scores 4 or more; the least, {step}, has {mean:#,##0.0} of 5 over {answers} answers.", **parts
    )
    few = say("Ask customers after every step: no step has {enough} answers yet.", enough=ENOUGH)
    own = shown.cell(0)
    due = field(model, "Due", own)
    todo = field(model, "Next step", own)
    first = index(way.mean, max_(nth(model, 0), lit(1)))
    call = say(
        "Call {account} ({mean:#,##0.0} of 5){planned, select, true {; next step: {step}"
        "{dated, select, true {, due {date}} other {}}} other {}}.",
        account=field(model, "Account", own),
        mean=first,
        planned=length(todo) > 0,
        step=todo,
        dated=isnumber(due),
        date=day_text(model, due),
    )
    others = way.unhappy - 1
    also = say(
        "{n, plural, one {# more account in onboarding is} other {# more accounts in onboarding are}} low too.",
        n=others,
    )
    low = if_(others > 0, cat(call, " ", also), call)
    happy = if_(
        way.going > 0,
        _("No account in onboarding has a low mean."),
        _("Nobody is in onboarding: keep asking those who are done."),
    )
    ahead = way.ahead
    coming = say(
        "Still in {step} or before it: {n, plural, one {# account} other {# accounts}};"
        " change the step before they pass through it.",
        step=answers_.low_name,
        n=ahead,
    )
    past = say("Nobody stands at or before {step}: change it before the next customer signs.", step=answers_.low_name)
    third = if_(ahead > 0, coming, past)
    lines = [
        if_(answers_.lowest == 0, few, if_(answers_.low_mean < 4, bad, well)),
        if_(way.unhappy > 0, low, happy),
        if_(answers_.lowest == 0, "–", third),
    ]
    return [iferror(if_(way.known, x, "–"), "–") for x in lines]


BUILT_BY = (fill,)
