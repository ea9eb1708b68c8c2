"""Fixtures for every test: one headless LibreOffice with our extension, in a profile of its own."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from office import Book, Office

from kam_xl.errors import HostError
from kam_xl.hosts.libreoffice import build_extension, install_extension
from kam_xl.hosts.libreoffice.install import find_office

pytest_plugins = ["books.fixtures"]

LONGEST = (  # so that no worker still has much to do when the other has nothing left
    "intake/test_reading_back.py",
    "engines/test_native_workbooks.py",
    "workbook/test_recalculation.py",
    "cli/test_command.py",
    "workbook/test_native_workbook.py",
    "files/test_written_files.py",
    "workbook/test_typing.py",
    "pages/office/test_pages.py",
    "engines/test_edits.py",
    "pages/test_golden.py",
    "workbook/test_other_countries.py",
    "pages/test_mutations.py",
    "excel_check/test_doctor_in_excel.py",
    "native/test_mutations.py",
    "macros/test_years_on_file.py",
    "hosts/test_libreoffice_cases.py",
    "workbook/test_engines.py",
    "pages/office/test_decision_map.py",
    "workbook/test_macro_workbook.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """What takes long is left out unless it is asked for."""
    parser.addoption("--long", action="store_true", help="also the tests marked as long")
    parser.addoption("--renew-golden", action="store_true", help="write the kept texts of the pages anew")
    parser.addoption("--fuzz", type=float, default=30, help="seconds that each fuzzer runs at most (30)")
    parser.addoption("--fuzz-seed", type=int, default=1, help="-1 for another one each time; a failure prints it (1)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes long unless asked for, and give pytest-xdist's workers the longest files first."""
    if not config.getoption("--long"):
        left = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    if hasattr(config, "workerinput"):
        place = {Path(__file__).parent / name: number for number, name in enumerate(LONGEST)}
        items.sort(key=lambda item: place.get(item.path, len(place)))


LOCALES = {"English": "en-US", "German": "de-DE", "French": "fr-FR"}

# A country's separators, dates and names of months come without its language pack.
COUNTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop></item></oor:items>
"""


def start_office(
    folder: Path, environment: dict[str, str] | None = None, start_in: Path | None = None, locale: str = ""
) -> Office:
    """A headless LibreOffice with our extension, with profile and log in `folder`, started in another folder.

    It computes and displays as in the country of `locale`, such as ``de-DE``; without one as in that of the machine.
    """
    soffice = find_office().soffice
    binary = soffice.with_name("soffice.bin")  # the real program: its process is the one to watch
    profile = folder / "profile"
    if locale:
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(COUNTRY.format(locale=locale), encoding="utf-8")
    options = []
    try:
        install_extension(profile)
    except HostError:
        if os.geteuid() != 0:
            raise
        # root in a container without user namespaces: LibreOffice's manager refuses, so let it find the extension
        bundle = folder / "bundled" / "kam_xl"
        with zipfile.ZipFile(build_extension(folder)) as archive:
            archive.extractall(bundle)
        options = [f"-env:BUNDLED_EXTENSIONS={bundle.parent.as_uri()}"]
    return Office(binary if binary.exists() else soffice, profile, options, environment, folder=start_in)


def office_or_skip(folder: Path, locale: str = "") -> Office:
    """A running office, as `start_office`; without LibreOffice the test that wants it is skipped.

    With KAM_XL_NEEDS_OFFICE set, as `tests/run` does, it fails instead.
    """
    try:
        return start_office(folder, locale=locale)
    except HostError as error:
        if os.environ.get("KAM_XL_NEEDS_OFFICE"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The LibreOffice of the session; without one the tests that use it are skipped."""
    with office_or_skip(tmp_path_factory.mktemp("office")) as running:
        yield running


@pytest.fixture(scope="session")
def office_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Office]]:
    """The LibreOffice of a country, of those of `LOCALES`; each is started once."""
    with ExitStack() as running:

        @cache
        def started(country: str) -> Office:
            locale = LOCALES[country]
            return running.enter_context(office_or_skip(tmp_path_factory.mktemp(f"office-{locale}"), locale))

        yield started


@pytest.fixture
def book(office: Office) -> Iterator[Book]:
    """An empty workbook with one sheet, ``Sheet1``."""
    with office.new() as empty:
        yield empty
