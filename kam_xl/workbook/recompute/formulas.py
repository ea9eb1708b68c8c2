"""The formulas of a workbook, each of their texts compiled once."""

from __future__ import annotations

import re

from kam_xl.locale import _
from kam_xl.workbook.recompute.compiler import Found, compiled
from kam_xl.workbook.recompute.digits import Way
from kam_xl.workbook.recompute.mend import redefined_names
from kam_xl.workbook.recompute.package import Package
from kam_xl.workbook.recompute.syntax import parse
from kam_xl.workbook.recompute.values import Unknown

_CALLED = re.compile(r"KAM_[A-Z0-9_]+(?=\()", re.IGNORECASE)


class Formulas:
    """Compiles the texts of formulas, without their references, and remembers them."""

    def __init__(self, package: Package) -> None:
        self._known: dict[tuple[str, bool, Way], Found | Unknown] = {}
        self._redefined = redefined_names(package)

    def compiled(self, skeleton: str, array: bool, way: Way) -> Found:
        """What computes a formula; Unknown is raised where nothing does."""
        key = (skeleton, array, way)
        if key not in self._known:
            try:
                self._refuse_redefined(skeleton)
                self._known[key] = compiled(parse(skeleton), array, way)
            except Unknown as why:
                self._known[key] = why
            except (IndexError, ValueError):
                self._known[key] = Unknown(_("a function has too many or too few arguments"))
        found = self._known[key]
        if isinstance(found, Unknown):
            raise Unknown(str(found))
        return found

    def _refuse_redefined(self, skeleton: str) -> None:
        """A KAM function is computed in Python only if the file means the same by its name."""
        called = set(_CALLED.findall(skeleton)) if self._redefined else set()
        helper = next((name for name in self._redefined if name.startswith("KAM_X_")), None) if called else None
        for name in sorted(called & self._redefined) + ([helper] if helper else []):
            raise Unknown(_("{name} is defined otherwise in this file").format(name=name))
