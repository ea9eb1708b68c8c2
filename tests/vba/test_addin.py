"""The add-in: its package, its ribbon, and where it is put."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyopenvba import check_file
from python_calamine import CalamineWorkbook
from vba.cfb_check import faults
from vba.readers import looks_suspicious

from kam_xl.errors import HostError
from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.vba import BUTTONS, build_addin, install, install_addin, reading, sources, uninstall_addin
from kam_xl.hosts.vba.addin import CONF_SHEET, addin_bytes
from kam_xl.hosts.vba.package import ADDIN, VBA_PART, read_parts
from kam_xl.hosts.vba.ribbon import NAMESPACE, PART, RELATION
from kam_xl.hosts.vba.workbook import intellisense_rows, xlwings_conf

RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_addin(tmp_path_factory.mktemp("addin"))


@pytest.fixture(scope="module")
def parts(path: Path) -> dict[str, bytes]:
    return read_parts(path)


def test_it_is_a_whole_package_for_another_reader(path: Path) -> None:
    report = check_file(path)
    assert path.name == "kam_xl.xlam"
    assert report.ok
    assert report.complete
    assert report.issues == ()


def test_excel_takes_it_for_an_add_in(parts: dict[str, bytes]) -> None:
    types = parts["[Content_Types].xml"].decode()
    assert f'PartName="/xl/workbook.xml" ContentType="{ADDIN}"' in types
    assert "sheet.macroEnabled" not in types
    assert 'ContentType="application/vnd.ms-office.vbaProject"' in types
    view = ElementTree.fromstring(parts["xl/workbook.xml"]).find("m:bookViews/m:workbookView", MAIN)
    assert view is not None
    assert view.get("visibility") == "hidden"


def test_ribbon_is_related_and_every_button_is_on_it(parts: dict[str, bytes]) -> None:
    relations = ElementTree.fromstring(parts["_rels/.rels"]).findall(RELATIONS)
    assert [each.get("Target") for each in relations if each.get("Type") == RELATION] == [PART]
    assert len({each.get("Id") for each in relations}) == len(relations)
    root = ElementTree.fromstring(parts[PART])
    assert root.tag == f"{{{NAMESPACE}}}customUI"
    buttons = list(root.iter(f"{{{NAMESPACE}}}button"))
    assert sorted(str(each.get("label")) for each in buttons) == sorted(button.caption for button in BUTTONS)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(set(ids)) == len(ids)
    module = reading.read(parts[VBA_PART]).source("KamRibbon")
    for each in buttons:
        assert re.search(rf"^Public Sub {str(each.get('onAction')).removeprefix('KamRibbon.')}\(", module, re.MULTILINE)
        assert len(str(each.get("supertip"))) > 10
        assert each.get("imageMso")
        assert each.get("screentip")


def test_project_has_the_modules_of_an_add_in(parts: dict[str, bytes]) -> None:
    assert faults(parts[VBA_PART]) == []
    assert not looks_suspicious(parts[VBA_PART])
    project = reading.read(parts[VBA_PART])
    names = [module.name for module in project.modules if module.kind != "Document"]
    assert names == ["KamFunctions", "KamButtons", "KamRibbon", "xlwings"]
    assert project.name == "KamXl"
    functions = project.source("KamFunctions")
    assert functions.count(", Nothing, Application.Caller)") == len(FUNCTIONS)
    assert f'PROJECT_NAME As String = "{CONF_SHEET.removesuffix(".conf")}"' in project.source("xlwings")


def test_settings_and_help_are_on_their_sheets(path: Path) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    assert book.sheet_names == ["KAM", CONF_SHEET, "_IntelliSense_"]
    settings = [row[:2] for row in book.get_sheet_by_name(CONF_SHEET).to_python()]
    assert settings == [list(row) for row in xlwings_conf()]
    assert book.get_sheet_by_name("_IntelliSense_").to_python() == intellisense_rows()
    assert [str(sheet.visible) for sheet in book.sheets_metadata][2].endswith("Hidden")


def test_same_input_same_bytes(path: Path) -> None:
    assert addin_bytes() == path.read_bytes()


def test_on_a_mac_it_has_macros_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    project = reading.read(read_parts(addin_bytes("/usr/bin/python3"))[VBA_PART])
    assert not project.source("KamFunctions")
    assert project.source("KamRibbon")


def test_windows_loads_it_from_its_startup_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path))
    assert uninstall_addin() == "KAM was not in Excel"
    assert "restart Excel" in install_addin()
    target = tmp_path / "Microsoft" / "Excel" / "XLSTART" / "kam_xl.xlam"
    assert [file.name for file in target.parent.iterdir()] == ["kam_xl.xlam"]
    assert install.installed_addin() == target
    assert uninstall_addin() == "KAM is no longer in Excel; restart Excel"
    assert not target.exists()


def test_a_mac_loads_it_from_its_startup_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert install_addin().endswith("run once: xlwings runpython install")
    found = list(tmp_path.rglob("kam_xl.xlam"))
    assert [str(each.relative_to(tmp_path)) for each in found] == [
        "Library/Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/kam_xl.xlam"
    ]


def test_elsewhere_the_file_is_written_and_its_place_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.chdir(tmp_path)
    line = install_addin()
    assert (tmp_path / "kam_xl.xlam").is_file()
    assert "XLSTART on Windows" in line
    assert "Startup.localized" in line


def test_an_open_excel_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(tmp_path))
    monkeypatch.setattr(install, "write_file", locked)
    with pytest.raises(HostError, match="Excel is open"):
        install_addin()


def test_without_xlwings_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "find_spec", lambda _: None)
    with pytest.raises(HostError, match=r"pip install xlwings"):
        build_addin(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_incomplete_or_unknown_xlwings_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "xlwings_folder", lambda: tmp_path)
    with pytest.raises(HostError, match=r"not installed completely .*xlwings_custom_addin\.bas"):
        build_addin(tmp_path)
    (tmp_path / "xlwings_custom_addin.bas").write_text('Attribute VB_Name = "xlwings"\n')
    with pytest.raises(HostError, match="not known to kam_xl"):
        build_addin(tmp_path)
