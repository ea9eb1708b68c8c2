"""The macro workbook is the same workbook, with buttons and Python behind it."""

from __future__ import annotations

import zipfile

import pytest
from books.compare import stored
from pyopenvba import check_file

from kam_xl.hosts.vba import BUTTONS
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build


@pytest.fixture(scope="module", params=["python", "native"])
def book(request, tmp_path_factory):
    template = load_template("standard")
    built = build(template.settings, template.sample(), request.param, macros=True)
    return request.param, built.write(tmp_path_factory.mktemp("macros") / "accounts.xlsm")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    template = load_template("standard")
    return stored(build(template.settings, template.sample()).write(tmp_path_factory.mktemp("plain") / "plain.xlsx"))


def test_the_package_is_sound(book):
    assert check_file(book[1]).issues == ()


def test_every_macro_has_its_button_on_its_sheet(book):
    with zipfile.ZipFile(book[1]) as archive:
        drawings = "".join(
            archive.read(name).decode() for name in archive.namelist() if name.endswith(".vml") and "vmlDrawing" in name
        )
    assert {b.macro for b in BUTTONS if f"[0]!{b.macro}<" in drawings} == {b.macro for b in BUTTONS}


def test_the_pages_show_what_the_plain_workbook_shows(book, plain):
    ours = stored(book[1])
    assert {name: cells for name, cells in ours.items() if name in plain and name != "Guide"} == {
        name: cells for name, cells in plain.items() if name != "Guide"
    }


def test_the_same_input_gives_the_same_project(book, tmp_path):
    engine, path = book
    template = load_template("standard")
    again = build(template.settings, template.sample(), engine, macros=True).write(tmp_path / "again.xlsm")
    with zipfile.ZipFile(path) as a, zipfile.ZipFile(again) as b:
        assert a.read("xl/vbaProject.bin") == b.read("xl/vbaProject.bin")
