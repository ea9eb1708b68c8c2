"""Workbooks that several tests look at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kam_xl.workbook.build import build
from kam_xl.workbook.importer import read_data
from kam_xl.workbook.template import load_template


def real_data(name: str) -> Path:
    """A file of real data: from the folder KAM_XL_DATA, or from `shared/data` beside the checkout."""
    folder = os.environ.get("KAM_XL_DATA") or Path(__file__).parents[3] / "shared" / "data"
    path = Path(folder) / name
    if not path.is_file():
        pytest.skip(f"real data {name} is not here: set KAM_XL_DATA to its folder")
    return path


def made_from(name: str, folder: Path) -> Path:
    template = load_template("standard").settings
    return build(template, read_data(real_data(name), template), "addin").write(
        folder / Path(name).with_suffix(".xlsx")
    )


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    template = load_template("standard")
    return build(template.settings, template.sample(), "addin").write(tmp_path_factory.mktemp("books") / "sample.xlsx")


@pytest.fixture(scope="session")
def northwind(tmp_path_factory):
    return made_from("northwind_revenue.csv", tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="session")
def online_retail(tmp_path_factory):
    return made_from("online_retail_revenue.csv", tmp_path_factory.mktemp("books"))
