"""Finding LibreOffice, installing and removing the extension."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from office import Office

from kam_xl.errors import HostError
from kam_xl.hosts.libreoffice import install as module
from kam_xl.hosts.libreoffice import install_extension, office_version, uninstall_extension


def pretend_office(folder: Path, prints: str) -> Path:
    """A program that passes for soffice and prints a version."""
    for name in ("soffice", "unopkg"):
        script = folder / name
        script.write_text(f"#!/bin/sh\necho '{prints}'\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return folder / "soffice"


def test_missing_office_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAM_XL_OFFICE", raising=False)
    monkeypatch.setattr(module, "_places", lambda: iter([Path("/no/such/soffice")]))
    with pytest.raises(HostError, match=r"LibreOffice was not found; install LibreOffice 24\.8 or later"):
        install_extension()


def test_chosen_office_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_XL_OFFICE", "/no/such/soffice")
    with pytest.raises(HostError, match="KAM_XL_OFFICE names no file: /no/such/soffice"):
        office_version()


@pytest.mark.parametrize(
    ("prints", "message"),
    [
        (
            "LibreOffice 7.4.7.2 40(Build:2)",
            r"LibreOffice 7\.4\.7 at .* is too old; install LibreOffice 24\.8 or later",
        ),
        ("LibreOffice 24.2.1.1 abc", r"24\.2\.1 .* is too old"),
        ("Hello", "does not tell its version"),
    ],
)
def test_unfit_office_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prints: str, message: str) -> None:
    monkeypatch.setenv("KAM_XL_OFFICE", str(pretend_office(tmp_path, prints)))
    with pytest.raises(HostError, match=message):
        office_version()


def test_fit_office_tells_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAM_XL_OFFICE", str(pretend_office(tmp_path, "LibreOfficeDev 26.2.0.0.alpha0 abc")))
    assert office_version() == "26.2.0"


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("ERROR: unopkg cannot be started. The lock file indicates it is already running.", "LibreOffice is open"),
        ("unshare: unshare failed: Operation not permitted", "run the command as an ordinary user"),
        ("\nERROR: Exception occurred: disk full\n\nERROR: unopkg failed.\n", "did not take the change: Exception"),
        ("", "it gave no reason"),
    ],
)
def test_reason_of_the_extension_manager_becomes_one_line(output: str, line: str) -> None:
    reason = module._reason(output)
    assert line in reason
    assert "\n" not in reason


def test_installed_extension_is_removed_again(office: Office, tmp_path: Path) -> None:
    try:
        done = install_extension(tmp_path / "profile")
    except HostError as error:
        if os.geteuid() != 0:
            raise
        pytest.skip(str(error))
    assert done.startswith("KAM functions ")
    assert "restart Calc" in done
    assert install_extension(tmp_path / "profile") == done  # again, over the first
    assert "no longer in LibreOffice" in uninstall_extension(tmp_path / "profile")
    assert "were not in LibreOffice" in uninstall_extension(tmp_path / "profile")


def test_open_office_is_named(office: Office) -> None:
    with pytest.raises(HostError, match=r"LibreOffice is open; close all its windows|ordinary user"):
        install_extension(office.profile)
