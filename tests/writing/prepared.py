"""Kills every work at every moment of its writing, in forks of one process that has everything ready.

Started with a folder for what it needs, and with how many kills there have to be in all: 0 for one at each phase of
writing (each third one where there are several files), else each step to a file is a moment too, and the works are
gone through until there were so many. A line of JSON per work on stdout: see `Tally`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

if __name__ == "__main__":  # before xlwings is imported, and not where pytest looks for examples
    os.environ |= {
        "XLWINGS_ON_SERVER": "true",
        "XLWINGS_LICENSE_KEY": "noncommercial",  # for tests only; the product doesn't use this part of xlwings
    }

from writing.killing import GOT_THROUGH, REFUSED, ended
from writing.works import Work, works

from kam_xl import writing

LEFT = re.compile(r"\.kam-xl-|.*\.part$")
Files = dict[str, bytes]


@dataclass
class Tally:
    """What the kills of a work came to."""

    name: str
    kills: int = 0
    old: int = 0  # all as before
    new: int = 0  # all as after
    between: int = 0  # some of several files
    open_book: int = 0  # killed while it wrote into the open workbook
    parts: int = 0  # kills that left a part behind
    left: int = 0  # runs after a kill that left one
    faults: list[str] = field(default_factory=list)
    callers: list[str] = field(default_factory=list)  # modules in which it was killed


def reset(folder: Path, files: Files) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def files_of(folder: Path) -> tuple[Files, list[str]]:
    """Files by their name in the folder, and what lies there that no program finished."""
    found: Files = {}
    left = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if any(LEFT.match(part) for part in name.parts):
            left.append(str(name))
        elif path.is_file():
            found[str(name)] = path.read_bytes()
    return found, left


class Killer:
    """Does the works in a folder, with the system's folder for temporary files beside it."""

    def __init__(self, folder: Path, steps: bool) -> None:
        self.place, self.aside, self.steps = folder / "place", folder / "aside", steps
        self.aside.mkdir()
        tempfile.tempdir = str(self.aside)

    def result(self, work: Work) -> Files:
        """The files after the whole work."""
        reset(self.place, work.before)
        how = ended(lambda: work.run(self.place))
        assert how == GOT_THROUGH, (work.name, how)
        files, left = files_of(self.place)
        assert files != work.before or work.open_book, work.name
        assert not left, work.name
        return files

    def kill(self, work: Work, number: int, after: Files, tally: Tally) -> bool:
        """Kill the work at one moment; whether it got there."""
        reset(self.place, work.before)
        how = ended(lambda: work.run(self.place), number, self.place if self.steps else None)
        if isinstance(how, int):
            if how != GOT_THROUGH or files_of(self.place)[0] != after:
                tally.faults.append(f"not killed, it ended with {how}")
            return False
        how, *callers = how.split("\n")
        tally.callers = sorted({*tally.callers, *callers})
        files, left = files_of(self.place)
        tally.kills += 1
        tally.parts += bool(left or files_of(self.aside)[1])
        tally.open_book += how == "the open workbook"
        if files == work.before:
            tally.old += 1
        elif files == after:
            tally.new += 1
        elif work.several and all(self._whole(name, files.get(name), work, after) for name in after.keys() | files):
            tally.between += 1
        else:
            tally.faults.append(f"{how}: {sorted(files)} are neither old nor new")
        if work.copies and how == "the open workbook" and files != after:
            tally.faults.append("the open workbook was changed before its copy was there")
        self._next_run(work, after, tally, how)
        return True

    def _next_run(self, work: Work, after: Files, tally: Tally, how: str) -> None:
        again = ended(lambda: work.run(self.place))
        files, left = files_of(self.place)
        if left or files_of(self.aside)[1]:
            tally.left += 1
            tally.faults.append(f"{how}: the next run leaves {left} {files_of(self.aside)[1]}")
        if again not in (GOT_THROUGH, REFUSED):
            tally.faults.append(f"{how}: the next run ended with {again}")
        for name in after.keys() | files:
            if name not in after:
                whole = files[name] in after.values()  # a copy of the killed run, beside that of the next
            elif again == GOT_THROUGH:
                whole = files.get(name) == after[name]
            else:  # refused, as a file is there; others of several may be missing
                whole = self._whole(name, files.get(name), work, after)
            if not whole:
                tally.faults.append(f"{how}: after the next run {name} is not the new file")

    @staticmethod
    def _whole(name: str, content: bytes | None, work: Work, after: Files) -> bool:
        return content in (work.before.get(name), after.get(name))


def main(folder: Path, least: int) -> None:
    """Answer, work by work."""
    out = os.fdopen(os.dup(1), "w")
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)
    killer = Killer(folder, steps=least > 0)
    if least:
        writing._PIECE = 1 << 14
    everything = [(work, killer.result(work), Tally(work.name)) for work in works(folder)]
    while True:
        done = 0
        for work, after, tally in everything:
            number, step = 0, 1 if least or not work.several else 3
            while killer.kill(work, number, after, tally):
                number += step
            done += tally.kills
        if done >= least:
            break
    for _work, _after, tally in everything:
        print(json.dumps(asdict(tally)), file=out, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
