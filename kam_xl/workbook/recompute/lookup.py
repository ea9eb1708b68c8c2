"""Looking for values in a column: MATCH, and the criteria of COUNTIF and its like. Every column is indexed once."""

from __future__ import annotations

import bisect
import re
from functools import cached_property

from kam_xl.formulas.values import NA, Err, Scalar, key
from kam_xl.locale import _
from kam_xl.workbook.recompute.digits import Way, order_of
from kam_xl.workbook.recompute.values import Unknown

_OPERATOR = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_DOUBTFUL = re.compile(r"\d")
_MOST_STARS = 4  # of a pattern: each multiplies the time of a search
_MOST = 255  # letters of a text that can be looked for


class Column:
    """The cells of an area, one after the other, found by their values; text without regard to case."""

    def __init__(self, cells: list[Scalar]) -> None:
        self.cells = cells
        self._meeting: dict[tuple[Way, Scalar | tuple[str, Scalar]], frozenset[int]] = {}

    @cached_property
    def places(self) -> dict[Scalar | tuple[str, bool], list[int]]:
        """Places, from 0, of every value; without blanks and errors."""
        found: dict[Scalar | tuple[str, bool], list[int]] = {}
        for place, value in enumerate(self.cells):
            if value is not None and value.__class__ is not Err:
                found.setdefault(key(value), []).append(place)
        return found

    @cached_property
    def error(self) -> Err | None:
        """Its first error."""
        return next((value for value in self.cells if isinstance(value, Err)), None)

    @cached_property
    def blanks(self) -> list[int]:
        """Places of blank cells."""
        return [place for place, value in enumerate(self.cells) if value is None]

    @cached_property
    def numbers(self) -> list[float]:
        """Its numbers, smallest first."""
        return sorted(v for v in self.cells if v.__class__ is float or v.__class__ is int)

    @cached_property
    def _distinct(self) -> list[float]:
        return sorted(set(self.numbers))

    @cached_property
    def numeric_texts(self) -> dict[float, set[str]]:
        """The texts that read as a number: some programs take "7" for 7, others do not."""
        found: dict[float, set[str]] = {}
        for value in self.cells:
            if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
                found.setdefault(float(value), set()).add(value.lower())
        return found

    def match(self, value: Scalar, way: Way = Way.OURS) -> float | Err:
        """Place, from 1, of the first cell equal to a value: MATCH(value, cells, 0)."""
        if value.__class__ is Err:
            return value
        if value is None:
            if 0 in self.places:
                raise Unknown(_("a blank cell is looked for"))
            return NA
        if isinstance(value, str):
            if len(value) > _MOST:
                raise Unknown(_("a text of more than {n} letters is looked for").format(n=_MOST))
            if any(sign in value for sign in "*?~"):
                return self._match_pattern(value)
        found = self.places.get(key(value))
        if _is_number(value) and (way is Way.FIFTEEN or (way is Way.OURS and not found)):
            found = [min((self.places[n][0] for n in self._near(value, way)), default=-1)]  # type: ignore[arg-type]
        return found[0] + 1 if found and found[0] >= 0 else NA

    def _near(self, value: float, way: Way) -> list[float]:
        """The numbers that agree with one to 15 digits."""
        numbers, near = self._distinct, []
        at = bisect.bisect_left(numbers, value)
        for side in (range(at - 1, -1, -1), range(at, len(numbers))):
            for n in map(numbers.__getitem__, side):
                if order_of(n, value, way):
                    break
                near.append(n)
        return near

    def _match_pattern(self, text: str) -> float | Err:
        plain = _unescaped(text)
        if plain is not None:
            found = self.places.get(plain.lower())
            return found[0] + 1 if found else NA
        pattern = _pattern(text)
        return next((i for i, v in enumerate(self.cells, 1) if _is_text(v) and pattern.fullmatch(str(v))), NA)

    def meeting(self, criterion: Scalar, way: Way = Way.OURS) -> frozenset[int]:
        """Places, from 0, of the cells that meet a criterion of COUNTIF: ``7``, ``"A"``, ``">5"``, ``"*x*"``."""
        wanted = ("", criterion) if isinstance(criterion, bool) else criterion
        if (way, wanted) not in self._meeting:
            self._meeting[way, wanted] = frozenset(self._meet(criterion, way))
        return self._meeting[way, wanted]

    def _meet(self, criterion: Scalar, way: Way) -> list[int]:
        if criterion.__class__ is Err:
            raise Unknown(_("an error is counted"))
        if criterion is None:
            criterion = 0
            if 0 in self.places or 0 in self.numeric_texts:
                raise Unknown(_("a blank cell is looked for"))
        if not isinstance(criterion, str):
            if criterion.__class__ is not bool and self.numeric_texts.get(float(criterion)):
                raise Unknown(_("the number {n} is looked for among texts").format(n=criterion))
            return self._equal(criterion, way)
        match = _OPERATOR.fullmatch(criterion)
        sign, rest = (match[1] or "", match[2]) if match else ("", criterion)
        if _NUMBER.fullmatch(rest.strip()):
            return self._meet_number(sign, rest, way)
        if rest.lower() in ("true", "false"):
            raise Unknown(_("a condition as text is looked for"))
        if sign in ("<", ">", "<=", ">="):
            raise Unknown(_("a text is compared by its order: {text}").format(text=criterion[:30]))
        if not rest:
            filled = set(range(len(self.cells))) - set(self.blanks)
            if sign == "<>":
                return sorted(filled)
            return self.blanks if sign == "=" else sorted([*self.blanks, *self.places.get("", [])])
        if _DOUBTFUL.search(rest) and not _WORDS.search(rest):
            raise Unknown(_("the criterion “{text}” may be a date").format(text=criterion[:30]))
        found = self._meet_text(rest)
        return found if sign != "<>" else sorted(set(range(len(self.cells))) - set(found))

    def _equal(self, value: Scalar, way: Way) -> list[int]:
        if way is Way.FIFTEEN and _is_number(value):
            return sorted(place for n in self._near(value, way) for place in self.places[n])  # type: ignore[arg-type]
        return self.places.get(key(value), [])

    def _meet_number(self, sign: str, text: str, way: Way) -> list[int]:
        limit = float(text)
        if sign in ("", "=", "<>"):
            same = self.numeric_texts.get(limit, set())
            exact = self.places.get(text.lower(), []) if not sign else []
            if same - {text.lower()} or (same and (sign or limit in self.places)):
                raise Unknown(_("the number {n} is looked for among texts").format(n=text))
            found = sorted([*self._equal(limit, way), *exact])
            return found if sign != "<>" else sorted(set(range(len(self.cells))) - set(found))
        tests = {"<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (1, 0)}[sign]
        return [
            place
            for place, value in enumerate(self.cells)
            if _is_number(value) and order_of(value, limit, way) in tests
        ]

    def _meet_text(self, text: str) -> list[int]:
        if not any(sign in text for sign in "*?~"):
            return self.places.get(text.lower(), [])
        plain = _unescaped(text)
        if plain is not None:
            return self.places.get(plain.lower(), [])
        pattern = _pattern(text)
        return [place for place, v in enumerate(self.cells) if _is_text(v) and pattern.fullmatch(str(v))]


_WORDS = re.compile(r"[^\W\d_]")


def _is_number(value: Scalar) -> bool:
    return value.__class__ is float or value.__class__ is int


def _is_text(value: Scalar) -> bool:
    return isinstance(value, str) and value.__class__ is not Err


def _unescaped(text: str) -> str | None:
    """The text that a pattern means where all its signs are masked by ``~``; None where one is not."""
    plain = re.sub(r"~([*?~])", "", text)
    if "~" in plain:
        raise Unknown(_("the sign ~ before no other sign is looked for: {text}").format(text=text[:30]))
    return None if any(sign in plain for sign in "*?") else re.sub(r"~([*?~])", r"\1", text)


def _pattern(text: str) -> re.Pattern[str]:
    """A pattern of a spreadsheet: ``*`` any letters, ``?`` one letter, ``~`` masks the sign after it."""
    parts = re.findall(r"~[*?~]|\*+|.", text, re.DOTALL)
    if sum(part[0] == "*" for part in parts) > _MOST_STARS:
        raise Unknown(_("a pattern with more than {n} stars is looked for").format(n=_MOST_STARS))
    return re.compile(
        "".join(
            {"*": ".*", "?": "."}.get(part[0] if part[0] == "*" else part) or re.escape(part[-1]) for part in parts
        ),
        re.IGNORECASE | re.DOTALL,
    )
