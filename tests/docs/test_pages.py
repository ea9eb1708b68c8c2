"""No page without a folder, a row in README, a test, and a decision about each template."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from kam_xl.content.pages import AFTER, BEFORE, PAGES, folder_of
from kam_xl.intake.template import load_template, template_names, templates_folder

ROOT = Path(__file__).parents[2]
TESTS = [path for room in ("pages", "workbook") for path in (ROOT / "tests" / room).rglob("test_*.py")]
OF_ALL = {"test_pages.py"}  # goes through the pages, and so proves none


def rows_of_readme() -> set[str]:
    """The pages that the table “The sheets” names."""
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## The sheets")[1].split("\n## ")[0]
    return {name for cell in re.findall(r"^\| (.+?) \|", table, re.M) for name in cell.split(", ")}


def left_out(template: str) -> set[str]:
    """The pages that a template decided against."""
    text = (templates_folder() / template / "template.toml").read_text(encoding="utf-8")
    found = re.search(r"^# Left out: (.+?)\.\nsheets =", text, re.M)
    return set(found[1].split(", ")) if found else set()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_a_folder_that_says_how_it_is_built(page):
    assert import_module(f"kam_xl.pages.{folder_of(page)}.page").BUILT_BY


def test_every_folder_is_a_page():
    folders = {path.parent.name for path in (ROOT / "kam_xl" / "pages").glob("*/page.py")}
    assert folders == {folder_of(page) for page in (*BEFORE, *PAGES, *AFTER)}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_a_row_in_readme(page):
    assert page in rows_of_readme()


def test_readme_names_no_page_that_is_not_there():
    assert rows_of_readme() - {"page", "---"} <= {*PAGES, *AFTER}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_a_test_that_reads_its_sheet(page):
    named = re.compile(rf"""["']{page}["'!]""")
    assert [path.name for path in TESTS if path.name not in OF_ALL and named.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("template", template_names())
def test_every_template_has_decided_about_every_page(template):
    taken = load_template(template).settings.sheets or list(PAGES)
    assert not left_out(template) & set(taken)
    assert left_out(template) | set(taken) == set(PAGES)
