"""Every problem of the inputs of a workbook, with the cells of that very file."""

from __future__ import annotations

from pathlib import Path

from kam_xl.content.positions import find_positions
from kam_xl.intake.grid import Finding
from kam_xl.intake.reader import read_workbook
from kam_xl.locale import _
from kam_xl.progress import expect, step


def problems_of(path: str | Path) -> list[Finding]:
    """What is wrong with the inputs of a workbook, in the order of its sheets.

    The inputs are read and the workbook is built anew; its checks then say what is wrong. Rows and columns that a
    person moved are where they are in the file.

    Raises
    ------
    DataError
        In one line, when the file cannot be read or is no workbook of kam_xl.
    """
    from kam_xl.workbook.build import build

    expect(1)
    step(_("reading {file}").format(file=Path(path).name))
    inputs = read_workbook(path)
    found = list(inputs.problems)
    built = build(inputs.template, inputs.tables)
    if built.problems:
        standard = find_positions(built.to_bytes())
        for problem in built.problems:
            place = standard.moved(problem.sheet, problem.cell, inputs.positions)
            if place not in inputs.dated:  # there it is the text that stands for the date
                found.append(Finding(*place, problem.problem, problem.remedy))
    return list({(finding.sheet, finding.cell, finding.problem): finding for finding in found}.values())
