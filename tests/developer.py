"""For developers: `python tests/developer.py page ABC` prints a page, `… docs` renews what the registry makes."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from kam_xl.errors import KamError
from kam_xl.intake import starting
from kam_xl.workbook.build import build
from kam_xl.workbook.recompute.package import address_of, read_package


def cells_of(path: Path, name: str) -> list[str]:
    """Every cell of a sheet that holds anything, a line each: its address, its formula and its value."""
    sheets = {sheet.title.casefold(): sheet for sheet in read_package(path).sheets}
    if name.casefold() not in sheets:
        raise KamError(f"{name}: no such sheet; there are {', '.join(sheet.title for sheet in sheets.values())}")
    sheet = sheets[name.casefold()]
    lines = []
    for at in sorted(sheet.formulas.keys() | sheet.constants.keys()):
        formula = sheet.formulas.get(at)
        value = _shown(formula.stored if formula else sheet.constants[at])
        lines.append(f"{address_of(at)}\t={formula.text}\t{value}" if formula else f"{address_of(at)}\t{value}")
    return lines


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value).replace("\n", "⏎")


def _page(name: str, file: Path | None, template: str, engine: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        if file is None:
            file = build(*starting.from_sample(template), engine).write(Path(folder) / "sample.xlsx")
        print("\n".join(cells_of(file, name)))


def _docs() -> None:
    import functions_page

    for path in functions_page.renew():
        print(f"renewed {path}")


def main(args: list[str] | None = None) -> int:
    """Do what is asked; the exit status."""
    parser = argparse.ArgumentParser(prog="python tests/developer.py", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    page = verbs.add_parser("page", help="print the cells of a sheet: address, formula, value")
    page.add_argument("name", help="Pareto, ABC, Revenue, calc_tiers …")
    page.add_argument("--file", type=Path, help="of this workbook; else of a fresh sample")
    page.add_argument("--template", default="standard", help="whose sample (standard)")
    page.add_argument("--engine", default="native", choices=["native", "addin"])
    verbs.add_parser("docs", help="renew docs/functions.md and the table of functions in README")
    asked = parser.parse_args(args)
    try:
        if asked.verb == "page":
            _page(asked.name, asked.file, asked.template, asked.engine)
        else:
            _docs()
    except KamError as mistake:
        print(f"developer: {mistake}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
