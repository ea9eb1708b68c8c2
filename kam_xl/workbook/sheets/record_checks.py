"""What can be wrong in a row of an input sheet beyond its single cells, by the key of its record."""

from __future__ import annotations

from kam_xl.workbook.sheets.records import Extra

EXTRA: dict[str, Extra] = {}
