"""The sample as a workbook on disk and as xlwings sees it, and a process that runs macros."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from books.fixtures import core_settings

from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

from .excel_book import Answer, Macros, payload


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    template = load_template("standard")
    return build(core_settings(), template.sample(), "addin").write(tmp_path_factory.mktemp("macros") / "sample.xlsx")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the macros find Documents."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "Documents").mkdir()
    return folder


@pytest.fixture(scope="session")
def macros(home: Path) -> Iterator[Macros]:
    running = Macros(
        {name: value for name, value in os.environ.items() if name != "KAM_XL_DEBUG"} | {"HOME": str(home)}
    )
    yield running
    running.close()


@pytest.fixture
def seen(sample: Path) -> Answer:
    """The sample as xlwings sees it; a copy that a test may change."""
    return payload(sample)
