"""Workbooks that several tests look at."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from books.large import settings as large_settings
from books.large import tables as large_tables

from kam_xl.content.pages import PAGES
from kam_xl.content.settings import Template
from kam_xl.intake.importer import read_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

TEMPLATES = ("standard", "saas", "selection")


def real_data(name: str) -> Path:
    """A file of real data: from the folder KAM_XL_DATA, or from `shared/data` beside the checkout."""
    folder = os.environ.get("KAM_XL_DATA") or Path(__file__).parents[3] / "shared" / "data"
    path = Path(folder) / name
    if not path.is_file():
        pytest.skip(f"real data {name} is not here: set KAM_XL_DATA to its folder")
    return path


def core_settings() -> Template:
    """The standard settings with the pages that the others rest on: LibreOffice opens them in a third of the time."""
    pages = [name for name, page in PAGES.items() if page.core]
    return load_template("standard").settings.model_copy(update={"sheets": pages})


def made_from(name: str, folder: Path) -> Path:
    template = core_settings()
    return build(template, read_data(real_data(name), template), "addin").write(
        folder / Path(name).with_suffix(".xlsx")
    )


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    template = load_template("standard")
    return build(template.settings, template.sample(), "addin").write(tmp_path_factory.mktemp("books") / "sample.xlsx")


@pytest.fixture(scope="session", params=TEMPLATES)
def made(request, tmp_path_factory) -> Path:
    """The sample of every template, for Excel."""
    template = load_template(request.param)
    return build(template.settings, template.sample()).write(tmp_path_factory.mktemp("made") / f"{request.param}.xlsx")


@pytest.fixture(scope="session")
def core(tmp_path_factory):
    """The sample with the core pages."""
    tables = load_template("standard").sample()
    return build(core_settings(), tables, "addin").write(tmp_path_factory.mktemp("books") / "core.xlsx")


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """Every input filled, many times over."""
    return build(large_settings(), large_tables(), "addin").write(tmp_path_factory.mktemp("books") / "large.xlsx")


@pytest.fixture(scope="session")
def northwind(tmp_path_factory):
    return made_from("northwind_revenue.csv", tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="session")
def online_retail(tmp_path_factory):
    return made_from("online_retail_revenue.csv", tmp_path_factory.mktemp("books"))
