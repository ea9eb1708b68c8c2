"""A workbook on disk: whole or not there at all."""

from __future__ import annotations

from functools import cache

import openpyxl
import pytest

from kam_xl.content.tables import Tables
from kam_xl.errors import DataError
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

SETTINGS = load_template("standard").settings


@cache
def small(name="Solo"):
    return build(SETTINGS, Tables(years=["2025"], accounts=[{"account": name}], revenue=[(name, [5])]))


def test_an_existing_file_is_kept_unless_forced(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(DataError, match="--force"):
        small().write(path)
    assert path.read_bytes() == b"old"
    small().write(path, force=True)
    assert openpyxl.load_workbook(path)["Accounts"]["B9"].value == "Solo"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with pytest.raises(DataError, match="--force"):
        small().write(link)
    small().write(link, force=True)
    assert link.is_symlink()
    assert openpyxl.load_workbook(target)["Accounts"]["B9"].value == "Solo"


def test_names_that_look_like_formulas_and_control_characters_are_text(tmp_path):
    path = small("=1+1\x07").write(tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(path)["Accounts"]["B9"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
