"""Workbooks that several tests look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from books.fixtures import real_data

from kam_xl.content.tables import Tables
from kam_xl.intake.importer import read_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


@pytest.fixture(scope="session")
def native(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a workbook with LAMBDA names: a sample by the name of its template, ``empty`` or ``northwind``."""

    @cache
    def made(name: str) -> Path:
        template = load_template("standard" if name in ("empty", "northwind") else name)
        if name == "empty":
            tables = Tables.empty(["2024", "2025"])
        elif name == "northwind":
            tables = read_data(real_data("northwind_revenue.csv"), template.settings)
        else:
            tables = template.sample()
        return build(template.settings, tables).write(tmp_path_factory.mktemp("native") / f"{name}.xlsx")

    return made
