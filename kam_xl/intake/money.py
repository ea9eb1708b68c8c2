"""Currencies: amounts of several are never added unless rates say how."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kam_xl.errors import DataError, DoubtError
from kam_xl.intake import profile
from kam_xl.intake.answers import Answers
from kam_xl.intake.dress import Dressed
from kam_xl.locale import _


def rates_of(
    table: Dressed,
    column: int | None,
    places: Sequence[int],
    answers: Answers,
    counts: Callable[[int], bool] = lambda _n: True,
) -> list[float]:
    """What an amount of each row is worth; [] where the table has one currency.

    Raises
    ------
    DoubtError
        Where there are several and no rates: with the sum of each.
    DataError
        Where the rates lack one of them.
    """
    codes: list[str | None] = []
    for row in table.rows:
        code = None
        if column is not None and row[column] is not None:
            code = profile.currency_in(row[column]) or str(row[column]).strip().upper()
        codes.append(code or next((c for p in places if (c := profile.currency_in(row[p]))), None))
    if len(set(filter(None, codes))) < 2:
        return []
    amounts = {p: profile.numbers([row[p] for row in table.rows], table.delimiter) for p in places}
    sums: dict[str, float] = {}
    for n, code in enumerate(codes):
        values = [v for p in places if isinstance(v := amounts[p][n], int | float) and not isinstance(v, bool)]
        if code and values and counts(n):
            sums[code] = sums.get(code, 0.0) + sum(values)
    if len(sums) < 2:
        return []
    rates = answers.rate_of()
    if not rates:
        listed = ", ".join(f"{code} {value:,.2f}" for code, value in sums.items())
        example = ",".join(f"{code}={1 if n == 0 else '…'}" for n, code in enumerate(sums))
        message = _("“{sheet}” holds several currencies: {sums}; say what each is worth with --rates {example}")
        text = message.format(sheet=table.name, sums=listed, example=example)
        raise DoubtError(text, "--rates", [])
    missing = [code for code in sums if code not in rates]
    if missing:
        raise DataError(_("--rates: lacks {codes}").format(codes=", ".join(missing)))
    return [rates.get(code, 1.0) if code else 1.0 for code in codes]
