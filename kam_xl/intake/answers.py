"""What a person answers where a table can be read in several ways: an option of the command each."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

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

    def to_toml(self) -> str:
        """The answers as the text of a file that `--map` reads.

        >>> Answers(amount='Net "A"', totals="none").to_toml()
        'amount = "Net \\\\"A\\\\""\\ntotals = "none"\\n'
        """
        return "".join(f"{name} = {json.dumps(text)}\n" for name, text in asdict(self).items() if text)

    @classmethod
    def from_toml(cls, path: Path) -> Answers:
        """The answers of a file that `--save-map` wrote.

        Raises
        ------
        DataError
            When the file is none, or holds anything else.
        """
        known = {field.name for field in fields(cls)}
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(_("{file}: is no file of --save-map: {error}").format(file=path, error=error)) from None
        for name, text in found.items():
            allowed = {"months": ("revenue", "mrr"), "dates": ("dmy", "mdy")}.get(name, (text,))
            if name not in known or not isinstance(text, str) or text not in allowed:
                message = _("{file}: “{name}” is no answer; there are {names}")
                raise DataError(message.format(file=path, name=name, names=", ".join(sorted(known))))
        return cls(**found)

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
