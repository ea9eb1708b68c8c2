"""The tests bite: every deliberate mistake in a definition changes a result of the cases or of the random tables."""

from __future__ import annotations

import copy
import random
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from functions.cases import CASES
from functions.same import same

from kam_xl.functions import FUNCTIONS, call
from kam_xl.hosts.native.library import Definition, build, definitions, needed_by
from native.mutations import MUTATIONS
from native.random_tables import call_of
from native.sheet import Sheet, as_rows

Call = tuple[str, list[Any], Any]
RANDOM_CALLS = 20  # of each function, and as many for each of its arguments


@cache
def texts() -> dict[str, str]:
    folder = files("kam_xl.hosts.native") / "lambdas"
    return {each.name: each.read_text(encoding="utf-8") for each in folder.iterdir()}


@cache
def random_calls(name: str) -> list[Call]:
    rng = random.Random(f"21 {name}")
    drawn = [call_of(rng, name) for _ in range(RANDOM_CALLS * (1 + len(FUNCTIONS[name].args)))]
    return [(name, args, call(name, copy.deepcopy(args))) for args in drawn]


def affected(library: dict[str, Definition], name: str) -> list[str]:
    """The functions that call a definition, by whatever way."""
    reached = {name}
    for found in library.values():  # each after those that it needs
        if reached & set(found.needs):
            reached.add(found.name)
    return [function for function in FUNCTIONS if function in reached]


def differs(library: dict[str, Definition], calls: list[Call], folder: Path) -> bool:
    """Whether any call shows something else than Python; as many calls at a time as a sheet has room for."""
    at = 0
    while at < len(calls):
        sheet, start = Sheet(folder, list(library.values())), at
        while at < len(calls) and not sheet.full:
            name, args, _ = calls[at]
            sheet.add(name, args)
            at += 1
        shown = sheet.results()
        if any(not same(found, as_rows(wanted)) for found, (_, _, wanted) in zip(shown, calls[start:at], strict=True)):
            return True
    return False


@pytest.mark.parametrize(("name", "text", "mistake"), MUTATIONS, ids=[f"{m[0]}: {m[1]} -> {m[2]}" for m in MUTATIONS])
def test_mistake_is_caught(name: str, text: str, mistake: str, tmp_path: Path) -> None:
    source = texts()[f"{name}.txt"]
    assert source.count(text) == 1
    functions = affected({each.name: each for each in definitions()}, name)
    named = [each for each in re.findall(r"KAM_\w+", mistake) if f"{each}.txt" in texts()]
    used = needed_by([*functions, *named])  # all definitions would take much longer
    files = {f"{each.name}.txt": texts()[f"{each.name}.txt"] for each in used}
    library = build({**files, f"{name}.txt": source.replace(text, mistake)})
    assert differs(library, [case for case in CASES if case[0] in functions], tmp_path) or differs(
        library, [each for function in functions for each in random_calls(function)], tmp_path
    )


def test_without_a_mistake_nothing_differs(tmp_path: Path) -> None:
    library = {each.name: each for each in definitions()}
    assert not differs(library, [each for function in FUNCTIONS for each in random_calls(function)], tmp_path)


def test_every_definition_has_a_mistake_of_its_own() -> None:
    library = {each.name: each for each in definitions()}
    assert {name for name, _, _ in MUTATIONS} == set(library)
    assert {function for name, _, _ in MUTATIONS for function in affected(library, name)} == set(FUNCTIONS)
