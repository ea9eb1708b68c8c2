"""The text of a file whose encoding nobody names: UTF-8 or a byte order mark, else the likeliest of the old ones.

An old encoding gives each byte a letter, and so nearly every file can be read in all of them: what is “Łódź” in one is
“£ódŸ” in another. The likeliest is the one in which the words with marked letters look most like words of a language:
`alphabets.tsv` says how rare each letter is in a language, and which letters stand before and behind it, in units of
-ln p, counted over names of places, people and companies. Where two readings are about as likely, nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from kam_xl.errors import DataError, DoubtError
from kam_xl.locale import _, either

# How much less likely each encoding is than Windows-1252, before a letter is seen.
_RARITY = {
    **{"cp1252": 0, "cp1250": 0.5, "cp1251": 0.5, "cp1253": 0.5, "cp1254": 0.5, "cp1255": 1, "cp1256": 1, "cp1257": 1},
    **{"iso8859-2": 2, "iso8859-7": 2, "iso8859-9": 2, "iso8859-15": 3, "koi8-r": 3},
    **{"mac_roman": 5, "mac_latin2": 7, "cp850": 5, "cp852": 6, "cp866": 5},
    **{"cp932": 1, "gb18030": 1, "cp949": 1, "big5": 1},
}
_STRANGE, _UNSEEN, _ANY = 22, 7, 4  # no letter of the language; a neighbour never seen; a letter without counts
_SIGN, _ODD, _STICKS = 7, 18, 16  # a usual sign on its own; another one; one at the wrong end of a word
_CAPITAL = 10  # behind a small letter; a small letter beside a Chinese one
_OTHER_LANGUAGE = 4  # a word in another language than most of the file
_HOPELESS = 18  # per letter: no reading is worse than none
_SURE = 6.0  # by how much a reading must be likelier: e^6 is 400 times
_SURE_EACH = 0.7  # the same for each letter in the words that the readings show differently

_TOKEN = re.compile(rb"[^\s;,\"()/]*[\x80-\xff][^\s;,\"()/]*")
_LONGEST = 64  # bytes of a word; longer ones are looked at in pieces
_EXAMPLES = 12  # words looked at for each byte
_SIGNS = frozenset("€–—“”„’‘´`·•…®™§°«»\xa0ºª²³½±×")
_BEHIND, _BEFORE, _INSIDE = frozenset("’´”»®™º\xa0"), frozenset("“„‘«\xa0"), frozenset("’‘´`·")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

_EAST = "\u2e80"  # where the letters of East Asia begin
# Encodings of East Asia: what a common letter costs, and the first and last bytes of their rows in an encoding.
_EASTERN = {
    "cp932": ((12, "euc_jp", (0xB0, 0xD0), (0xA1, 0xFF)), (6, "euc_jp", (0xA4, 0xA6), (0xA1, 0xFF))),
    "gb18030": ((12, "gb2312", (0xB0, 0xD8), (0xA1, 0xFF)),),
    "big5": ((12, "big5", (0xA4, 0xC7), (0x40, 0xFF)),),
    "cp949": ((8, "euc_kr", (0xB0, 0xC9), (0xA1, 0xFF)),),
}

Costs = dict[str, float]


@dataclass(frozen=True)
class Reading:
    """An encoding in which a file may be written, and a word of it as it would be read."""

    encoding: str
    example: str

    @property
    def name(self) -> str:
        """What people call the encoding.

        >>> Reading("cp1250", "Łódź").name
        'Windows-1250'
        """
        for start, told in (("cp125", "Windows-125"), ("iso8859", "ISO-8859"), ("cp", "DOS "), ("koi8", "KOI8")):
            if self.encoding.startswith(start):
                return told + self.encoding.removeprefix(start).upper()
        return self.encoding.replace("mac_", "Mac ").replace("roman", "Roman").replace("latin2", "Latin 2")


def read_text(path: Path, content: bytes, encoding: str | None = None) -> tuple[str, list[str]]:
    """The text of a file, and what the user should know of its encoding.

    Parameters
    ----------
    path
        For the messages.
    content
        The bytes.
    encoding
        What the user says it is; None finds out.

    Raises
    ------
    DataError
        In one line: the file is no text, or none in the encoding named, or in none that is known.
    DoubtError
        Two readings are about as likely; it names the option that answers.
    """
    if encoding is not None:
        return _as_told(path, content, encoding), []
    mark = next((name for sign, name in _MARKS.items() if content.startswith(sign)), None)
    try:
        return content.decode(mark or "utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        if mark or _is_damaged_utf8(content):
            message = _("{file}, line {line}: a letter is damaged ({encoding}); save the file again, as CSV UTF-8")
            raise DataError(message.format(file=path, line=f"{line:,}", encoding=mark or "utf-8")) from None
    if len(_CONTROL.findall(content)) > 2 + len(content) // 100:
        message = _("{file}: is neither a text (CSV) nor an Excel file; save it as .xlsx or CSV")
        raise DataError(message.format(file=path))
    readings = guess(content)
    if not readings:
        message = _("{file}: is text in an unknown encoding; save it as CSV UTF-8 or .xlsx, or name it with --encoding")
        raise DataError(message.format(file=path))
    first, *others = readings
    if others:
        raise DoubtError(_question(path, readings), "--encoding", [(one.encoding, one.example) for one in readings])
    remark = _("Read as {encoding}, as in “{word}”; if names look wrong, name another encoding with --encoding.")
    return content.decode(first.encoding), [remark.format(encoding=first.name, word=first.example)]


def _as_told(path: Path, content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = _("{file}, line {line}: is not written in {encoding}; name another with --encoding")
        raise DataError(message.format(file=path, line=f"{line:,}", encoding=encoding)) from None
    except (LookupError, UnicodeError, ValueError):
        message = _("--encoding: there is none called “{name}”; use utf-8, cp1252, cp1250, cp1254, iso8859-2 …")
        raise DataError(message.format(name=encoding)) from None
    return text.removeprefix("\ufeff")


def _is_damaged_utf8(content: bytes) -> bool:
    """Whether most letters beyond ASCII are sound UTF-8."""
    text = content.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(not letter.isascii() for letter in text) - damaged > 3 * damaged


def _question(path: Path, readings: Sequence[Reading]) -> str:
    shown = either(f"“{one.example}” ({one.name})" for one in readings)
    options = either(f"--encoding {one.encoding}" for one in readings)
    message = _("{file}: its encoding is not clear: {readings}; save it as CSV UTF-8, or say which with {options}")
    return message.format(file=path, readings=shown, options=options)


def guess(content: bytes) -> list[Reading]:
    """The encodings in which a text may well be written that is no UTF-8: one, several that are about as likely, none.

    Examples
    --------
    >>> guess("Klient;Łódzkie Zakłady;Żabka Polska;Świętokrzyska Spółdzielnia".encode("cp1250"))
    [Reading(encoding='cp1250', example='Świętokrzyska')]
    """
    tokens = _chosen(content)
    found: dict[tuple[str, ...], tuple[str, float]] = {}
    for encoding, rarity in _RARITY.items():
        try:
            words = tuple(token.decode(encoding) for token in tokens)
        except UnicodeDecodeError:
            continue
        if words not in found and not any("\x80" <= letter < "\xa0" for word in words for letter in word):
            found[words] = encoding, rarity
    ranked = sorted(((_cost(words, name) + rarity, words, name) for words, (name, rarity) in found.items()))
    letters = sum(byte > 127 for token in tokens for byte in token)
    if not ranked or ranked[0][0] > _HOPELESS * letters:
        return []
    least, best, encoding = ranked[0]
    readings = [Reading(encoding, max(best, key=_legible))]
    for cost, words, other in ranked[1:]:
        differing = [(mine, theirs) for mine, theirs in zip(best, words, strict=True) if mine != theirs]
        letters = sum(not letter.isascii() for mine, _theirs in differing for letter in mine)
        eastern = encoding in _EASTERN and other in _EASTERN  # each reads the other's text as common letters
        if eastern or cost - least < max(_SURE, _SURE_EACH * letters):
            mine, theirs = max(differing, key=lambda pair: _legible(pair[0]))
            readings[0] = Reading(encoding, mine) if len(readings) == 1 else readings[0]
            readings.append(Reading(other, theirs))
    return readings[:3]


def _legible(word: str) -> tuple[bool, int]:
    """How well a word shows its encoding."""
    return word.isalpha(), min(len(word), 8)


def _chosen(content: bytes) -> list[bytes]:
    """Words with bytes beyond ASCII, so that each such byte of the file is among them, several times."""
    seen: Counter[int] = Counter()
    chosen = []
    tokens = dict.fromkeys(_TOKEN.findall(content))
    for token in (word[at : at + _LONGEST] for word in tokens for at in range(0, len(word), _LONGEST)):
        marked = [byte for byte in token if byte > 127]
        if marked and min(seen[byte] for byte in marked) < _EXAMPLES:
            seen.update(marked)
            chosen.append(token)
    return chosen


def _cost(words: Sequence[str], encoding: str) -> float:
    """-ln of how likely the words are in the language that fits most of them, a few words being of others."""
    languages = [_eastern(encoding)] if encoding in _EASTERN else _languages().values()
    costs = [[_word_cost(word, language) for word in words] for language in languages]
    cheapest = [min(column) + _OTHER_LANGUAGE for column in zip(*costs, strict=True)]
    return min(sum(map(min, row, cheapest), 0.0) for row in costs)


def _word_cost(word: str, language: dict[str, tuple[float, Costs, Costs]]) -> float:
    small = word.lower() if len(word.lower()) == len(word) else word  # “İ” becomes two letters
    cost = 0.0
    for place, letter in enumerate(small):
        if letter.isascii():
            continue
        before = small[place - 1] if place and small[place - 1].isalpha() else "^"
        behind = small[place + 1] if place + 1 < len(small) and small[place + 1].isalpha() else "$"
        if not letter.isalpha():
            row_of_signs = any(not one.isascii() and not one.isalpha() for one in small[max(place - 1, 0) : place])
            cost += _STRANGE if row_of_signs else _sign_cost(letter, before != "^", behind != "$")
            continue
        if letter in language:
            rare, left, right = language[letter]
            cost += (
                rare + (left.get(before, _UNSEEN) if left else _ANY) + (right.get(behind, _UNSEEN) if right else _ANY)
            )
        else:
            cost += _STRANGE
        if letter > _EAST and (("a" <= before <= "z") + ("a" <= behind <= "z")):
            cost += _CAPITAL
        if word[place].isupper() and before != "^" and word[place - 1].islower():
            cost += _CAPITAL
        if word[place].islower() and behind != "$" and word[place + 1].isupper():
            cost += _CAPITAL
    return cost


def _sign_cost(sign: str, behind_letter: bool, before_letter: bool) -> float:
    """What a sign costs that is no letter, by the side of a word on which it stands."""
    if behind_letter and before_letter:
        return _SIGN if sign in _INSIDE else _STRANGE
    if behind_letter or before_letter:
        return _SIGN if sign in (_BEHIND if behind_letter else _BEFORE) else _STICKS
    return _SIGN if sign in _SIGNS else _ODD


@cache
def _eastern(encoding: str) -> dict[str, tuple[float, Costs, Costs]]:
    """The common letters of an encoding of East Asia."""
    found: dict[str, tuple[float, Costs, Costs]] = {}
    for cost, table, firsts, lasts in _EASTERN[encoding]:
        codes = bytes(byte for first in range(*firsts) for last in range(*lasts) for byte in (first, last))
        found |= {letter: (cost, {}, {}) for letter in codes.decode(table, "ignore")}
    return found


@cache
def _languages() -> dict[str, dict[str, tuple[float, Costs, Costs]]]:
    """The marked letters of each language: their cost, and that of the letters before and behind them."""
    found: dict[str, dict[str, tuple[float, Costs, Costs]]] = {}
    text = (files("kam_xl.intake") / "alphabets.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        language, letter, cost, before, behind = line.split("\t")
        found.setdefault(language, {})[letter] = float(cost), _costs(before), _costs(behind)
    return found


def _costs(neighbours: str) -> Costs:
    """Neighbours by their cost: those that cost 0, then “|” and those that cost 1, and so on."""
    return {letter: float(cost) for cost, group in enumerate(neighbours.split("|")) for letter in group}
