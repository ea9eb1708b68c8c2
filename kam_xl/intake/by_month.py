"""A row for each subscription, change or level: MRR by month, account and plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum

from kam_xl.content.fields import MAX_NAME, one_line
from kam_xl.content.tables import Value
from kam_xl.errors import DataError, DoubtError
from kam_xl.intake import parsing, profile
from kam_xl.intake.by_year import month_of, state_reason
from kam_xl.intake.counted import Rows, as_float, rounded, text_of
from kam_xl.intake.matching import simplify, year_of
from kam_xl.intake.names import key_of
from kam_xl.intake.plan import Reduced, TablePlan
from kam_xl.intake.plan_import import MAX_PLANS
from kam_xl.intake.vocabulary import state_of
from kam_xl.locale import _

Levels = dict[tuple[date | None, str, str], float]


def by_month(plan: TablePlan, rows: Rows) -> Reduced:
    """MRR by month, account and plan."""
    amounts = rows.numbers(plan.amount or 0)
    plans, shown = _plans(plan, rows, amounts)
    if plan.shape == "subscriptions":
        levels = _subscriptions(plan, rows, amounts, plans)
    elif plan.shape == "movements":
        levels = _movements(plan, rows, amounts, plans)
    else:
        levels = _as_written(plan, rows, amounts, plans)
    if not levels:
        message = _("“{sheet}”: none of its {n} rows counts; see --date, --amount and --count")
        raise DataError(message.format(sheet=rows.table.name, n=f"{len(amounts):,}"))
    names = list(dict.fromkeys(shown[name] for name in plans)) or [""]
    made: dict[tuple[date | None, str], list[Value]] = {}
    for (month, key, name), value in levels.items():
        line = made.setdefault((month, key), [None] * len(names))
        place = names.index(shown[name])
        line[place] = rounded(value + as_float(line[place]))
    rows_made: list[list[Value]] = [
        [month, rows.names[key], *values]
        for (month, key), values in sorted(
            made.items(), key=lambda item: (item[0][0] or date.min, rows.names[item[0][1]])
        )
    ]
    last = max((month for month, _key, _name in levels if month), default=None)
    total = fsum(v for (month, _key, _name), v in levels.items() if month == last)
    text = {
        "subscriptions": _("“{sheet}”: subscriptions, MRR of {amount} at the end of each month; {total} in {month}."),
        "movements": _("“{sheet}”: movements of MRR, {amount} summed up to a level; {total} in {month}."),
        "monthly": _("“{sheet}”: MRR of {amount}; {total} in {month}."),
        "arr": _("“{sheet}”: MRR is {amount} ÷ 12; {total} in {month}."),
    }[plan.shape]
    told = text.format(
        sheet=rows.table.name, amount=f"“{rows.looked.heading(plan.amount or 0)}”", total=f"{total:,.2f}",
        month=f"{last:%Y-%m}" if last else _("the month of the report"),
    )  # fmt: skip
    return Reduced("mrr", names, rows_made, told=[told])


def _plans(plan: TablePlan, rows: Rows, amounts: Sequence[Value]) -> tuple[list[str], dict[str, str]]:
    """The plan of each row, and the one under which it is shown: the smallest of many are one."""
    if plan.plan is None:
        return [""] * len(amounts), {"": ""}
    names = [
        one_line(text_of(cell))[:MAX_NAME] if cell is not None else _("None") for cell in rows.looked.columns[plan.plan]
    ]
    spelt: dict[str, str] = {}
    names = [spelt.setdefault(key_of(name), name) for name in names]
    worth: dict[str, float] = {}
    for name, amount in zip(names, amounts, strict=True):
        worth[name] = worth.get(name, 0.0) + abs(as_float(amount))
    if len(worth) <= MAX_PLANS:
        return names, {name: name for name in worth}
    kept = set(sorted(worth, key=lambda name: -worth[name])[: MAX_PLANS - 1])
    other = _("Other plans")
    text = _("“{sheet}”: there is place for {n} plans; together under “{other}”: {names}.")
    rows.looked.told.append(text.format(
        sheet=rows.table.name, n=MAX_PLANS, other=other, names=", ".join(n for n in worth if n not in kept)
    ))  # fmt: skip
    return names, {name: name if name in kept else other for name in worth}


def _ordered_days(rows: Rows, place: int) -> list[Value]:
    """The days of a column whose month matters: asked where the order of day and month is not shown."""
    cells = rows.looked.columns[place]
    order = profile.order_of(cells)
    if order is None and (
        doubtful := next((c for c in cells if isinstance(c, str) and parsing.is_doubtful_day(c)), None)
    ):
        if not rows.looked.answers.dates:
            message = _("“{sheet}”: is {text} day, month, year or month, day, year? Say --dates dmy or --dates mdy")
            choices = [(o, str(parsing.day(doubtful, o == "dmy"))) for o in ("dmy", "mdy")]
            raise DoubtError(message.format(sheet=rows.table.name, text=doubtful), "--dates", choices)
        order = rows.looked.answers.dates == "dmy"
    return profile.days(cells, order is not False)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _usable(rows: Rows, n: int, amount: Value, day: Value) -> str | None:
    """The key of the account of a row that can be used; else why it is left out is kept."""
    if amount is None and not isinstance(day, date):
        return None
    if not rows.counts(n):
        rows.leave(state_reason(rows.plan, rows, n), n, amount)
        return None
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        rows.leave(_("as the amount is no number"), n, amount, doubt=True)
    elif not isinstance(day, date):
        rows.leave(_("as it has no date"), n, amount, doubt=True)
    elif (key := rows.key(n)) is None:
        rows.leave(_("as it names no account"), n, amount, doubt=True)
    else:
        return key
    return None


def _subscriptions(plan: TablePlan, rows: Rows, amounts: Sequence[Value], plans: Sequence[str]) -> Levels:
    """At each end of a month, what has begun and not ended."""
    starts = _ordered_days(rows, plan.date or 0)
    ends = _ordered_days(rows, plan.end) if plan.end is not None else [None] * len(starts)
    today = date.today()
    known = [d for d in (*starts, *ends) if isinstance(d, date) and d <= today]
    last = max(known, default=today).replace(day=1)
    levels: Levels = {}
    for n, (amount, start, end) in enumerate(zip(amounts, starts, ends, strict=True)):
        key = _usable(rows, n, amount, start)
        if key is None or not isinstance(start, date) or not isinstance(amount, int | float):
            continue
        if end is None and plan.status is not None and state_of(rows.looked.columns[plan.status][n]) == "void":
            rows.leave(_("as it has ended without a date"), n, amount, doubt=True)
            continue
        if plan.interval is not None:
            months = _months_in(rows.looked.columns[plan.interval][n])
            if months is None:
                rows.leave(_("as its interval is not known"), n, amount, doubt=True)
                continue
            amount = amount / months
        if isinstance(end, str):
            rows.leave(_("as its end is no date"), n, amount, doubt=True)
            continue
        month = start.replace(day=1)
        while month <= last and (not isinstance(end, date) or end >= _next(month)):
            place = (month, key, plans[n])
            levels[place] = levels.get(place, 0.0) + amount
            month = _next(month)
    return levels


_INTERVALS = {
    1: "month,monthly,monat,monatlich,mois,mensuel,1 month,m,ماهانه",
    3: "quarter,quarterly,quartal,vierteljährlich,trimestre,trimestriel,3 months",
    6: "half year,semi-annual,halbjährlich,semestre,semestriel,6 months",
    12: "year,yearly,annual,annually,jahr,jährlich,an,annuel,annuelle,12 months,y,سالانه",
}
_MONTHS_IN = {simplify(word): months for months, words in _INTERVALS.items() for word in words.split(",")}


def _months_in(cell: Value) -> int | None:
    """How many months an interval has."""
    return _MONTHS_IN.get(simplify(cell))


_LOSS_WORDS = (
    "churn,churned,contraction,downgrade,cancellation,cancelled,canceled,lost,loss,decrease,kündigung,abgang,reduktion,"
    "minderung,résiliation,perte,baisse,ریزش"
)
_LOSSES = frozenset(simplify(word) for word in _LOSS_WORDS.split(","))


def _signed(plan: TablePlan, rows: Rows, amounts: Sequence[Value]) -> list[Value]:
    """Changes with a minus where their type is a loss and none of them has one."""
    if plan.kind is None:
        return list(amounts)
    kinds = rows.looked.columns[plan.kind]
    losses = [n for n, kind in enumerate(kinds) if kind is not None and simplify(kind) in _LOSSES]
    if not losses or any(as_float(amounts[n]) < 0 for n in losses):
        return list(amounts)
    text = _("“{sheet}”: {n} losses without a minus were taken off.")
    rows.looked.told.append(text.format(sheet=rows.table.name, n=f"{len(losses):,}"))
    found = list(amounts)
    for n in losses:
        found[n] = -as_float(amounts[n])
    return found


def _movements(plan: TablePlan, rows: Rows, amounts: Sequence[Value], plans: Sequence[str]) -> Levels:
    """Changes, summed up to the level at the end of each month; once zero it stays so until the last month."""
    days = _ordered_days(rows, plan.date or 0)
    amounts = _signed(plan, rows, amounts)
    changes: dict[tuple[str, str], dict[date, list[float]]] = {}
    for n, (amount, day) in enumerate(zip(amounts, days, strict=True)):
        key = _usable(rows, n, amount, day)
        if key is not None and isinstance(day, date) and isinstance(amount, int | float):
            changes.setdefault((key, plans[n]), {}).setdefault(day.replace(day=1), []).append(float(amount))
    levels: Levels = {}
    last = max((month for some in changes.values() for month in some), default=date.today())
    for (key, name), by_month in changes.items():
        month, level = min(by_month), 0.0
        while month <= last:
            level = round(fsum([level, *by_month.get(month, ())]), 6)
            levels[(month, key, name)] = level
            month = _next(month)
        if min(v for (m, k, p), v in levels.items() if (k, p) == (key, name)) < -0.005:
            message = _("“{sheet}”: the movements of {account} sum up to less than nothing; one is missing")
            raise DataError(message.format(sheet=rows.table.name, account=rows.names[key]))
    return levels


def _of_year(month: Value, year: Value) -> date | None:
    """The month of a number from 1 to 12 beside a year."""
    number, known = str(month).removesuffix(".0"), year_of(str(year).removesuffix(".0")) if year is not None else None
    return date(int(known), int(number), 1) if known and number.isdigit() and 1 <= int(number) <= 12 else None


def _as_written(plan: TablePlan, rows: Rows, amounts: Sequence[Value], plans: Sequence[str]) -> Levels:
    """Levels as they are written; of two of one account, plan and month the later counts, and is named."""
    place = plan.month if plan.month is not None else plan.date
    months: Iterable[date | None] = [None] * len(amounts)
    if place is not None:
        days = _ordered_days(rows, place) if plan.month is None else list(rows.looked.columns[place])
        years = rows.looked.columns[plan.year] if plan.year is not None else [None] * len(days)
        months = [_of_year(day, year) or month_of(day) for day, year in zip(days, years, strict=True)]
    levels: Levels = {}
    for n, (amount, month) in enumerate(zip(amounts, months, strict=True)):
        key = _usable(rows, n, amount, month if place is not None else date.today())
        if key is None or not isinstance(amount, int | float):
            continue
        at = (month, key, plans[n])
        value = amount / plan.divide
        if place is None and at in levels:
            levels[at] += value
            continue
        if at in levels and abs(levels[at] - value) > 0.005:
            text = _("{account}: {plan} {month} stands there twice, {old} → {new}: the later counts.")
            when = f"{month:%Y-%m}" if month else ""
            line = text.format(account=rows.names[key], plan=plans[n], month=when, old=levels[at], new=value)
            rows.looked.told.append(line.replace(":  ", ": "))
        levels[at] = value
    return levels
