"""Which shape a table has: its columns by contents and headings, and what is left to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from kam_xl.content.settings import Template
from kam_xl.content.tables import Value
from kam_xl.errors import DataError, DoubtError
from kam_xl.intake import parsing, profile
from kam_xl.intake.answers import Answers
from kam_xl.intake.dress import Dressed
from kam_xl.intake.looked import Looked, sum_of
from kam_xl.intake.matching import _BESIDE_YEAR, columns_of, simplify, year_of
from kam_xl.intake.periods import Period, bare_part, period_in
from kam_xl.intake.plan import TablePlan
from kam_xl.intake.status import count, leavers, mixed_documents, status_of, subscribed
from kam_xl.intake.vocabulary import (
    account_vote,
    all_words,
    amount_vote,
    date_vote,
    is_recurring,
    state_of,
    words_of,
)
from kam_xl.locale import _

_MONTHLY = frozenset(("mrr", "monthlyrecurringrevenue", "monthly", "recurring", "abo", "abos"))
_ASIDE = frozenset(
    ("created", "create", "modified", "updated", "last", "activity", "since", "birth", "hire", "synced", "next")
)


def plan_of(
    table: Dressed, answers: Answers, template: Template, recurring: bool = False
) -> tuple[TablePlan, Looked] | None:
    """How a table becomes amounts of accounts; None where it is none of the shapes of money in time.

    Parameters
    ----------
    table
        Without its dress.
    answers
        What was answered before.
    template
        Knows the headings that the other importer reads.
    recurring
        Whether the name of the sheet says MRR.

    Raises
    ------
    DoubtError
        Where two readings give different amounts.
    """
    if not table.rows:
        return None
    columns = list(zip(*table.rows, strict=True))
    looked = Looked(table, answers, columns, [profile.profile(c) for c in columns], all_words(table.headings))
    account = looked.best(
        lambda h: account_vote(h, looked.words), ("text", "number", "year"), "--account", answers.account
    )
    if account is None:
        return None
    return _wide(looked, account, recurring) or _long(looked, account, template, recurring)


def _wide(looked: Looked, account: int, recurring: bool) -> tuple[TablePlan, Looked] | None:
    """A column for each month, quarter or half."""
    headings = looked.table.headings
    days = _days_of(headings)
    periods: dict[int, Period] = {}
    beside: set[str] = set()
    for place, heading in enumerate(headings):
        if place == account:
            continue
        found = period_in(heading)
        if place in days:
            found = (day, "") if (day := days[place]) else None
        elif found is None and (part := bare_part(heading)) and (year := _year_named(looked)):
            found = Period(year, *part), ""
        if found is None or not looked.holds_numbers(place):
            continue
        words = {simplify(w) for w in re.split(r"[\W_]+", found[1])} - {""}
        if words <= _BESIDE_YEAR | _MONTHLY | {"sum", "summe", "von", "somme"}:
            periods[place], beside = found[0], beside | words
    if not periods:
        bare = [h for h in headings if bare_part(h)]
        if len(bare) > 2 and not _year_named(looked) and "month" not in looked.words:
            message = _("“{sheet}”: its columns are months or quarters ({names}) of no year; name it with --years 2025")
            raise DataError(message.format(sheet=looked.table.name, names=", ".join(map(str, bare[:3]))))
        return None
    if len(periods) == 1 and sum(year_of(h) is not None for h in headings) > 1:
        return None
    if len(set(periods.values())) < len(periods):
        message = _("“{sheet}”: several columns are of one month or quarter; name the one that counts with {option}")
        raise DataError(message.format(sheet=looked.table.name, option="--amount"))
    monthly = all(period.months == 1 for period in periods.values())
    mrr = monthly and (recurring or bool(beside & _MONTHLY) or looked.answers.months == "mrr")
    mrr = mrr and looked.answers.months != "revenue"
    years = {p: y for p, h in enumerate(headings) if p not in periods and p != account and (y := year_of(h))}
    currency = _currency(looked)
    return TablePlan("wide", account, periods=periods, years=years, recurring=mrr, currency=currency), looked


def _days_of(headings: Sequence[Value]) -> dict[int, Period | None]:
    """The headings that are days: the month that each stands for, None where they are no months.

    The order of day and month is the one in which all of them are months.
    """
    for day_first in (True, False):
        days: dict[int, date] = {}
        for place, heading in enumerate(headings):
            day = parsing.day(heading.strip(), day_first) if isinstance(heading, str) else heading
            if isinstance(day, date):
                days[place] = day
        if _are_months(list(days.values())):
            return {place: Period(day.year, day.month, 1) for place, day in days.items()}
    return dict.fromkeys(days)


def _are_months(days: Sequence[date]) -> bool:
    """Whether headings that are days stand for months: all the first ones, or the last ones without a gap."""
    if len(days) < 2 or len(set(days)) < len(days):
        return False
    if all(day.day == 1 for day in days):
        return True
    numbers = sorted(day.year * 12 + day.month for day in days)
    ends = all((day + timedelta(days=1)).day == 1 for day in days)
    return ends and all(b - a == 1 for a, b in pairwise(numbers))


def _year_named(looked: Looked) -> int | None:
    """The year that the name of a sheet or file has."""
    found = re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", looked.table.name)
    return int(found[0]) if len(set(found)) == 1 else None


def _currency(looked: Looked) -> int | None:
    return next(
        (p for p, h in enumerate(looked.table.headings)
         if "currency" in words_of(h) and looked.profiles[p].kind == "text" and not amount_vote(h)),
        None,
    )  # fmt: skip


def _long(looked: Looked, account: int, template: Template, recurring: bool) -> tuple[TablePlan, Looked] | None:
    """A row for each thing sold, closed, started or moved."""
    headings, profiles = looked.table.headings, looked.profiles
    if (
        any(year_of(h) and profiles[p].kind in ("number", "blank") for p, h in enumerate(headings))
        and not looked.answers.amount
    ):
        return None
    amount = _amount(looked, account)
    if amount is None:
        return None
    date_ = looked.best(lambda h: date_vote(h), ("date",), "--date", looked.answers.date)
    if date_ is None:
        date_ = next(
            (p for p, h in enumerate(headings) if date_vote(h) > 3 and p != amount and _some_days(looked, p)), None
        )
    month = _with(looked, {"month", "period", "quarter"}, ("date", "period", "number", "text"), not_="id")
    month = None if month == amount else month
    year = _with(looked, {"year"}, ("year",))
    words = words_of(headings[amount])
    plan = TablePlan("ledger", account, date_, amount, currency=_currency(looked), month=month, year=year)
    plan.plan = (
        looked.named("--plan", looked.answers.plan)
        if looked.answers.plan
        else _with(looked, {"plan"}, ("text", "number"))
    )
    plan.kind = _with(looked, {"type"}, ("text",))
    end = looked.best(lambda h: int("end" in words_of(h) and not words_of(h) & {"period", "trial"}), ("date", "blank"))
    repeats = is_recurring(headings[amount]) or (recurring and "arr" not in words)
    if "change" in words or "movement" in looked.words:
        plan.shape, plan.recurring = "movements", True
        return (plan, looked) if date_ is not None else None
    if "arr" in words:
        if date_ is not None and date_vote(headings[date_]) > 3:
            return None
        plan.shape, plan.recurring, plan.divide, plan.date = "arr", True, 12, None
        return plan, looked
    if date_ is not None and not repeats and not looked.answers.date:
        repeats = subscribed(looked, plan, end)
    if repeats and date_ is not None and (end is not None or plan.interval is not None):
        plan.shape, plan.recurring, plan.end, plan.status = "subscriptions", True, end, status_of(looked)
        return plan, looked
    if repeats:
        return _monthly(looked, plan, template)
    return _dated(looked, plan, template)


def _some_days(looked: Looked, place: int) -> bool:
    """Whether a column that is called a date holds any day, as a date or as a number."""
    if looked.profiles[place].kind == "number":
        return _serials(looked.columns[place])
    return any(isinstance(day, date) for day in profile.days(looked.columns[place], True))


def _serials(cells: Sequence[Value]) -> bool:
    """Whether numbers are days: all between 2000 and 2050, as a spreadsheet counts them or as 20250131."""
    filled = [str(cell).removesuffix(".0") for cell in cells if cell is not None]
    return bool(filled) and all(
        text.isdigit() and (36526 <= int(text) <= 55153 or re.fullmatch(r"20\d\d(0[1-9]|1[0-2])[0-3]\d", text))
        for text in filled
    )


def _with(looked: Looked, words: set[str], kinds: Sequence[str], not_: str = "") -> int | None:
    """The first column whose heading has one of the words, of a kind."""
    for place, heading in enumerate(looked.table.headings):
        there = words_of(heading)
        if (
            there & words
            and not_ not in there
            and looked.profiles[place].kind in kinds
            and not there & {"start", "end"}
        ):
            return place
    return None


def _amount(looked: Looked, account: int) -> int | None:
    """The column of amounts; asked where two that differ are as likely."""
    headings = looked.table.headings
    if looked.answers.amount:
        return looked.named("--amount", looked.answers.amount)
    votes = {
        place: amount_vote(heading)
        for place, heading in enumerate(headings)
        if place != account and looked.profiles[place].kind in ("number", "year") and amount_vote(heading)
    }
    if not votes:
        return None
    most = max(votes.values())
    (first, *others) = [place for place, vote in votes.items() if vote == most]
    sums = {place: sum_of(looked, place) if others else 0.0 for place in (first, *others)}
    if len({round(value, 2) for value in sums.values()}) > 1:
        message = _("“{sheet}”: which column holds the amount: {names}? Say it with --amount “{first}”")
        names = ", ".join(f"“{looked.heading(p)}” ({value:,.2f})" for p, value in sums.items())
        choices = [(looked.heading(p), f"{looked.heading(p)}: {value:,.2f}") for p, value in sums.items()]
        text = message.format(sheet=looked.table.name, names=names, first=looked.heading(first))
        raise DoubtError(text, "--amount", choices)
    lesser = [looked.heading(p) for p, vote in votes.items() if p not in sums and vote > 5]
    if lesser:
        text = _("“{sheet}”: the amount is “{amount}”, not {others}; another with --amount.")
        looked.told.append(
            text.format(
                sheet=looked.table.name, amount=looked.heading(first), others=", ".join(f"“{n}”" for n in lesser)
            )
        )
    return first


def _monthly(looked: Looked, plan: TablePlan, template: Template) -> tuple[TablePlan, Looked] | None:
    """Rows of MRR by month, or of today; left to the plain importer where it reads them as they are."""
    known = {column.kind for column in columns_of(looked.table.headings, template)}
    if plan.month is None and (gone := leavers(looked, plan)):
        looked.told += gone
    if plan.month is None and plan.date is not None and "start" in words_of(looked.table.headings[plan.date]):
        plan.date = None
    dated = plan.month is not None or plan.date is not None
    if dated:
        _ask_what_recurs(looked, plan)
    bare = plan.month is not None and _bare_months(looked.columns[plan.month])
    if plan.plan is None and "plan" not in known and "mrr" in known and (not dated or ("month" in known and not bare)):
        return None if plan.status is None else _now(looked, plan)
    if "plan" in known:
        return None
    return _now(looked, plan)


def _bare_months(cells: Sequence[Value]) -> bool:
    """Whether months are numbers from 1 to 12 without a year."""
    filled = [str(cell).removesuffix(".0") for cell in cells if cell is not None]
    return bool(filled) and all(text.isdigit() and 1 <= int(text) <= 12 for text in filled)


def _ask_what_recurs(looked: Looked, plan: TablePlan) -> None:
    """Ask which column counts where amounts of each month stand beside others that do not recur."""
    amount = plan.amount or 0
    others = [
        place
        for place, heading in enumerate(looked.table.headings)
        if place != amount and looked.profiles[place].kind == "number" and not is_recurring(heading)
        and amount_vote(heading) >= 10
    ]  # fmt: skip
    if others and not looked.answers.amount:
        message = _("“{sheet}”: which column counts: {names}? Say it with --amount “{first}”")
        listed = [looked.heading(place) for place in (amount, *others)]
        names = ", ".join(f"“{looked.heading(p)}” ({sum_of(looked, p):,.2f})" for p in (amount, *others))
        text = message.format(sheet=looked.table.name, names=names, first=listed[0])
        raise DoubtError(text, "--amount", [(name, name) for name in listed])


def _now(looked: Looked, plan: TablePlan) -> tuple[TablePlan, Looked]:
    plan.shape, plan.recurring = "monthly", True
    return plan, looked


def _dated(looked: Looked, plan: TablePlan, template: Template) -> tuple[TablePlan, Looked] | None:
    """A ledger or opportunities: the date decides the year."""
    headings = looked.table.headings
    amount = looked.heading(plan.amount or 0)
    plan.status = status_of(looked)
    if plan.status is None and plan.kind is not None and mixed_documents(looked, plan.kind):
        plan.status = plan.kind
    if plan.date is None and plan.month is None and plan.year is None:
        return _undated(looked, plan, amount)
    known = {column.kind for column in columns_of(headings, template)}
    if {"years", "revenue"} <= known and plan.date is None and plan.month is None and plan.status is None:
        return None
    if plan.status is not None:
        count(looked, plan)
    return plan, looked


def _undated(looked: Looked, plan: TablePlan, amount: str) -> tuple[TablePlan, Looked] | None:
    """Amounts without a date that could be taken: asked where there are dates of another kind, else plain."""
    if plan.status is not None and any(state_of(v) in ("won", "lost") for v in looked.profiles[plan.status].values):
        message = _("“{sheet}”: opportunities need the date on which they were closed; name its column with --date")
        raise DataError(message.format(sheet=looked.table.name))
    if (year := _year_named(looked)) and not looked.words & {"probability", "close"}:
        return replace(plan, shape="wide", years={plan.amount or 0: str(year)}), looked
    dates = [
        place
        for place, heading in enumerate(looked.table.headings)
        if looked.profiles[place].kind == "date" and not words_of(heading) & _ASIDE
        and columns_of([heading, "x"], Template())[0].which not in ("since", "renewal", "contact", "queue_since")
    ]  # fmt: skip
    if not dates:
        return None
    names = [looked.heading(place) for place in dates]
    message = _("“{sheet}”: which date decides the year of “{amount}”: {names}? Say it with --date “{first}”")
    text = message.format(
        sheet=looked.table.name, amount=amount, names=", ".join(f"“{n}”" for n in names), first=names[0]
    )
    raise DoubtError(text, "--date", [(name, name) for name in names])
