"""Charter: why we manage key accounts, whom we choose, whether we are ready, how long we invest, when we review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kam_xl.canvas import theme
from kam_xl.canvas.guards import failed
from kam_xl.canvas.labels import short
from kam_xl.canvas.model import Model
from kam_xl.canvas.page import figure, head, page, printed, ruled, so_what
from kam_xl.canvas.results import PerAccount, Queue, Risk
from kam_xl.formulas.formula import Ref, X, lit
from kam_xl.formulas.functions import (
    and_,
    count,
    countif,
    if_,
    iferror,
    index,
    isnumber,
    length,
    match,
    max_,
    or_,
)
from kam_xl.formulas.messages import say
from kam_xl.input_sheets.records import at, rows_of_account
from kam_xl.locale import _
from kam_xl.pages.charter import trend
from kam_xl.pages.charter.blocks import (
    A1,
    A2,
    B1,
    B2,
    B3,
    B4,
    C1,
    C2,
    C3,
    CALC,
    CARDS,
    EACH,
    END,
    HORIZON,
    POINTS,
    REVIEW_WORDS,
    REVIEWS,
    RHYTHM,
    STAIRS,
    TEXTS,
    WIDTHS,
    Part,
    criteria,
    horizon,
    merged,
    more_than,
    purpose,
    rhythm,
)


def fill(model: Model) -> None:
    """Write the page."""
    sheet, calc = model.sheet("Charter"), model.book.sheet(CALC)
    sheet.columns(*WIDTHS)
    sections = model.inputs["charter.section"]
    parts = {}
    for k, (name, most) in enumerate(
        (("Purpose", EACH), ("Scope", EACH), ("Readiness", POINTS), *((w, REVIEWS) for w in REVIEW_WORDS))
    ):
        texts = [model.inputs["charter.text"]]
        places = rows_of_account(model, calc, 2 * k, sections, lit(name), max(most, sections.rows), texts)
        number = model.calc.put(f"charter: {name}", calc.ref(sections.rows, 2 * k) + 0)
        parts[name] = Part(places, number)
    ready = _answers(model, parts["Readiness"])
    total = model.calc.put("charter texts", sum((p.number for p in parts.values()), lit(0)))
    title = model.calc.put("Charter title", if_(total == 0, _("No charter yet: type it on Charter texts"), ready.title))
    sub = say(
        "Key account charter{named, select, true {  ·  {company}} other {}}",
        named=length(model.settings["company"]) > 0,
        company=model.settings["company"],
    )
    rule = _("ready: every point yes  ·  nearly: half of them yes and no ✗  ·  else not yet")
    page(model.book, sheet, WIDTHS, title & "", sub, rule)
    _cards(model, ready)
    purpose(model, parts)
    criteria(model)
    _readiness(model, parts["Readiness"], ready)
    sheet.height(HORIZON - 1, 8)
    horizon(model)
    trend.draw(model, (HORIZON, C1, HORIZON + STAIRS, C3))
    sheet.height(RHYTHM - 1, 8)
    rhythm(model, parts)
    so_what(sheet, END, A1, C3, [ready.advice, _chosen(model), trend.advice(model)], height=22)
    printed(sheet, END + 3, most=END + 3)


@dataclass
class Ready:
    """The readiness check: answers of all points, counts, verdict and what to say."""

    yes: Ref
    no: Ref
    points: Ref
    verdict: Ref
    title: X
    advice: X


def _answers(model: Model, part: Part) -> Ready:
    """Count the answers and find the first gap."""
    calc, put, col = model.sheet(CALC), model.calc.put, 14
    answers, n = model.inputs["charter.answer"], part.places.rows
    for i in range(n):
        place = part.places.cell(i)
        word = at(answers, place) & ""
        known = if_(word == "yes", "yes", if_(word == "partly", "partly", "no"))
        calc.write(1 + i, col, if_(place == 0, "", known))
    words = calc.area(1, col, n, col)
    points = part.number
    yes, partly, no = (put(f"readiness: {w}", countif(words, w)) for w in ("yes", "partly", "no"))
    gap = put("readiness: first gap", iferror(match("no", words), iferror(match("partly", words), 0)))
    judged = if_(
        yes == points, _("Ready"), if_(and_(no == 0, yes * 2 >= points), _("Nearly ready"), _("Not yet ready"))
    )
    verdict = put("readiness: verdict", if_(points == 0, "–", judged))
    where = index(part.places, max_(gap, lit(1)))
    text, who = at(model.inputs["charter.text"], where) & "", at(model.inputs["charter.owner"], where) & ""
    story = say(
        "Ready in {yes} of {points, plural, one {# point} other {# points}}"
        "{gap, plural, =0 {} other {; {lacks, select, true {missing} other {only partly}}: {text}}}",
        yes=yes,
        points=points,
        gap=gap,
        lacks=no > 0,
        text=short(text, 70),
    )
    story = if_(points == 0, _("Purpose, scope and rules; no readiness check yet"), story)
    close = say(
        "{verdict}. Close first: {text} ({named, select, true {{who}} other {nobody named}})"
        "{more, plural, =0 {} one {; then # more point} other {; then # more points}}.",
        verdict=verdict,
        text=text,
        named=length(who) > 0,
        who=who,
        more=max_(no + partly - 1, lit(0)),
    )
    all_yes = _("Ready: every point is answered yes; repeat the check each quarter.")
    none = _("Type the points of the readiness check on Charter texts, and answer yes, partly or no.")
    advice = if_(points == 0, none, if_(gap == 0, all_yes, close))
    return Ready(yes, no, points, verdict, iferror(story, "–"), iferror(advice, "–"))


def _cards(model: Model, ready: Ready) -> None:
    """Readiness, the size of the programme, loyalty and engagement."""
    queue = model.of(Queue)
    accounts = model.of(PerAccount)
    sheet, s = model.sheet("Charter"), model.settings
    for row, px in ((CARDS, 24), (CARDS + 1, 40), (CARDS + 2, 24), (CARDS + 3, 8)):
        sheet.height(row, px)
    nrr, grr = accounts.nrr, accounts.grr
    known = count(accounts.risk_figure)
    safe = trend.engaged(model)
    bad = or_(failed(queue.table), model.of(Risk).unknown)
    none = model.of(Risk).mrr == 0
    score = if_(ready.points == 0, "–", say("{yes} of {points}", yes=ready.yes, points=ready.points))
    gross = if_(isnumber(grr), say("gross: {grr:0.0%}, 12 months", grr=grr), _("12 months"))
    share = if_(none, _("no MRR yet"), say("{share:0%} of all MRR", share=model.of(Risk).share))
    rule = if_(known == 0, model.of(Risk).rule & "", say("of {known}; {rule}", known=known, rule=model.of(Risk).rule))
    at_risk = if_(bad, "–", if_(none, "–", model.of(Risk).at_risk))
    months = say("{n} months", n=s["horizon"])
    good, risk = {"edge": theme.GOOD}, {"edge": theme.RISK, "colour": theme.RISK_D, "num_format": theme.N0}
    cards: list[tuple[int, int, str | X, X, str | X, dict[str, Any]]] = [
        (A1, A1, _("Readiness, points answered yes"), score, ready.verdict & "", {"edge": theme.BLUE_D}),
        (A2, A2, _("Key accounts"), s["key_cap"] + 0, _("at most"), {"num_format": "0"}),
        (B1, B2, _("Investment horizon"), months, _("to pay back"), {}),
        (B3, B4, _("Net retention (NRR)"), if_(isnumber(nrr), nrr, "–"), gross, {**good, "num_format": theme.P1}),
        (C1, C1, _("Accounts not at risk"), if_(bad, "–", safe), rule, {**good, "num_format": "0%"}),
        (C2, C3, say("MRR at risk, {unit}", unit=s["currency"]), at_risk, if_(bad, _("see Checks"), share), risk),
    ]
    for c1, c2, text, value, under, look in cards:
        figure(
            sheet,
            CARDS,
            c1,
            c2,
            text,
            iferror(value, "–"),
            iferror(under, "") if isinstance(under, X) else under,
            **look,
        )


def _readiness(model: Model, part: Part, ready: Ready) -> None:
    """The points with their answers."""
    sheet, inputs = model.sheet("Charter"), model.inputs
    note = if_(part.number == 0, _("Type the points on Charter texts"), more_than(part, POINTS))
    head(sheet, TEXTS, C1, C3, _("Readiness check"), note)
    row = TEXTS + 1
    for col, text in ((C1, _("Point")), (C2, _("Answer")), (C3, _("Who"))):
        sheet.write(row, col, text, **theme.heading(indent=1 if col == C2 else 0))
    for i in range(POINTS):
        place = part.places.cell(i)
        word = at(inputs["charter.answer"], place) & ""
        sign = if_(
            word == "yes", _("✓ yes"), if_(word == "partly", _("◐ partly"), if_(word == "no", _("✗ no"), _("✗ open")))
        )
        sheet.write(
            row + 1 + i, C1, at(inputs["charter.text"], place) & "", **theme.plain(text_wrap=True, align="left")
        )
        sheet.write(row + 1 + i, C2, if_(place == 0, "", sign), **theme.plain(bold=True, indent=1))
        sheet.write(row + 1 + i, C3, at(inputs["charter.owner"], place) & "", **theme.plain(font_size=9, shrink=True))
    last, bare = row + POINTS, model.book.bare
    hair: dict[str, Any] = {"bottom": 1, "bottom_color": theme.HAIR}
    for text, look in (
        ("✓", {"font_color": theme.GOOD_D, "bg_color": theme.GOOD_T}),
        ("✗", {"font_color": theme.RISK_D, "bg_color": theme.RISK_T}),
    ):
        rule = {"type": "text", "criteria": "begins with", "value": text, "format": bare(**look, **hair)}
        sheet.ws.conditional_format(row + 1, C2, last, C2, rule)
    ruled(sheet, (row + 1, C1, last, C3), C1)
    score = say("{verdict}: {yes} of {points} answered yes", verdict=ready.verdict, yes=ready.yes, points=ready.points)
    merged(
        model,
        last + 1,
        C1,
        C3,
        if_(part.number == 0, "", score),
        bold=True,
        font_color=theme.BLUE_D,
        top=1,
        top_color=theme.INK,
    )


def _chosen(model: Model) -> X:
    """What the rules of the selection mean now."""
    risk = model.of(Risk)
    s, customers = model.settings, risk.customers
    names = countif(model.lists["selection"].column(0), "?*")
    few = say(
        "Selection: {n, plural, one {# criterion} other {# criteria}};"
        " use 3 to 5, so that everybody can follow the choice.",
        n=names,
    )
    cap = say(
        "Start small: at most {cap}{some, select, true { of {accounts} accounts ({share:0%})} other {}}"
        " are key accounts; promoting is easy, demoting is not.",
        cap=s["key_cap"],
        some=customers > 0,
        accounts=customers,
        share=iferror(s["key_cap"] / customers, 0),
    )
    return iferror(if_(names < 3, few, cap), "–")


BUILT_BY = (fill,)
