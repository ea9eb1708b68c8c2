"""Columns from 0 to 100 that hold fractions: per cent cells of a workbook by their format, others named."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from pathlib import Path

from kam_xl.content.fields import one_line
from kam_xl.content.tables import Value
from kam_xl.files.limits import ZIP, read_file
from kam_xl.intake.gathering import Gathering
from kam_xl.intake.matching import simplify
from kam_xl.locale import _


def in_hundred(gathering: Gathering, heading: str, cells: Sequence[Value]) -> list[Value]:
    """The cells of a column from 0 to 100; where all are fractions, times 100 if the file shows them as per cent."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    if not numbers:
        numbers = [float(t) for t in texts if t.replace(".", "", 1).isdigit()]
    if not numbers or not all(0 <= n <= 1 for n in numbers) or all(float(n).is_integer() for n in numbers):
        return list(cells)
    first = next(n for n in numbers if not float(n).is_integer())
    if gathering.file is not None and _shown_as_percent(gathering.file, heading):
        text = _("“{heading}” is shown in per cent: {one} was read as {hundred:g}.")
        gathering.remark(text.format(heading=heading, one=first, hundred=round(first * 100, 10)))
        return [round(c * 100, 10) if isinstance(c, int | float) and not isinstance(c, bool) else c for c in cells]
    text = _(
        "“{heading}” goes from 0 to 100, but the file holds fractions such as {one}: write {hundred:g} if it is meant."
    )
    gathering.doubts.append(text.format(heading=heading, one=first, hundred=round(first * 100, 10)))
    return list(cells)


def _shown_as_percent(path: Path, heading: str) -> bool:
    """Whether the cells below a heading have a format of per cent."""
    import openpyxl  # type: ignore[import-untyped]

    content = read_file(path)
    if not content.startswith(ZIP):
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        except Exception:  # an .ods file, or one that openpyxl does not know
            return False
        for sheet in book.worksheets:
            place = None
            for row in sheet.iter_rows(max_row=2_000):
                if place is None:
                    words = [simplify(one_line(str(c.value))) if c.value is not None else "" for c in row]
                    place = words.index(simplify(heading)) if simplify(heading) in words else None
                elif place < len(row) and isinstance(row[place].value, int | float):
                    return "%" in str(row[place].number_format)
    return False
