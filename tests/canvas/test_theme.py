"""Everybody can read the pages."""

from __future__ import annotations

import pytest

from kam_xl.canvas.theme import TEXT_ON


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("text", "paper"), TEXT_ON)
def test_text_stands_out(text, paper):
    light, dark = sorted((luminance(text), luminance(paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
