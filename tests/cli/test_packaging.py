"""What an installed kam_xl needs is taken along."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def setuptools() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return dict(tomllib.load(file)["tool"]["setuptools"])


def test_every_package_is_found(setuptools: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "kam_xl").rglob("*.py")
        if "__pycache__" not in path.parts
    }
    mapped = setuptools["package-dir"]
    assert isinstance(mapped, dict)
    monkeypatch.chdir(ROOT)
    found: list[str] = []
    monkeypatch.setattr("setuptools.setup", lambda packages: found.extend(packages))
    runpy.run_path("setup.py")
    assert set(found) == folders | set(mapped)


def test_every_file_of_the_templates_is_taken_along(setuptools: dict[str, object]) -> None:
    data = setuptools["package-data"]
    assert isinstance(data, dict)
    taken = {path for pattern in data["kam_xl.templates"] for path in (ROOT / "templates").glob(pattern)}
    assert taken == {path for path in (ROOT / "templates").rglob("*") if path.is_file() and path.name[0] not in ".~"}
