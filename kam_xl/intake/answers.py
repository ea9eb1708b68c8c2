"""What a person answers where a table can be read in several ways: an option of the command each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kam_xl.errors import DataError
from kam_xl.locale import _


@dataclass(frozen=True)
class Answers:
    """The answers given so far; "" where none is.

    Attributes
    ----------
    encoding
        Of a text file.
    account, date, amount, plan
        The heading of the column that holds it.
    count
        The words of a status whose rows count, parted by commas.
    rates
        What an amount of each currency is worth: ``EUR=1,USD=0.92``.
    months
        What amounts by month are: ``revenue`` or ``mrr``.
    dates
        The order of dates such as 03/04/2025: ``dmy`` or ``mdy``.
    totals
        The names of rows that are sums, parted by commas; ``none`` where every row is an account.

    Examples
    --------
    >>> Answers().with_answer("--amount", "Net").amount
    'Net'
    """

    encoding: str = ""
    account: str = ""
    date: str = ""
    amount: str = ""
    plan: str = ""
    count: str = ""
    rates: str = ""
    months: str = ""
    dates: str = ""
    totals: str = ""

    def with_answer(self, option: str, text: str) -> Answers:
        """The same answers and one more, by the name of its option."""
        return replace(self, **{option.removeprefix("--"): text})

    def rate_of(self) -> dict[str, float]:
        """The worth of each currency.

        Raises
        ------
        DataError
            When --rates is not written so.

        Examples
        --------
        >>> Answers(rates="EUR=1, usd=0.92").rate_of()
        {'EUR': 1.0, 'USD': 0.92}
        """
        found: dict[str, float] = {}
        for part in filter(str.strip, self.rates.split(",")):
            code, _sign, rate = part.partition("=")
            try:
                found[code.strip().upper()] = float(rate)
            except ValueError:
                raise DataError(_("--rates: “{part}” is no rate; write EUR=1,USD=0.92").format(part=part)) from None
        return found
