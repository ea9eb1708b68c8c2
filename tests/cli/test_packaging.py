"""What an installed kam_xl needs is listed in pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def setuptools() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return dict(tomllib.load(file)["tool"]["setuptools"])


def test_every_package_is_listed(setuptools: dict[str, object]) -> None:
    folders = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in (ROOT / "kam_xl").rglob("*.py")
        if "__pycache__" not in path.parts
    }
    mapped = setuptools["package-dir"]
    assert isinstance(mapped, dict)
    assert set(setuptools["packages"]) == folders | set(mapped)  # type: ignore[call-overload]


def test_every_file_of_the_templates_is_taken_along(setuptools: dict[str, object]) -> None:
    data = setuptools["package-data"]
    assert isinstance(data, dict)
    taken = {path for pattern in data["kam_xl.templates"] for path in (ROOT / "templates").glob(pattern)}
    assert taken == {path for path in (ROOT / "templates").rglob("*") if path.is_file() and path.name[0] not in ".~"}
