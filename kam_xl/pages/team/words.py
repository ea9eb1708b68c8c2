"""What Team says: its title, the rules with their checks, and what follows from them."""

from __future__ import annotations

from kam_xl.canvas.guards import failed
from kam_xl.canvas.model import Model
from kam_xl.canvas.results import Risk
from kam_xl.formulas.formula import Operand, X, lit
from kam_xl.formulas.functions import and_, if_, iferror, index, left, max_, min_
from kam_xl.formulas.messages import say
from kam_xl.locale import _
from kam_xl.pages.team.calc import OWNERLESS, Team

MOST = 0.5  # share of the amount that one key account manager may carry


def heaviest(team: Team) -> tuple[X, X]:
    """The key account manager with the largest share, and the share; accounts of nobody do not count."""
    m = team.managers
    if m.rows == 1:
        none = m.cell(0) == OWNERLESS
        return if_(none, "", m.cell(0) & ""), if_(none, 0, m.cell(0, 4) + 0)
    second = m.cell(0) == OWNERLESS
    return if_(second, m.cell(1) & "", m.cell(0) & ""), if_(second, m.cell(1, 4), m.cell(0, 4))


def unit_of(model: Model) -> X:
    """What the load is counted in."""
    risk = model.of(Risk)
    return if_(risk.mrr > 0, _("MRR"), _("revenue"))


def title(model: Model, team: Team) -> X:
    """The message of the page: who answers for every task, and how the load is shared."""
    f = team.figures
    good = say(
        "{tasks, plural, one {The task has one accountable role} other {Every task has one accountable role}}",
        tasks=f["tasks"],
    )
    wrong = say(
        "{tasks, plural, one {# task is not shared out right} other {# tasks are not shared out right}}",
        tasks=f["wrong tasks"],
    )
    tasks = if_(f["tasks"] == 0, _("No tasks on RACI yet"), if_(f["wrong tasks"] == 0, good, wrong))
    story = say("{tasks}; {load}", tasks=tasks, load=_load(model, team))
    none = and_(f["tasks"] == 0, f["accounts"] == 0)
    return if_(none, _("No team yet: type it on RACI, Accounts and Coverage"), story)


def _load(model: Model, team: Team) -> X:
    """How the load is shared: the second half of the title."""
    f = team.figures
    name, share = heaviest(team)
    heavy = say("{name} carries {share:0%} of {what}", name=name, share=share, what=unit_of(model))
    some = say(
        "{accounts, plural, one {# class A account has no sponsor} other {# class A accounts have no sponsor}}",
        accounts=f["unsponsored"],
    )
    fine = if_(f["class A"] > 0, _("every class A account has a sponsor"), _("the load is shared"))
    return if_(
        f["accounts"] == 0,
        _("no accounts yet"),
        if_(iferror(and_(share > MOST, f["managers"] > 1), False), heavy, if_(f["unsponsored"] > 0, some, fine)),
    )


def checked(model: Model, team: Team) -> list[X]:
    """One line a rule: ✓ kept, ✗ broken and by whom, – cannot be said."""
    f, named = team.figures, team.named
    name, share = heaviest(team)
    none = f["accounts"] == 0
    nobody, no_accounts = _("– No tasks yet: type them on RACI."), _("– No accounts yet: type them on Accounts.")
    unknown = _("– Cannot be said: see Checks.")
    one = if_(
        f["wrong tasks"] == 0,
        _("✓ One A, and somebody responsible, in every task."),
        say("✗ One A, and somebody responsible, in every task, except {tasks}.", tasks=named["tasks"]),
    )
    parts = {"limit": lit(MOST), "what": unit_of(model), "share": share}
    carries = say("✗ No key account manager above {limit:0%} of {what}; {name} has {share:0%}.", name=name, **parts)
    shared = say("✓ No key account manager above {limit:0%} of {what}; the most is {share:0%}.", **parts)
    alone = say("– Only one key account manager, {name}: nobody can stand in.", name=name)
    load: Operand = if_(share > MOST, carries, shared)
    load = if_(
        f["managers"] == 0,
        _("– No key account managers yet: type the owners on Accounts."),
        if_(f["managers"] == 1, alone, if_(f["amount"] == 0, _("– No amounts yet to share."), load)),
    )
    sponsor = if_(
        f["unsponsored"] == 0,
        _("✓ Every class A account has an executive sponsor."),
        say("✗ Every class A account has an executive sponsor, except {accounts}.", accounts=named["unsponsored"]),
    )
    sponsor = if_(f["class A"] == 0, _("– No class A accounts yet: they need an executive sponsor."), sponsor)
    apart = if_(
        f["both"] == 0,
        _("✓ Key account manager and sales are two people on every account."),
        say("✗ Key account manager and sales are two people, except on {accounts}.", accounts=named["both"]),
    )
    apart = if_(f["sold"] == 0, _("– Nobody in sales yet: type them on Coverage."), apart)
    owned = if_(
        f["unowned"] == 0,
        _("✓ Every account has a key account manager."),
        say("✗ Every account has a key account manager, except {accounts}.", accounts=named["unowned"]),
    )
    lines = [if_(failed(team.check), unknown, if_(f["tasks"] == 0, nobody, one))]
    lines += [if_(none, no_accounts, line) for line in (load, sponsor, apart, owned)]
    return [iferror(line, unknown) for line in lines]


def lines(model: Model, team: Team) -> list[X]:
    """What to do about it: sponsors, load, risk."""
    f, m = team.figures, team.managers
    name, share = heaviest(team)
    none = f["accounts"] == 0
    groups = f["managers"] + if_(f["ownerless"] > 0, 1, 0)
    others = groups > m.rows  # then the last row is no person
    row = max_(lit(1), if_(others, m.rows - 1, min_(groups, lit(m.rows))))
    row = if_(index(m.column(0), row) == OWNERLESS, max_(row - 1, lit(1)), row)  # the lightest with a bar of their own
    light, least = index(m.column(0), row), index(m.column(4), row)
    over = if_(
        and_(share > MOST, f["managers"] > 1),
        say(
            "Hand an account over from {name} ({share:0%}) to {lightest} ({least:0%}).",
            name=name,
            share=share,
            lightest=light,
            least=least,
        ),
        _("The load is shared: nobody has to hand over an account."),
    )
    sponsor = if_(
        f["unsponsored"] > 0,
        say("Name an executive sponsor for {accounts}.", accounts=team.named["unsponsored"]),
        if_(
            f["class A"] > 0,
            _("Sponsors: ask each for one visit per quarter."),
            _("Type revenue to see who needs a sponsor."),
        ),
    )
    at_risk = [iferror(m.cell(k, 3) + 0, 0) for k in range(m.rows)]
    at_risk[-1] = if_(others, 0, at_risk[-1])
    most = max_(*at_risk)
    who: X = lit("")
    for k in reversed(range(m.rows)):
        who = if_(at_risk[k] == most, m.cell(k) & "", who)
    who = model.calc.put("Team: who carries most at risk", who)
    risk = if_(
        most > 0,
        say(
            "{nobody, select, true {Accounts of nobody carries} other {{who} carries}} {amount:#,##0} of the"
            " {all:#,##0} {unit} {what} at risk: help there first.",
            nobody=left(who, 1) == OWNERLESS,
            who=who,
            amount=most,
            all=f["risk"],
            unit=model.currency,
            what=unit_of(model),
        ),
        if_(model.of(Risk).unknown, _("What is at risk is unknown: see Checks."), _("Nothing is at risk now.")),
    )
    return [iferror(if_(none, "–", line), "–") for line in (sponsor, over, risk)]
