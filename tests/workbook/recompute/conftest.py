"""The sample workbook, and a LibreOffice that does not know the KAM functions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from office import Office

from kam_xl.errors import HostError
from kam_xl.hosts.libreoffice.install import find_office
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


@pytest.fixture(scope="session")
def native(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with every page, with LAMBDA names."""
    template = load_template("standard")
    return build(template.settings, template.sample()).write(tmp_path_factory.mktemp("native") / "sample.xlsx")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the page that the others rest on."""
    template = load_template("standard")
    settings = template.settings.model_copy(update={"sheets": ["Pareto"]})
    return build(settings, template.sample()).write(tmp_path_factory.mktemp("native") / "small.xlsx")


@pytest.fixture(scope="session")
def plain_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A LibreOffice without our extension: KAM functions are errors in it."""
    try:
        soffice = find_office().soffice
    except HostError as error:
        if os.environ.get("KAM_XL_NEEDS_OFFICE"):
            raise
        pytest.skip(str(error))
    binary = soffice.with_name("soffice.bin")
    profile = tmp_path_factory.mktemp("plain-office") / "profile"
    with Office(binary if binary.exists() else soffice, profile) as running:
        yield running
