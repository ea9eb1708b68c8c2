"""The report: what was looked at and what came of it, for a person, for programs, and with the evidence beside it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from kam_xl.excel_check.facts import Fact
from kam_xl.locale import _
from kam_xl.writing import new_file, new_folder

State = Literal["ok", "wrong", "not done"]


@dataclass
class Step:
    """One thing that was looked at."""

    what: str
    state: State
    line: str
    more: list[str] = field(default_factory=list)


@dataclass
class Looked:
    """Everything that was looked at in one workbook."""

    name: str
    steps: list[Step] = field(default_factory=list)


@dataclass
class Report:
    """What was found, workbook by workbook."""

    made: datetime = field(default_factory=datetime.now)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    workbooks: list[Looked] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[tuple[str, Step]]:
        """Everything that is wrong, with its workbook."""
        return [(each.name, step) for each in self.workbooks for step in each.steps if step.state == "wrong"]

    def headline(self) -> str:
        """The outcome in one line."""
        left = sum(step.state == "not done" for each in self.workbooks for step in each.steps)
        if not self.wrong:
            line = _("Excel: nothing wrong was found")
            return _("Excel: nothing wrong was found; not looked at: {n}").format(n=left) if left else line
        line = _("Excel: {n} to look at; not looked at: {left}") if left else _("Excel: {n} to look at")
        return line.format(n=len(self.wrong), left=left)

    def text(self) -> str:
        """The report for a person."""
        lines = [self.headline(), f"{self.made:%Y-%m-%d %H:%M}", *self.remarks, ""]
        signs = {"ok": _("ok"), "wrong": _("WRONG"), "not done": "–"}
        for looked in self.workbooks:
            lines.append(f"== {looked.name}")
            for step in looked.steps:
                lines.append(f"{signs[step.state]:<6} {step.what}: {step.line}")
                lines += [f"       {line}" for line in step.more]
            lines.append("")
        for title, facts in self.facts.items():
            lines.append(f"== {title}")
            lines += [f"{name}: {value}" for name, value in facts]
            lines.append("")
        return "\n".join(lines)

    def as_json(self) -> str:
        """The report for programs."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, default=str)


def write(report: Report, evidence: Path, out: Path) -> Path:
    """Put the report into the folder of its evidence, and that to its place: a new folder, or a file ending in .zip.

    Paths of the person's own folder are shortened to ``~`` in it.
    """
    for name, text in (("report.txt", report.text()), ("report.json", report.as_json())):
        (evidence / name).write_text(impersonal(text), encoding="utf-8")
    if out.suffix.lower() == ".zip":
        with new_file(out) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(evidence.rglob("*")):
                archive.write(file, Path(out.stem, file.relative_to(evidence)))
        return out
    with new_folder(out) as folder:
        shutil.copytree(evidence, folder, dirs_exist_ok=True)
    return out


def impersonal(text: str, home: Path | None = None) -> str:
    r"""A text without the names of the person's own and temporary folders.

    >>> impersonal("/home/ada/x and \\home\\ada\\y", Path("/home/ada"))
    '~/x and ~\\y'
    """
    for folder, sign in ((Path(tempfile.gettempdir()), "(temp)"), (home or Path.home(), "~")):
        parts = [re.escape(part) for part in re.split(r"[/\\]+", str(folder))]
        if len(str(folder)) > 2:
            text = re.sub(r"(?:/|\\+)".join(parts), lambda _: sign, text, flags=re.IGNORECASE)  # noqa: B023
    return text


def scrub(path: Path) -> None:
    """Take out of a workbook that Excel saved what names the person and the computer; nothing else changes."""
    from kam_xl.hosts.vba.package import read_parts, to_bytes

    parts = read_parts(path)
    for name, data in parts.items():
        if name == "docProps/core.xml":
            data = re.sub(rb"<(\w+:(?:lastModifiedBy|creator))>[^<]*<", rb"<\1><", data)
        elif name == "xl/workbook.xml":
            data = re.sub(rb'(<\w+:absPath[^>]* url=")[^"]*', rb"\1", data)
        elif name.startswith("xl/printerSettings/"):
            data = b""
        parts[name] = data
    path.write_bytes(to_bytes(parts))
