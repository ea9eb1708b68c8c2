"""The tests of the pages bite: every deliberate mistake in a page is noticed by a number that was worked out apart.

The texts kept of the pages take no part: a renewal would accept the mistake.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pages import mutating
from pages.mutations import MUTATIONS

Try = Callable[[str, str, str], dict[str, str]]
LEAST = 5  # mistakes of every page
FIRST = {page: k for k, (page, *_rest) in reversed(list(enumerate(MUTATIONS)))}


@pytest.fixture(scope="module")
def attempt() -> Iterator[Try]:
    """Tries a mistake in a process that has imported the product already."""
    command = [sys.executable, str(Path(mutating.__file__))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None

        def ask(*request: str) -> dict[str, str]:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.stdin.close()


def cases() -> list[object]:
    """The first mistake of every page now, the others when there is time."""
    marks = [[] if FIRST[page] == k else [pytest.mark.long] for k, (page, *_rest) in enumerate(MUTATIONS)]
    ids = [f"{page}: {text} -> {mistake}" for page, text, mistake in MUTATIONS]
    return [pytest.param(*m, marks=mark, id=name) for m, mark, name in zip(MUTATIONS, marks, ids, strict=True)]


@pytest.mark.parametrize(("page", "text", "mistake"), cases())
def test_mistake_is_noticed(attempt: Try, page: str, text: str, mistake: str) -> None:
    assert mutating.place_of(page, text)
    answer = attempt(page, text, mistake)
    assert answer.get("caught"), answer.get("broken", "no test of the page fails")


@pytest.mark.parametrize("page", [next(iter(FIRST)), *(pytest.param(p, marks=pytest.mark.long) for p in [*FIRST][1:])])
def test_without_a_mistake_nothing_fails(attempt: Try, page: str) -> None:
    text = MUTATIONS[FIRST[page]][1]
    assert attempt(page, text, text) == {"caught": ""}


def test_every_page_has_mistakes_of_its_own() -> None:
    number = Counter(page for page, *_rest in MUTATIONS)
    assert {page: number[page] for page in mutating.PAGES if number[page] < LEAST} == {}
    assert set(number) == set(mutating.PAGES)
    assert len(set(MUTATIONS)) == len(MUTATIONS)


def test_every_module_of_a_page_has_a_mistake() -> None:
    mistaken = {mutating.place_of(page, text) for page, text, _mistake in MUTATIONS}
    assert {module for page in mutating.PAGES for module in mutating.sources(page)} - mistaken == set()
