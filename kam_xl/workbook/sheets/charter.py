"""Charter: to be written."""

from __future__ import annotations

from kam_xl.locale import _
from kam_xl.workbook.model import Model
from kam_xl.workbook.page import page, printed


def fill(model: Model) -> None:
    """Write the page."""
    sheet = model.sheet("Charter")
    page(model.book, sheet, [16, 1200, 16], _("Charter"), "")
    printed(sheet, 40)
