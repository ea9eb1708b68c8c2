"""References to the input tables by name and heading: ``tblRevenue[2025]``, ``tblRevenue[[#This Row],[2025]]``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kam_xl.content.positions import Positions
from kam_xl.formulas.values import VALUE, Err
from kam_xl.locale import _
from kam_xl.workbook.recompute.values import Place, Unknown

_PART = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_ROWS = ("#all", "#data", "#headers", "#this row")


def place_of(text: str, positions: Positions, titles: Mapping[str, int], row: int) -> Place | Err:
    """The cells of a reference by name and heading, in a formula of the row `row` (from 0).

    Raises
    ------
    Unknown
        When it is none of an input table of ours, or in a form that is not known here.
    """
    name, _bracket, inner = text.partition("[")
    inner = inner[:-1].strip()
    table = next((one for one in positions.tables if one.casefold() == name.casefold() and one.startswith("tbl")), "")
    area = positions.tables.get(table)
    if area is None:
        raise Unknown(_("refers to the table {name}, which is not known here").format(name=name or text))
    wanted, columns = _parts(inner, text)
    headings = {heading.casefold(): column - 1 for heading, column in positions.columns[table].items()}
    places = [headings.get(re.sub("'(.)", r"\1", column).casefold()) for column in columns]
    if any(place is None for place in places):
        raise Unknown(_("refers to {text}, a heading that is not there").format(text=text))
    left, right = (places[0], places[-1]) if places else (area.left - 1, area.right - 1)
    top, bottom = {
        "#all": (area.top - 1, area.bottom - 1),
        "#headers": (area.top - 1, area.top - 1),
        "#data": (area.top, area.bottom - 1),
        "#this row": (row, row),
    }[wanted]
    if wanted == "#this row" and not area.top <= row < area.bottom:
        return VALUE
    return Place(titles[area.sheet.casefold()], top, left or 0, bottom, right or 0)


def _parts(inner: str, text: str) -> tuple[str, list[str]]:
    """Which rows are meant, and the first and last heading; none for all columns."""
    if inner.startswith("@"):
        rows, columns = _parts(inner[1:].strip(), text)
        return ("#this row" if rows == "#data" else rows), columns
    if not inner.startswith("["):
        if inner.casefold() in _ROWS:
            return inner.casefold(), []
        if inner.startswith("#"):
            raise Unknown(_("refers to {text}, which is not computed here").format(text=text))
        return "#data", [inner] if inner else []
    found = _PART.findall(inner)
    between = re.sub(r"\s", "", _PART.sub("x", inner))
    rows = "#data"
    if found[0].casefold() in _ROWS:
        rows, found, between = found[0].casefold(), found[1:], between[2:]
    if between not in ("", "x", "x:x") or any(part.startswith("#") for part in found):
        raise Unknown(_("refers to {text}, which is not computed here").format(text=text))
    return rows, found
