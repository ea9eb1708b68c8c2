"""Onboarding: where new customers stand, how satisfied they are at every step, where to improve."""

from __future__ import annotations

from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import figure, page, printed, so_what
from kam_xl.canvas.results import Report, Risk
from kam_xl.formulas.formula import Range, X, cat, lit
from kam_xl.formulas.functions import day, fixed, if_, iferror, index, isnumber, length, max_, percent
from kam_xl.input_sheets.accounts import field
from kam_xl.input_sheets.mrr import month_text
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
    points,
)
from kam_xl.pages.onboarding.tables import COMMENT, LIST, NAME, STEPS

CHARTS, SO_WHAT = 7, 28  # first rows of the charts and of the conclusions


def fill(model: Model, report: Report) -> None:
    """Write the page."""
    calculate(model)
    sheet = model.sheet("Onboarding")
    empty = nobody(model)
    title = model.calc.put("Onboarding title", iferror(if_(length(empty) > 0, empty, _story(model)), empty))
    when = if_(length(report.date_text) == 0, "", cat(_("  ·  as of "), report.date_text))
    rule = cat(
        _("satisfied: 4 or 5 of 5  ·  NPS: share of 9–10 less share of 0–6  ·  lowest: least mean of the steps with "),
        ENOUGH,
        _(" answers or more"),
    )
    widths = [16, 192, 88, 136, 64, 96, 64, 128, 24, 80, 192, 72, 256, 16]
    page(model.book, sheet, widths, title & "", cat(_("Onboarding and satisfaction"), when), rule)
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
    status = cat(way.going, if_(way.going == 1, _(" account is in onboarding"), _(" accounts are in onboarding")))
    scores = cat(
        fixed(answers_.low_mean, 1),
        _(" of 5"),
        if_(isnumber(answers_.low_nps), cat(_(", NPS "), points(answers_.low_nps)), ""),
    )
    bad = cat(_("Mend "), answers_.low_name, _(": "), scores, _("; "), status)
    well = cat(_("Onboarding runs well: even "), answers_.low_name, _(" scores "), scores, _("; "), status)
    return if_(answers_.lowest == 0, status, if_(answers_.low_mean < 4, bad, well))


def _figures(model: Model) -> None:
    way = model.of(OnTheWay)
    answers_ = model.of(Answers)
    risk = model.of(Risk)
    sheet = model.sheet("Onboarding")
    every = answers_.all
    number = every.cell(0, 2)
    answers = cat(number, if_(number == 1, _(" answer"), _(" answers")))
    low = answers_.lowest > 0
    about = cat(
        fixed(answers_.low_mean, 1),
        _(" of 5, "),
        percent(answers_.low_satisfied),
        _(" satisfied, "),
        answers_.low_answers,
        _(" answers"),
    )
    cards: list[tuple[int, int, X | str, X, X, dict[str, Any]]] = [
        (
            1,
            1,
            _("In onboarding"),
            way.going + 0,
            cat(_("accounts; "), way.done, _(" are done")),
            {"num_format": "0"},
        ),
        (
            2,
            3,
            cat(_("MRR in onboarding, "), model.currency),
            way.total_mrr + 0,
            iferror(cat(percent(way.total_mrr / risk.mrr), _(" of all MRR")), _("no MRR yet")),
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
            if_(low, about, cat(_("no step has "), ENOUGH, _(" answers"))),
            {"edge": theme.RISK, "colour": theme.RISK_D},
        ),
        (
            11,
            12,
            cat(_("Low satisfaction on the way, mean below "), LOW),
            way.unhappy + 0,
            cat(_("of "), way.going, _(" accounts in onboarding")),
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
    quote = if_(comments_.number > 0, cat(_("; the latest comment: “"), said, "”"), "")
    scores = cat(fixed(answers_.low_mean, 1), _(" of 5 over "), answers_.low_answers, _(" answers"))
    bad = cat(
        _("After signing, onboarding is what to watch: mend "),
        answers_.low_name,
        _(" first ("),
        scores,
        ")",
        quote,
        ".",
    )
    well = cat(_("Every step scores 4 or more; the least, "), answers_.low_name, _(", has "), scores, ".")
    few = cat(_("Ask customers after every step: no step has "), ENOUGH, _(" answers yet."))
    own = shown.cell(0)
    due = field(model, "Due", own)
    by = if_(isnumber(due), cat(_(", due "), day(due), " ", month_text(model, due)), "")
    todo = field(model, "Next step", own)
    todo = if_(length(todo) > 0, cat(_("; next step: "), todo, by), "")
    first = index(way.mean, max_(nth(model, 0), lit(1)))
    call = cat(_("Call "), field(model, "Account", own), _(" ("), fixed(first, 1), _(" of 5)"), todo, ".")
    others = way.unhappy - 1
    also = if_(
        others > 0,
        cat(
            " ",
            others,
            if_(
                others == 1,
                _(" more account in onboarding is low too."),
                _(" more accounts in onboarding are low too."),
            ),
        ),
        "",
    )
    happy = if_(
        way.going > 0,
        _("No account in onboarding has a low mean."),
        _("Nobody is in onboarding: keep asking those who are done."),
    )
    ahead = way.ahead
    stand = if_(ahead == 1, _(" account"), _(" accounts"))
    coming = cat(
        _("Still in "),
        answers_.low_name,
        _(" or before it: "),
        ahead,
        stand,
        _("; change the step before they pass through it."),
    )
    past = cat(_("Nobody stands at or before "), answers_.low_name, _(": change it before the next customer signs."))
    third = if_(ahead > 0, coming, past)
    lines = [
        if_(answers_.lowest == 0, few, if_(answers_.low_mean < 4, bad, well)),
        if_(way.unhappy > 0, cat(call, also), happy),
        if_(answers_.lowest == 0, "–", third),
    ]
    return [iferror(if_(way.known, x, "–"), "–") for x in lines]


BUILT_BY = (fill,)
