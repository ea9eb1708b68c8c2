"""Reads pages as a person does: by title, heading and name, never by the address of a cell."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

Place = tuple[int, int]


def day(year: int, month: int, number: int) -> int:
    """The number by which a spreadsheet counts a day.

    >>> day(2025, 12, 31)
    46022
    """
    return (dt.date(year, month, number) - dt.date(1899, 12, 30)).days


class Found(dict[Any, Any]):
    """What a page shows, by its label; a label that is not there fails a test."""

    def __missing__(self, label: Any) -> Any:
        raise AssertionError(f"nothing is called “{label}”; there are {list(self)}")


class Pages:
    """The sheets of a workbook that was built, as texts and numbers."""

    def __init__(self, built: Any) -> None:
        self._book = built.book
        self._sheets = {name: dict(sheet.cells.items()) for name, sheet in built.book.sheets.items()}

    def _find(self, page: str, text: str, start: bool = False) -> list[Place]:
        cells = self._sheets[page]
        return sorted(
            place
            for place, cell in cells.items()
            if isinstance(cell, str) and (cell.startswith(text) if start else cell.strip() == text)
        )

    def _section(self, page: str, label: str) -> tuple[int, int, int]:
        """First row, first column and last row in which the headings of a section stand."""
        if not label:
            return 0, 0, 10**6
        found = self._find(page, label) or self._find(page, label, start=True)
        assert found, f"{page}: no section “{label}”"
        return found[0][0], found[0][1], found[0][0] + 3

    def title(self, page: str) -> str:
        """The message at the top of a page."""
        return str(self._sheets[page][0, 1])

    def texts(self, page: str) -> list[str]:
        """Everything that a page says in words, from the top."""
        return [str(cell) for _place, cell in sorted(self._sheets[page].items()) if isinstance(cell, str) and cell]

    def said(self, page: str, start: str) -> str:
        """The one text of a page that begins so."""
        found = [text for text in self.texts(page) if text.startswith(start)]
        assert len(found) == 1, f"{page}: {len(found)} texts begin with “{start}”: {found}"
        return found[0]

    def card(self, page: str, label: str) -> tuple[Any, Any]:
        """A key figure and the note under it, by the label over it, the first one on the page."""
        found = self._find(page, label, start=True)
        assert found, f"{page}: no label begins with “{label}”"
        (row, col), cells = found[0], self._sheets[page]
        return cells.get((row + 1, col)), cells.get((row + 2, col))

    def value(self, page: str, heading: str, row: str, section: str = "", nth: int = 0) -> Any:
        """The cell under a heading, in the row that a name at its left begins.

        Of several headings of one text those that stand nearest above the name count, the `nth` of them to its right;
        with `section` the first ones under this label.
        """
        top, first, last = self._section(page, section)
        heads = [(r, c) for r, c in self._find(page, heading) if top <= r <= last and c >= first]
        if section:
            heads = [place for place in heads if place[0] == heads[0][0]]
        found = [(r - r0, (r, c)) for r0, c in heads for r, k in self._find(page, row) if r > r0 and c > k >= first]
        assert found, f"{page}: nothing stands under “{heading}” for “{row}”"
        nearest = sorted({place for distance, place in found if distance == min(found)[0]})
        return self._sheets[page].get(nearest[nth])

    def column(self, page: str, heading: str, section: str = "") -> list[Any]:
        """What stands under a heading, down to the first blank cell."""
        top, first, last = self._section(page, section)
        row, col = min((r, c) for r, c in self._find(page, heading) if top <= r <= last and c >= first)
        out: list[Any] = []
        while (cell := self._sheets[page].get((row + 1 + len(out), col))) not in (None, ""):
            out.append(cell)
        return out

    def figures(self, page: str) -> dict[str, tuple[Any, Any]]:
        """The key figures of a page with their notes, by label."""
        cells = self._sheets[page]
        rows = sorted({row for row, col in cells if isinstance(cells[row, col], str) and row > 2})
        out: dict[str, tuple[Any, Any]] = Found()
        for row in rows[:4]:
            labels = [(col, cell) for (r, col), cell in sorted(cells.items()) if r == row and isinstance(cell, str)]
            known = [(col, label) for col, label in labels if cells.get((row + 2, col)) not in (None, "")]
            if len(known) > len(out):
                out = Found({label: (cells.get((row + 1, col)), cells[row + 2, col]) for col, label in known})
        return out

    def beside(self, page: str, name: str, section: str, last: int) -> list[Any]:
        """What stands right of a name, under the label of a section, up to so many columns."""
        top, first, _last = self._section(page, section)
        row, col = min((r, c) for r, c in self._find(page, name) if r > top and c == first)
        return [self._sheets[page].get((row, col + k)) for k in range(1, last)]

    def marks(self, page: str, task: str) -> dict[Any, str]:
        """The signs in the row of a task, by the day that heads their column."""
        cells = self._sheets[page]
        head, col = min(self._find(page, "Task"))
        row = next((r for r, c in self._find(page, task) if c == col), None)
        assert row is not None, f"{page}: no task “{task}”"
        signs = {c: cell for (r, c), cell in cells.items() if r == row and c > col + 7 and cell}
        return {cells[head, c]: sign for c, sign in sorted(signs.items())}

    def map_point(self, name: str) -> tuple[Any, Any]:
        """The middle of a person's box on the decision map."""
        cells = self._sheets["calc_map_chart"]
        row = next(row for (row, _col), cell in cells.items() if isinstance(cell, str) and cell.startswith(name))
        return cells[row, 0], cells[row, 1]

    def row(self, page: str, name: str, *headings: str, section: str = "") -> list[Any]:
        """What stands under some headings in the row of a name."""
        return [self.value(page, heading, name, section) for heading in headings]

    def trend(self, page: str, name: str) -> list[Any]:
        """The points of the small chart in the row of a name."""
        rows = {row + 1 for row, _col in self._find(page, name)}
        lines = self._book.sheets[page].ws.sparklines
        (line,) = (line for line in lines if int(re.sub(r"\D", "", line["locations"][0])) in rows)
        sheet, first, number, _last = re.fullmatch(r"(\w+)!([A-Z]+)(\d+):([A-Z]+)\d+", line["ranges"][0]).groups()
        col = sum(26**k * (ord(letter) - 64) for k, letter in enumerate(reversed(first))) - 1
        return [self._sheets[sheet][int(number) - 1, col + k] for k in range(12)]

    def series(self, page: str, name: str) -> list[tuple[Any, ...]]:
        """The points, x and y, of the series of a name in a chart of a page."""
        charts = (found[2] for found in self._book.sheets[page].ws.charts)
        (line,) = (line for chart in charts for line in chart.series if line["name"] == name)
        columns = []
        for key in ("categories", "values"):
            sheet, letters, first, last = re.fullmatch(r"=(\w+)!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", line[key]).groups()
            col = sum(26**k * (ord(letter) - 64) for k, letter in enumerate(reversed(letters))) - 1
            columns.append([self._sheets[sheet].get((row, col)) for row in range(int(first) - 1, int(last))])
        return list(zip(*columns, strict=True))

    def block(self, title: str) -> dict[Any, list[Any]]:
        """The points of a chart, by their category; where one comes twice, its first points."""
        ((top, col),) = self._find("calc_charts", title)
        cells, row = self._sheets["calc_charts"], top + 2
        out: dict[Any, list[Any]] = Found()
        while rest := sorted(place for place in cells if place[0] == row and place[1] > col):
            if (key := cells.get((row, col))) not in (None, ""):
                out.setdefault(key, [cells[place] for place in rest])
            row += 1
        return out
