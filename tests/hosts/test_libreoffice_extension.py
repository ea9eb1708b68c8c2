"""The extension's files, without LibreOffice."""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kam_xl
from kam_xl.functions import FUNCTIONS, Argument, Function
from kam_xl.hosts.libreoffice import build_extension, extension

OOR = "{http://openoffice.org/2001/registry}"
PARTS = extension.parts("/usr/bin/a python")
METHOD = re.compile(r"^  (.+) (\w+)\((.*)\);$", re.MULTILINE)


def texts(node: ElementTree.Element) -> dict[str, str]:
    """The properties of a node, without those of its children."""
    return {prop.attrib[f"{OOR}name"]: prop[0].text or "" for prop in node.findall("prop")}


def named(nodes: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {node.attrib[f"{OOR}name"]: node for node in nodes.findall("node")}


def test_same_registry_same_bytes(tmp_path: Path) -> None:
    first, second = build_extension(tmp_path / "one.oxt"), build_extension(tmp_path)
    assert second.name == "kam_xl.oxt"
    assert first.read_bytes() == second.read_bytes()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["kam_xl.oxt", "one.oxt"]


def test_extension_holds_its_parts(tmp_path: Path) -> None:
    with zipfile.ZipFile(build_extension(tmp_path)) as archive:
        assert archive.namelist() == list(PARTS)
        assert archive.testzip() is None
    listed = re.findall(r'full-path="(.*?)"', PARTS["META-INF/manifest.xml"])
    assert set(listed) <= set(PARTS)
    assert 'uri="kam_xl_addin.py"' in PARTS["kam_xl.components"]


def test_version_and_oldest_office_are_stated() -> None:
    description = PARTS["description.xml"]
    assert f'<version value="{kam_xl.__version__}"/>' in description
    assert '<l:LibreOffice-minimal-version value="24.8"' in description


@pytest.mark.parametrize("name", [name for name in PARTS if not name.endswith((".py", ".idl"))])
def test_xml_is_well_formed(name: str) -> None:
    ElementTree.fromstring(PARTS[name].encode())


@pytest.mark.parametrize("name", [name for name in PARTS if name.endswith(".py")])
def test_python_compiles(name: str) -> None:
    compile(PARTS[name], name, "exec")


def test_python_that_answers_is_written_in() -> None:
    assert "Service('/usr/bin/a python', " in PARTS["kam_xl_addin.py"]
    assert f"Service({sys.executable!r}, " in extension.parts()["kam_xl_addin.py"]


def test_interface_has_a_method_per_function() -> None:
    found = {name: (kind, parameters) for kind, name, parameters in METHOD.findall(PARTS["kam_xl.idl"])}
    assert len(found) == len(FUNCTIONS)
    for function in FUNCTIONS.values():
        kind, parameters = found[extension.method_name(function)]
        wanted = {"scalar": "any"}.get(
            function.result, f"sequence< sequence< {'string' if function.text else 'any'} > >"
        )
        assert kind == wanted
        assert parameters.count("[in] any ") == len(function.args)
        assert "_" not in parameters  # illegal in UNO's identifiers


def test_help_names_every_function_and_argument() -> None:
    tree = ElementTree.fromstring(PARTS["CalcAddIns.xcu"].encode())
    methods = named(tree[0][0][0])
    assert len(methods) == len(FUNCTIONS)
    for function in FUNCTIONS.values():
        node = methods[extension.method_name(function)]
        assert texts(node) == {
            "DisplayName": function.name,
            "CompatibilityName": function.name,
            "Description": function.help,
            "Category": "Add-In",
        }
        shown = {name: texts(argument) for name, argument in named(named(node)["Parameters"]).items()}
        assert shown == {
            extension.parameter_name(argument.name): {"DisplayName": argument.name, "Description": argument.help}
            for argument in function.args
        }


def test_names_stay_legal_and_help_is_escaped() -> None:
    argument = Argument("any", "text", 'Below "<" & above')
    function = Function("KAM_A_B2", "Other", "Less < more", (argument,), "scalar", len)
    assert "any kamAB2([in] any argAny);" in extension.idl([function])
    assert 'Below "&lt;" &amp; above' in extension.help_texts([function])


def test_range_that_sets_the_rows_is_the_first_one() -> None:
    number, column = Argument("cut", "number", ""), Argument("values", "column", "")
    function = Function("KAM_X", "Other", "", (number, column), "table", len, ("one", "two"))
    assert extension.shape(function) == {
        "name": "KAM_X", "result": "table", "text": False, "width": 2, "range": 1,
    }  # fmt: skip
