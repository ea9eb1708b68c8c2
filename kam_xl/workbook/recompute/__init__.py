"""The right values of a filled workbook: computed in Python, for the cells of that very file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kam_xl.workbook.formula import Scalar


@dataclass(frozen=True)
class Unmatched:
    """A formula cell whose value could not be computed, and why."""

    sheet: str
    cell: str
    why: str


@dataclass(frozen=True)
class Recomputed:
    """The values of a workbook as its formulas give them now.

    Attributes
    ----------
    values
        Sheet -> address (``B7``) -> value, of every formula cell and of every cell of a spilled result.
    spills
        Sheet -> first cell of an array formula -> the range that its result takes now (``B6:G19``).
    unmatched
        Formula cells whose value could not be computed: listed, never guessed, and not among the values.
    """

    values: dict[str, dict[str, Scalar]]
    spills: dict[str, dict[str, str]]
    unmatched: list[Unmatched] = field(default_factory=list)


def recompute(path: str | Path) -> Recomputed:
    """The value of every formula cell of a workbook of kam_xl.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or is no workbook of kam_xl.
    """
    import io

    import openpyxl  # type: ignore[import-untyped]

    from kam_xl.workbook.book import ADDIN, NATIVE, PYTHON
    from kam_xl.workbook.build import build
    from kam_xl.workbook.reader import read_workbook

    inputs = read_workbook(path)
    book = openpyxl.load_workbook(path, keep_vba=True)
    engine = NATIVE if "KAM_ABC" in book.defined_names else PYTHON if book.vba_archive else ADDIN
    fresh = build(inputs.template, inputs.tables, engine)
    standard = openpyxl.load_workbook(io.BytesIO(fresh.to_bytes()))
    found = Recomputed({}, {})
    for sheet in book.worksheets:
        values: dict[str, Scalar] = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                there = standard[sheet.title][cell.coordinate].value if sheet.title in standard.sheetnames else None
                text, wanted = (getattr(formula, "text", formula) for formula in (cell.value, there))
                if text != wanted:
                    found.unmatched.append(Unmatched(sheet.title, cell.coordinate, "is another formula"))
                    continue
                cells = fresh.book.sheets[sheet.title].cells
                values[cell.coordinate] = cells[cell.row - 1, cell.column - 1]
                if ref := getattr(there, "ref", None):
                    found.spills.setdefault(sheet.title, {})[cell.coordinate] = ref
                    for line in standard[sheet.title][ref if ":" in ref else f"{ref}:{ref}"]:
                        for one in line:
                            values[one.coordinate] = cells.get((one.row - 1, one.column - 1))
        if values:
            found.values[sheet.title] = values
    return found
