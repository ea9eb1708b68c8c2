"""One workbook in Excel: what is looked at, each thing guarded, so that a failure is a line and the rest goes on."""

from __future__ import annotations

import csv
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kam_xl.errors import DataError
from kam_xl.excel_check import macros, printing, values
from kam_xl.excel_check.contents import Contents, read_contents
from kam_xl.excel_check.excel import Book, Excel, plain, save_copy
from kam_xl.excel_check.opening import prepared
from kam_xl.excel_check.repairs import repairs
from kam_xl.excel_check.report import Looked, Step, scrub
from kam_xl.formulas.values import Err, Scalar
from kam_xl.locale import _
from kam_xl.workbook.recompute import Recomputed, recompute

Say = Callable[[str], None]
Outcome = tuple[bool, str, list[str]]  # whether all is well, a line, and more lines
_NAME_ERROR = 5  # what ERROR.TYPE makes of #NAME?
_MOST = 40  # lines of one kind in the report; all of them are in the evidence


class Looking:
    """Looks at one workbook; `steps` of `looked` grow as it goes on."""

    def __init__(self, excel: Excel, path: Path, evidence: Path, say: Say, *, sample: bool, share: bool) -> None:
        self.excel, self.path, self.say, self.sample, self.share = excel, path, say, sample, share
        self.evidence = evidence
        self.looked = Looked(path.name)
        self.folder = Path(tempfile.mkdtemp(dir=excel.folder))
        self.copy = self.folder / path.name
        self.no_macros = prepared(path, self.copy)
        self.book: Book = None
        self.calculated = False
        self.contents = Contents()
        self.expected: Recomputed | None = None
        self.why_not = ""

    def look(self) -> None:
        """Go through all of it."""
        self.evidence.mkdir(parents=True, exist_ok=True)
        if self.share:
            shutil.copy2(self.path, self.evidence / f"as written{self.path.suffix}")
        self.contents = read_contents(self.path)
        self._expect()
        self._step(_("opening"), self._open)
        self._step(_("calculation"), self._calculate)
        self._step(_("repairs"), self._repairs)
        self._step(_("values"), self._values)
        self._step(_("functions"), self._functions)
        self._step(_("pages as PDF"), self._pdf, shows=True)
        self._step(_("pictures"), self._pictures, shows=True)
        self.book = None
        self.excel.close_all()
        self._macros()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _step(self, what: str, run: Callable[[], Outcome], shows: bool = False) -> None:
        steps = self.looked.steps
        if shows and not self.share:
            steps.append(Step(what, "not done", _("left out, as asked for")))
            return
        if self.book is None and run != self._open:
            steps.append(Step(what, "not done", _("the workbook is not open")))
            return
        self.say(f"{self.looked.name}: {what} …")
        self.excel.dialogs.clear()
        try:
            well, line, more = run()
            state = "ok" if well else "wrong"
        except DataError as error:
            state, line, more = "not done", plain(error), []
        except Exception as error:
            state, line, more = "wrong", plain(error), []
            if not self.excel.running:
                self.book = None
        more += [_("a window came up: {text}").format(text=f"{d.title} {d.text}".strip()) for d in self.excel.dialogs]
        steps.append(Step(what, state, line, more))  # type: ignore[arg-type]

    def _expect(self) -> None:
        self.say(_("{name}: computing in Python …").format(name=self.looked.name))
        try:
            self.expected = recompute(self.path)
        except DataError as error:
            self.why_not = plain(error)

    def _open(self) -> Outcome:
        logs, began = _repair_logs(), time.monotonic()
        more, title = [], ""
        with self.excel.limited():
            self.book = self.excel.open(self.copy, macros=not self.no_macros)
            if sys.platform == "win32":
                title = str(self.book.api.Windows(1).Caption)
        line = _("in {n} seconds").format(n=f"{time.monotonic() - began:.1f}")
        if title:
            said = title.replace(self.copy.name, "").replace(self.copy.stem, "").strip(" -")
            if said:
                more.append(_("its window says: {text}").format(text=said))
        for log in sorted(_repair_logs() - logs):
            more.append(_("Excel wrote a repair log: {file}").format(file=log.name))
            with suppress(OSError):
                shutil.copy2(log, self.evidence)
        return not more and not self.excel.dialogs, line, more

    def _calculate(self) -> Outcome:
        began = time.monotonic()
        with self.excel.limited():
            self.excel.calculate(self.book)
        self.calculated = True
        return True, _("in {n} seconds").format(n=f"{time.monotonic() - began:.1f}"), []

    def _repairs(self) -> Outcome:
        with self.excel.limited():
            copy = save_copy(self.book, self.folder / f"saved by Excel{self.path.suffix}")
        original = self.contents
        for sheet, spills in (self.expected.spills if self.expected else {}).items():
            formulas = original.sheets[sheet].cells.formulas if sheet in original.sheets else {}
            for cell, area in spills.items():
                if cell in formulas:
                    formulas[cell] = replace(formulas[cell], area=area)
        found = repairs(original, read_contents(copy))
        if self.share:
            scrub(copy)
            shutil.copy2(copy, self.evidence)
        lines = [f"{each.sheet}: {each.line}" if each.sheet else each.line for each in found]
        if not found:
            return True, _("the copy that Excel saved has all that the workbook has"), []
        (self.evidence / "repairs.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return (
            False,
            _("{n} things are gone or changed in the copy that Excel saved").format(n=len(lines)),
            _first(lines),
        )

    def _values(self) -> Outcome:
        if self.expected is None:
            raise DataError(self.why_not)
        if not self.calculated:
            raise DataError(_("the calculation was not done"))
        with self.excel.limited():
            compared = values.compared(self.book, self.expected.values)
        found, cells = compared.different, sum(map(len, self.expected.values.values()))
        left = [f"{each.sheet}!{each.cell}: {each.why}" for each in self.expected.unmatched]
        more = []
        if compared.other_marks:
            line = _("texts with numbers as this Excel writes them (1.306,5 for 1,306.5): {n}")
            more.append(line.format(n=compared.other_marks))
        if left:
            more += [_("not compared, as Python does not compute them: {n}").format(n=len(left)), *_first(left)]
        if not found:
            well = not (left and self.sample)
            return well, _("all {n} cells with formulas are as Python computes them").format(n=f"{cells:,}"), more
        self._keep(found)
        errors = ", ".join(f"{error}: {n}" for error, n in values.errors_in(found).most_common())
        lines = [f"{d.sheet}!{d.cell}: {self._shown(d.excel)}, Python {self._shown(d.python)}" for d in found]
        line = _("{n} of {all} cells differ from Python").format(n=f"{len(found):,}", all=f"{cells:,}")
        return False, f"{line} ({errors})" if errors else line, [*_first(lines), *more]

    def _keep(self, found: list[values.Difference]) -> None:
        """Write all cells with two values down, for a spreadsheet."""
        with (self.evidence / "differences.csv").open("w", encoding="utf-8-sig", newline="") as out:
            rows = csv.writer(out)
            rows.writerow(["sheet", "cell", "Excel", "Python"])
            rows.writerows([each.sheet, each.cell, self._shown(each.excel), self._shown(each.python)] for each in found)

    def _shown(self, value: Scalar) -> str:
        """A value for the report; only its kind when the workbook is to be left out."""
        if value is None or value == "":
            return _("blank")
        if isinstance(value, Err):
            return str(value)
        if self.share:
            return repr(value) if isinstance(value, str) else str(value)
        if isinstance(value, str):
            return _("text of {n} characters").format(n=len(value))
        return _("TRUE or FALSE") if isinstance(value, bool) else _("number")

    def _functions(self) -> Outcome:
        names = [name for (_sheet, name), meaning in self.contents.names.items() if meaning.startswith("lambda(")]
        if not names:
            return True, _("the workbook brings none"), []
        with self.excel.limited():
            sheet = self.book.sheets.add()
            cells = sheet.range((1, 1), (len(names), 1))
            formulas = [[f"=ERROR.TYPE({name})"] for name in names]
            try:
                cells.formula2 = formulas
            except Exception:  # an Excel without spills: it knows no LAMBDA either
                cells.formula = formulas
            block = values.read_block(sheet, 1, 1, len(names), 1)
        unknown = [name for name, (kind,) in zip(names, block, strict=True) if kind == _NAME_ERROR]
        if not unknown:
            return True, _("Excel knows all {n} of them").format(n=len(names)), []
        line = _("Excel does not know {n} of {all} (LAMBDA needs Excel 365 or 2024)")
        return False, line.format(n=len(unknown), all=len(names)), _first(unknown)

    def _pdf(self) -> Outcome:
        place = self.folder / "pages.pdf"
        with self.excel.limited():
            line = printing.to_pdf(self.book, place)
        shutil.copy2(place, self.evidence)
        return True, line, []

    def _pictures(self) -> Outcome:
        pages = [name for name, sheet in self.contents.sheets.items() if any(t.kind == "chart" for t in sheet.things)]
        with self.excel.limited(), self.excel.shown():
            done, failed = printing.pictures(self.book, self.evidence / "pictures", pages)
        return done > 0, _("{n} pictures").format(n=done), failed

    def _macros(self) -> None:
        if self.no_macros:
            self.looked.steps.append(Step(_("macros"), "not done", self.no_macros))
        elif self.contents.macros or not self.sample:
            place = self.folder / "macros" / self.path.name  # anew: on a Mac, Excel has saved the first copy since
            place.parent.mkdir(exist_ok=True)
            prepared(self.path, place)
            for step in macros.run_all(self.excel, place, self.contents.macros, self.sample):
                self.say(f"{self.looked.name}: {step.what} …")
                self.looked.steps.append(step)


def _first(lines: list[str]) -> list[str]:
    more = _("… and {n} more").format(n=len(lines) - _MOST)
    return lines[:_MOST] + ([more] if len(lines) > _MOST else [])


def _repair_logs() -> set[Path]:
    """The logs that Excel leaves in the temporary folder when it repairs a file."""
    places = [Path(tempfile.gettempdir()), Path("~/Library/Containers/com.microsoft.Excel/Data/tmp").expanduser()]
    return {
        log for place in places if place.is_dir() for log in (*place.glob("error*.xml"), *place.glob("*/error*.xml"))
    }
