"""What a person is told of a workbook that was recomputed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kam_xl.intake.reader import is_workbook
from kam_xl.locale import _
from kam_xl.workbook.recompute import Recomputed, Unmatched, recompute, staleness, write_values
from kam_xl.writing import temporary_folder

_GROUPS = 200  # reasons that are told
_DRAWN = re.compile(rb"<(?:\w+:)?f>([^<]*)</(?:\w+:)?f>")


@contextmanager
def with_right_values(file: Path) -> Iterator[tuple[Path, str | None]]:
    """The file itself; or a copy of a workbook of kam_xl with the right values, and the line that says so."""
    recomputed = recompute(file) if is_workbook(file) else None
    line = staleness(recomputed) if recomputed else None
    if recomputed is None or line is None:
        yield file, None
        return
    with temporary_folder() as folder:
        copy = write_values(recomputed, folder / file.name)
        yield copy, _("The right values are shown. {line}").format(line=line)


def told(recomputed: Recomputed, file: Path, dry_run: bool) -> Iterator[str]:
    """What changed, what was put back, what is lost and what could not be computed, a line each."""
    yield _changed(recomputed, file, dry_run)
    yield from _put_back(recomputed, dry_run)
    if recomputed.lost:
        text = _("Definitions of {n} KAM functions are spoilt and of another version; make the workbook anew: {remedy}")
        yield text.format(n=len(recomputed.lost), remedy=_anew(file))
    if still := _still_charts(recomputed):
        one = _("1 chart lost the cells that it draws and stands still; to have it follow again: {remedy}")
        many = _("{n} charts lost the cells that they draw and stand still; to have them follow again: {remedy}")
        yield (one if still == 1 else many).format(n=still, remedy=_anew(file))
    yield from _unmatched(recomputed.unmatched)
    if recomputed.doubtful and dry_run:
        yield _(
            "The values that they hold may be old and would be taken out; Excel computes them when it opens the file."
        )
    elif recomputed.doubtful:
        yield _("The values that they held may be old and were taken out; Excel computes them when it opens the file.")


def _anew(file: Path) -> str:
    return f"kam-xl new NEW{file.suffix} --data {file}"


def _changed(recomputed: Recomputed, file: Path, dry_run: bool) -> str:
    n, missing = len(recomputed.changes), recomputed.missing
    if not n:
        return _("{file}: every value that could be computed is right.").format(file=file)
    sheets = len({change.sheet for change in recomputed.changes})
    if dry_run:
        text = _("{file}: would change {cells} on {sheets}, of which {missing} had no value.")
    else:
        text = _("{file}: changed {cells} on {sheets}, of which {missing} had no value.")
    cells = _("1 cell") if n == 1 else _("{n} cells").format(n=f"{n:,}")
    places = _("1 sheet") if sheets == 1 else _("{n} sheets").format(n=sheets)
    return text.format(file=file, cells=cells, sheets=places, missing=f"{missing:,}")


def _put_back(recomputed: Recomputed, dry_run: bool) -> Iterator[str]:
    """What another program had taken out of the file, in the words of its reader."""
    arrays, names = sum(map(len, recomputed.arrays.values())), len(recomputed.names)
    if arrays:
        if dry_run:
            one = _("1 list was fixed to its cells when the file was saved, and would grow with the data again.")
            many = _("{n} lists were fixed to their cells when the file was saved, and would grow with the data again.")
        else:
            one = _("1 list was fixed to its cells when the file was saved, and grows with the data again.")
            many = _("{n} lists were fixed to their cells when the file was saved, and grow with the data again.")
        yield (one if arrays == 1 else many).format(n=f"{arrays:,}")
    if names:
        if dry_run:
            one = _("The definition of 1 KAM function was spoilt when the file was saved, and would be put back.")
            many = _("The definitions of {n} KAM functions were spoilt when the file was saved, and would be put back.")
        else:
            one = _("The definition of 1 KAM function was spoilt when the file was saved, and is put back.")
            many = _("The definitions of {n} KAM functions were spoilt when the file was saved, and are put back.")
        yield (one if names == 1 else many).format(n=names)


def _still_charts(recomputed: Recomputed) -> int:
    """Charts that LibreOffice wrote without references: it knows none over a name."""
    found = 0
    with zipfile.ZipFile(io.BytesIO(recomputed.package.content)) as archive:
        for part in recomputed.package.parts:
            if re.fullmatch(r"xl/charts/chart\d*\.xml", part):
                drawn = _DRAWN.findall(archive.read(part))
                found += any(b"!" not in text and not text.startswith((b"&quot;", b'"', b"{")) for text in drawn)
    return found


def _unmatched(unmatched: list[Unmatched]) -> Iterator[str]:
    if not unmatched:
        return
    n = len(unmatched)
    one, many = _("1 formula could not be computed:"), _("{n} formulas could not be computed:")
    yield one if n == 1 else many.format(n=f"{n:,}")
    groups: dict[str, list[Unmatched]] = {}
    for cell in unmatched:
        groups.setdefault(cell.why, []).append(cell)
    first = sorted(groups.items(), key=lambda group: -len(group[1]))
    for why, cells in first[:_GROUPS]:
        places = ", ".join(f"{cell.sheet}!{cell.cell}" for cell in cells[:3])
        if len(cells) > 3:
            places = _("{cells} and {n} more").format(cells=places, n=f"{len(cells) - 3:,}")
        yield f"- {places}: {why}"
    if len(first) > _GROUPS:
        yield _("- and {n} other reasons").format(n=len(first) - _GROUPS)
