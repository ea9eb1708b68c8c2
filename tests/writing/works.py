"""Everything that writes files, verb by verb and macro by macro; what goes before the writing is done once."""

from __future__ import annotations

import datetime as dt
import os
import sys
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
from macros.excel_book import payload
from vba.pretended import make, old_project, windows

from kam_xl import doctor
from kam_xl.cli import cli
from kam_xl.content.tables import Tables
from kam_xl.errors import KamError
from kam_xl.excel_check.report import Report, write
from kam_xl.hosts.libreoffice import convert
from kam_xl.hosts.vba import install
from kam_xl.intake.template import load_template
from kam_xl.macros import excel, pages
from kam_xl.macros.entry import MACROS
from kam_xl.workbook import build as building
from kam_xl.workbook import carry
from kam_xl.workbook import recompute as recomputing
from kam_xl.workbook.recompute import told

OLD = b"old"
NOON = dt.datetime(2026, 1, 2, 12)


class Clock(dt.datetime, dt.date):
    """Noon, always: names of copies tell the minute."""

    @classmethod
    def now(cls, _zone: Any = None) -> dt.datetime:
        return NOON

    @classmethod
    def today(cls) -> Any:
        return NOON


@dataclass
class Work:
    """Some work in a folder, and the files that are there before."""

    name: str
    run: Callable[[Path], object]
    before: dict[str, bytes] = field(default_factory=dict)
    several: bool = False  # files, each of which is old or new
    open_book: bool = False  # a macro, which also writes into the open workbook
    copies: bool = False  # the open workbook, before anything is written into it


def command(*words: object) -> None:
    if cli.main([*map(str, words)], prog_name="kam-xl", standalone_mode=False):  # what is wrong was said
        raise KamError(f"{words[0]} was refused")


def works(folder: Path) -> list[Work]:
    """All of them; `folder` is for what they need."""
    made = _prepared(folder)
    return [*_verbs(folder, made), *_macros(folder, made)]


def _prepared(folder: Path) -> dict[str, bytes]:
    settings = load_template("standard").settings.model_copy(update={"sheets": ["Dashboard"]})
    accounts = [{"account": name} for name in ("Aurelia", "Borealis")]
    revenue = [("Aurelia", [5, 6]), ("Borealis", [7, 8])]
    ledger = [(dt.date(2025, 11, 1), "Aurelia", [1, 2])]
    tables = Tables(years=["2024", "2025"], accounts=accounts, revenue=revenue, mrr=ledger)  # type: ignore[arg-type]
    whole = building.build(settings, tables).write(folder / "whole.xlsx")
    hollow = folder / "hollow.xlsx"
    openpyxl.load_workbook(whole).save(hollow)  # which takes every value with it
    made = {path.name: path.read_bytes() for path in (whole, hollow)}
    made["macros.xlsm"] = make(folder / "macros.xlsm", vba=old_project()).read_bytes()
    _quick(whole, hollow)
    return made


def _quick(whole: Path, hollow: Path) -> None:
    """What takes long and writes nothing is done once."""
    fresh = building.build(load_template("standard").settings.model_copy(update={"sheets": ["Pareto"]}), Tables.empty())
    fresh.to_bytes()
    building.build = lambda *_a, **_k: fresh  # type: ignore[assignment]
    recompute = _once(recomputing.recompute)

    def recomputed(path: Path, *_formulas: object) -> Any:
        recompute(path).package.path = Path(path)
        return recompute(path)

    recomputing.recompute = told.recompute = recomputed  # type: ignore[assignment]
    parts = recomputing._changed_parts(recomputed(hollow))
    recomputing._changed_parts = lambda _recomputed: parts
    carry.carried_from, doctor.examine = _once(carry.carried_from), _once(doctor.examine)
    carried = carry.carried_from(whole)
    lost = carry.losses(carried, fresh, carried.inputs.template, carried.inputs.tables)
    carry.losses = lambda *_a: lost
    convert._print = lambda *_a: whole  # what LibreOffice printed
    convert._draw = lambda *_a: [whole, hollow]
    excel.datetime = pages.date = Clock  # type: ignore[assignment,misc]
    entry = zipfile.ZipInfo.from_file

    def at_noon(*given: Any, **more: Any) -> zipfile.ZipInfo:
        made = entry(*given, **more)
        made.date_time = NOON.timetuple()[:6]
        return made

    zipfile.ZipInfo.from_file = at_noon  # type: ignore[method-assign,assignment]


def _once(look: Callable[..., Any]) -> Callable[..., Any]:
    """The same, done once for the same content of a file."""
    known: dict[bytes, Any] = {}

    def looked(path: Path, *more: Any) -> Any:
        content = Path(path).read_bytes()
        if content not in known:
            known[content] = look(path, *more)
        return known[content]

    return looked


