"""Names beside the points of a chart, and names cut to fit."""

from __future__ import annotations

from collections.abc import Sequence

from kam_xl.formulas.expressions import X, cat
from kam_xl.formulas.functions import if_, left, length


def short(text: X, letters: int | X) -> X:
    """A name that fits."""
    return if_(length(text) > letters, cat(left(text, letters - 1), "…"), text)


def label_sides(
    points: Sequence[tuple[str, float | None, float | None]],
    uprights: Sequence[float] = (),
    size: tuple[float, float] = (820.0, 250.0),
) -> list[str]:
    """Where the name of each point goes so that names collide least now (positions cannot follow the data).

    A point is its name and its place as shares of the plot, which has `size` pixels. Names keep clear of vertical
    lines, too.
    """
    width, height = size
    placed: list[tuple[float, ...]] = []
    out: list[str] = []
    boxes = [
        (x * width - 6, y * height - 6, x * width + 6, y * height + 6)
        for _name, x, y in points
        if x is not None and y is not None
    ]
    boxes += [(x * width - 2, 0, x * width + 2, height) for x in uprights]
    for name, x, y in points:
        if x is None or y is None or not name:
            out.append("right")
            continue
        px, py, w = x * width, y * height, len(name) * 6
        sides = {
            "right": (px + 8, py - 7, px + 8 + w, py + 7),
            "left": (px - 8 - w, py - 7, px - 8, py + 7),
            "above": (px - w / 2, py + 7, px + w / 2, py + 21),
            "below": (px - w / 2, py - 21, px + w / 2, py - 7),
        }
        cost = {
            side: sum((_overlap(box, other) for other in [*placed, *boxes]), 0.0)
            + 5 * (max(0, -box[0]) + max(0, box[2] - width))
            for side, box in sides.items()
        }
        best = min(cost, key=lambda side: cost[side])
        placed.append(sides[best])
        out.append(best)
    return out


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))
