"""Areas of cells as boxes: which cells of one list of areas are in no area of another."""

from __future__ import annotations

from collections.abc import Iterable

from kam_xl.content.positions import column_name, split_cell

Box = tuple[int, int, int, int]  # top, left, bottom, right; from 1, both ends inside


def box(area: str) -> Box:
    """The box of an address: a cell, an area, whole columns or whole rows.

    >>> box("B2:C9"), box("$A$1"), box("A:B")
    ((2, 2, 9, 3), (1, 1, 1, 1), (1, 1, 1048576, 2))
    """
    first, _colon, last = area.replace("$", "").partition(":")
    last = last or first
    if first.isdigit():
        first, last = f"A{first}", f"XFD{last}"
    elif first.isalpha():
        first, last = f"{first}1", f"{last}1048576"
    (top, left), (bottom, right) = split_cell(first), split_cell(last)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def boxes(areas: str) -> list[Box]:
    """The boxes of addresses parted by spaces."""
    return [box(area) for area in areas.split()]


def without(these: Iterable[Box], those: Iterable[Box]) -> list[Box]:
    """What is in these boxes and in none of those; no cell twice.

    >>> without([(1, 1, 9, 2)], [(1, 1, 9, 1)]), without([(1, 1, 9, 2)], [(1, 1, 5, 2), (6, 1, 9, 2)])
    ([(1, 2, 9, 2)], [])
    """
    found: list[Box] = []
    taken = list(those)
    for one in these:
        left = [one]
        for other in taken:
            left = [piece for each in left for piece in _cut(each, other)]
        found += left
        taken.append(one)
    return found


def _cut(one: Box, other: Box) -> list[Box]:
    """The pieces of a box outside another."""
    top, left, bottom, right = one
    first, near, last, far = max(top, other[0]), max(left, other[1]), min(bottom, other[2]), min(right, other[3])
    if first > last or near > far:
        return [one]
    pieces = [(top, left, first - 1, right), (last + 1, left, bottom, right)]
    pieces += [(first, left, last, near - 1), (first, far + 1, last, right)]
    return [piece for piece in pieces if piece[0] <= piece[2] and piece[1] <= piece[3]]


def addresses(found: Iterable[Box]) -> str:
    """Boxes for a message: the first few, and how many more.

    >>> addresses([(2, 1, 9, 3), (5, 2, 5, 2)])
    'A2:C9, B5'
    """
    listed = sorted(found)
    more = f" … (+{len(listed) - 4})" if len(listed) > 4 else ""
    return ", ".join(map(address, listed[:4])) + more


def address(one: Box) -> str:
    """The address of a box."""
    top, left, bottom, right = one
    first, last = f"{column_name(left - 1)}{top}", f"{column_name(right - 1)}{bottom}"
    return first if first == last else f"{first}:{last}"