def _verbs(aside: Path, made: dict[str, bytes]) -> list[Work]:
    hollow, here = aside / "hollow.xlsx", {"book.xlsx": made["hollow.xlsx"]}
    old_pages = {f"out/{name}": OLD for name in ("hollow.pdf", "hollow-01.png", "hollow-02.png")}
    evidence = aside / "evidence"
    evidence.mkdir()
    (evidence / "seen.txt").write_text("seen")
    report = Report(NOON)

    doctor.mend(aside / "macros.xlsm", windows(aside))

    def mended(folder: Path) -> None:
        assert any(found.state == "mended" for found in doctor.mend(folder / "book.xlsm", windows(aside)))

    def installed(folder: Path) -> None:
        install.sys = SimpleNamespace(platform="win32")  # type: ignore[assignment]
        os.environ["APPDATA"] = str(folder)
        install.install("python")

    def new(folder: Path, *more: object) -> None:
        command("new", folder / "out.xlsx", "--empty", *more)

    def carried(folder: Path) -> None:
        data = aside / "whole.xlsx"
        command("new", folder / "out.xlsx", "--data", data, "--losses", folder / "lost.txt", "--force")

    def recalculated(folder: Path, *more: object) -> None:
        command("recalculate", hollow, "--out", folder / "out.xlsx", *more)

    def functions(folder: Path, *more: object) -> None:
        command("functions", "--lambda", "--all", folder / "out.txt", *more)

    def addin(folder: Path, program: str, *more: object) -> None:
        command("addin", "build", program, "--out", folder / "out", *more)

    def preview(folder: Path, *more: object) -> None:
        command("preview", hollow, "--out", folder / "out", *more)

    return [
        Work("new", new),
        Work("new, replacing", lambda f: new(f, "--force"), {"out.xlsx": OLD}),
        Work("new from a workbook", carried, {"out.xlsx": OLD, "lost.txt": OLD}, several=True),
        Work("recalculate", recalculated),
        Work("recalculate, replacing", lambda f: recalculated(f, "--force"), {"out.xlsx": OLD}),
        Work("recalculate in place", lambda f: command("recalculate", f / "book.xlsx"), here),
        Work("functions", functions),
        Work("functions, replacing", lambda f: functions(f, "--force"), {"out.txt": OLD}),
        Work("addin build libreoffice", lambda f: addin(f, "libreoffice")),
        Work("addin build libreoffice, replacing", lambda f: addin(f, "libreoffice", "--force"), {"out": OLD}),
        Work("addin build excel", lambda f: addin(f, "excel")),
        Work("addin build excel, replacing", lambda f: addin(f, "excel", "--force"), {"out": OLD}),
        Work("addin install excel", installed, {f"Microsoft/Excel/XLSTART/{install.FILE_NAME}": OLD}),
        Work("preview", preview, several=True),
        Work("preview, replacing", lambda f: preview(f, "--force"), old_pages, several=True),
        Work("templates copy", lambda f: command("templates", "copy", "standard", f / "mine")),
        Work("doctor --mend", mended, {"book.xlsm": made["macros.xlsm"]}),
        Work("doctor --excel", lambda f: write(report, evidence, f / "report")),
        Work("doctor --excel, zipped", lambda f: write(report, evidence, f / "report.zip")),
    ]


def _macros(aside: Path, made: dict[str, bytes]) -> list[Work]:
    """Macros over xlwings' own remote engine, in an Excel for Mac: there the copies are written by us."""
    import xlwings as xw
    from xlwings.pro import _xlremote as engine

    from kam_xl import writing

    seen, there = payload(aside / "whole.xlsx"), {"accounts.xlsx": made["whole.xlsx"]}
    more = aside / "more.csv"
    more.write_text("Customer;2025;2026;Owner\nAurelia;1400;1500;Zed\nNew;5;6;Ann\n")
    act = engine.Book.append_json_action

    def acted(book: Any, **given: Any) -> None:
        writing.reached("the open workbook")
        act(book, **given)

    engine.Book.append_json_action = acted
    engine.Book.save = lambda *_a, **_k: None

    def run(folder: Path, macro: str, *arguments: object) -> None:
        engine.Book.fullname = property(lambda _book: str(folder / "accounts.xlsx"))
        sys.platform = "darwin"
        answer = MACROS[macro](xw.Book(json=deepcopy(seen)), *arguments)
        assert macro in ("snapshot_mrr", "new_workbook") or "The workbook as it was: accounts (before" in answer, answer

    def work(macro: str, *arguments: object, copies: bool = True) -> Work:
        return Work(macro, lambda f: run(f, macro, *arguments), there, open_book=True, copies=copies)

    return [
        work("import_accounts", more),
        work("add_year"),
        work("remove_year", 2024),
        work("snapshot_mrr", copies=False),
        work("new_workbook", copies=False),
    ]
