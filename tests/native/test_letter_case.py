"""A program that sorts capitals before small letters, where Excel takes them for ties, gives the same results."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from functions.cases import CASES
from functions.same import same

from kam_xl.hosts.native.library import build
from native.sheet import Sheet, as_rows

BY_TEXT = ["KAM_DUPLICATES", "KAM_X_FIRST_PLACES", "KAM_X_ROW_OF"]


def strictly(text: str) -> str:
    """A definition in which a text is sorted by the code of its first letter before anything else."""
    code = r"MAP(\g<key>, LAMBDA(each, IF(ISTEXT(each), IFERROR(UNICODE(each), 0), IF(ISLOGICAL(each), 1E+9, -1))))"
    text = re.sub(r"SORT\((?P<key>\w+)\)", rf"SORTBY(\g<key>, {code}, 1, \g<key>, 1)", text)
    return re.sub(
        r"SORTBY\((?P<what>\w+), (?P<key>item), 1, place, 1\)",
        rf"SORTBY(\g<what>, {code}, 1, \g<key>, 1, place, 1)",
        text,
    )


def test_capital_and_small_letters_are_ties_by_the_key_and_not_by_the_program(tmp_path: Path) -> None:
    folder = files("kam_xl.hosts.native") / "lambdas"
    texts = {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir()}
    changed = {name: strictly(text) for name, text in texts.items()}
    assert sorted(name.removesuffix(".txt") for name in texts if texts[name] != changed[name]) == BY_TEXT
    sheet = Sheet(tmp_path, list(build(changed).values()))
    wanted = ("KAM_DUPLICATES", "KAM_ORG_CHART", "KAM_ORG_LINES", "KAM_STAKEHOLDERS")
    cases = [case for case in CASES if case[0] in wanted]
    for name, args, _expected in cases:
        sheet.add(name, args)
    for (name, args, expected), shown in zip(cases, sheet.results(), strict=True):
        assert same(shown, as_rows(expected)), f"{name}{args!r} shows {shown!r}"
