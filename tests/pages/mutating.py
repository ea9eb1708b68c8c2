"""Runs the tests of a page with a mistake in the source of one of its modules; `test_mutations.py` starts it.

The product is imported once; every mistake is tried in a process forked from it, which imports the modules of the
workbook anew, the changed one from its changed text, and calls the tests of the page, each a function without
arguments whose numbers do not come from the product. Reads lines of JSON (page, text, mistake), answers each
with the name of the first test that fails, or how the process ended.
"""

from __future__ import annotations

import importlib.abc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import kam_xl
from kam_xl.content.pages import PAGES as PAGE_LIST

ROOT = Path(kam_xl.__file__).parent
INPUTS = {
    "Accounts": ("accounts", "per_account"),
    "Revenue and MRR": ("revenue", "mrr"),
    "Scoring": ("scores",),
    "Checks": ("record_checks", "rule_checks", "lacks", "date_doubts"),
}
"""The modules of the input sheets that belong to a page, or to what is no page of its own."""

PAGES = sorted({*PAGE_LIST, "Checks", *INPUTS})
"""What mistakes are made in: the pages, and what is of every workbook."""

SHOWN_ON = {"Accounts": ("At risk", "Dashboard"), "Revenue and MRR": ("At risk", "Dashboard"), "Checks": ()}
"""What is no page of its own, and the pages whose tests see what it computes."""

ANEW = ("kam_xl.canvas", "kam_xl.formulas", "kam_xl.input_sheets", "kam_xl.pages", "kam_xl.workbook")  # imported so
PATIENCE = 100  # seconds for the tests of one mistake


def sources(page: str) -> dict[str, Path]:
    """The files of a page's modules, by their whole names: all of its folder, and those of its input sheets."""
    folder = ROOT / "pages" / page.lower().replace(" ", "_")
    files = [file for file in sorted(folder.glob("*.py")) if file.stem != "__init__"]
    assert files or page in INPUTS, f"{page}: no module in {folder}"
    files += [ROOT / "input_sheets" / f"{name}.py" for name in INPUTS.get(page, ())]
    return {".".join(("kam_xl", *file.relative_to(ROOT).with_suffix("").parts)): file for file in files}


def place_of(page: str, text: str) -> str:
    """The module of a page that holds a text, which stands in one place only."""
    found = {name: file.read_text(encoding="utf-8").count(text) for name, file in sources(page).items()}
    assert sum(found.values()) == 1, f"{page}: “{text}” stands {sum(found.values())} times in its modules"
    return next(name for name, number in found.items() if number)


def tests_of(page: str) -> list[Callable[[], None]]:
    """The tests of a page, in their order."""
    modules = [
        importlib.import_module("pages.test_" + p.lower().replace(" ", "_")) for p in (page, *SHOWN_ON.get(page, ()))
    ]
    return [test for module in modules for name, test in vars(module).items() if name.startswith("test_")]


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from another text than that of its file."""

    def __init__(self, name: str, text: str, origin: str) -> None:
        self.name, self.text, self.origin = name, text, origin

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: Any = None) -> ModuleSpec | None:
        """The changed module, no other."""
        return ModuleSpec(fullname, self, origin=self.origin) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed text."""
        exec(compile(self.text, self.origin, "exec"), module.__dict__)


def first_failure(page: str, text: str, mistake: str) -> str:
    """The first test that fails with the mistake in force; blank if none does."""
    from pages import portfolio

    module = place_of(page, text)
    file = sources(page)[module]
    changed = file.read_text(encoding="utf-8").replace(text, mistake)
    for name in [name for name in sys.modules if name.startswith(ANEW)]:
        del sys.modules[name]
    sys.meta_path.insert(0, Changed(module, changed, str(file)))
    portfolio.five.cache_clear()
    portfolio.ONLY[:] = ["Pareto"] if page in SHOWN_ON else [page]
    for test in tests_of(page):
        try:
            test()
        except AssertionError:
            return test.__name__
    return ""


def tried(request: list[str]) -> dict[str, str]:
    """What became of a mistake, in a process of its own."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(PATIENCE)
        try:
            answer = {"caught": first_failure(*request)}
        except BaseException:
            answer = {"broken": traceback.format_exc()}
        os.write(writes, json.dumps(answer).encode()[-60_000:])
        os._exit(0)
    os.close(writes)
    with open(reads, "rb") as pipe:
        content = pipe.read()
    _pid, status = os.waitpid(child, 0)
    return json.loads(content) if content else {"broken": f"the process ended with {status}"}


def main() -> None:
    """Answer every line."""
    from pages import portfolio

    for page in PAGES:
        tests_of(page)
    portfolio.variant("Pareto")  # what does not change is imported and computed once
    for line in sys.stdin:
        print(json.dumps(tried(json.loads(line))), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
