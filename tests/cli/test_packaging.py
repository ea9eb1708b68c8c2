"""What an installed kam_xl needs is taken along."""

from __future__ import annotations

import ast
import re
import runpy
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
OF_A_HOST = {"PIL", "pythoncom", "uno", "unohelper", "win32api", "win32event", "win32gui", "win32process"}
OF_ANOTHER = {"pydantic_core"}  # comes with one that is listed


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


@pytest.fixture(scope="module")
def setuptools(pyproject: dict[str, Any]) -> dict[str, object]:
    return dict(pyproject["tool"]["setuptools"])


def test_one_installation_brings_all_that_the_product_imports(pyproject: dict[str, Any]) -> None:
    project = pyproject["project"]
    assert list(project["optional-dependencies"]) == ["test"]
    assert all(re.fullmatch(r"[\w-]+>=\d+(\.\d+)*", needed) for needed in project["dependencies"])
    listed = {needed.split(">=")[0].replace("-", "_") for needed in project["dependencies"]}
    imported = set()
    for path in (ROOT / "kam_xl").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add(str(node.module).split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"kam_xl"}
    assert listed <= foreign
    assert foreign - listed <= OF_A_HOST | OF_ANOTHER


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
