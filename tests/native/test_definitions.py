"""The library of definitions: it matches the registry, keeps Excel's limits, and hands out what it should."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kam_xl.functions import FUNCTIONS
from kam_xl.hosts.native import library
from kam_xl.hosts.native.library import IMPOSSIBLE, Definition, definition, definitions, needed_by
from kam_xl.hosts.native.tokens import LintError, cut

ALL = definitions()
NAMES = [each.name for each in ALL]
PUBLIC = [each for each in ALL if not each.hidden]


def test_every_function_of_the_registry_is_a_name_or_has_a_reason_why_not() -> None:
    assert {each.name for each in PUBLIC} | set(IMPOSSIBLE) == set(FUNCTIONS)
    assert not {each.name for each in PUBLIC} & set(IMPOSSIBLE)
    assert all(IMPOSSIBLE.values())


@pytest.mark.parametrize("found", PUBLIC, ids=lambda each: each.name)
def test_arguments_and_help_are_those_of_the_registry(found: Definition) -> None:
    function = FUNCTIONS[found.name]
    assert found.parameters == tuple((arg.name, arg.optional) for arg in function.args)
    assert found.signature == function.signature
    assert found.comment == function.help[:255]


@pytest.mark.parametrize("found", ALL, ids=NAMES)
def test_definition_keeps_the_limits_of_excel(found: Definition) -> None:
    assert len(found.stored) < 2000
    assert 0 < len(found.comment) <= 255
    assert "\n" not in found.comment
    assert found.hidden == found.name.startswith("KAM_X_")
    assert not [token for token in cut(found.stored) if token.kind in ("space", "other", "bracket")]
    assert all(len(token.text) <= 257 for token in cut(found.stored) if token.kind == "text")


def test_definitions_are_in_the_order_in_which_they_need_each_other() -> None:
    for place, found in enumerate(ALL):
        assert set(found.needs) <= set(NAMES[:place]), found.name
    assert [each.hidden for each in ALL] == sorted((each.hidden for each in ALL), reverse=True)


def test_no_helper_is_left_over() -> None:
    assert {each.name for each in needed_by(FUNCTIONS)} == set(NAMES)


def test_needed_by_gives_a_function_and_all_that_it_calls_and_no_more() -> None:
    found = needed_by(["KAM_HHI"])
    names = {each.name for each in found}
    assert found[-1].name == "KAM_HHI"
    assert {"KAM_X_SUMS", "KAM_X_LINE", "KAM_X_QUOTE"} <= names
    assert all(set(each.needs) <= names for each in found)
    assert len(found) < 20
    assert needed_by([]) == []


def test_an_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        definition("KAM_NOTHING")


def test_the_module_can_be_read_back_definition_by_definition() -> None:
    text = library.module_text()
    assert text.count("/**") == len(ALL)
    for found in ALL:
        assert f"/** {found.comment} */\n{found.name} = {found.text};\n" in text
    parts = [f"/** {part}" for part in text.split("/** ")[1:]]
    assert library.build({f"{name}.txt": part for name, part in zip(NAMES, parts, strict=True)}) == {
        each.name: each for each in ALL
    }


def test_explain_shows_the_definition_and_names_its_helpers() -> None:
    text = library.explain("KAM_RANK")
    assert text.startswith("KAM_RANK(values, [ascending])\nRank of each number")
    assert definition("KAM_RANK").text in text
    assert all(f"  {each.signature}\n" in text for each in needed_by(["KAM_RANK"]) if each.hidden)


def test_the_library_loads_neither_numpy_nor_a_writer_of_workbooks() -> None:
    code = (
        "import sys; from kam_xl.hosts.native.library import definitions; definitions();"
        "sys.exit(bool({'numpy', 'xlsxwriter', 'openpyxl', 'kam_xl.functions'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("KAM_Z.txt", "KAM_Z = LAMBDA(x, x);", "KAM_Z.txt: it must read /** comment */ NAME = LAMBDA(...);"),
        ("KAM_Z.txt", "/** Z */\nKAM_Y = LAMBDA(x, x);", "KAM_Z.txt: it defines KAM_Y; call the file KAM_Y.txt"),
        ("KAM_Z.txt", f"/** {'z' * 256} */\nKAM_Z = LAMBDA(x, x);", "the comment has 256 characters; 255 is the most"),
        ("KAM_Z.txt", "/** Z */\nKAM_Z = LAMBDA(x,\n  KAM_Z(x));", "KAM_Z: it calls itself by way of KAM_Z"),
        ("KAM_Z.txt", "/** Z */\nKAM_Z = LAMBDA(x,\n  NOPE(x));", "KAM_Z.txt line 3: NOPE is no function"),
    ],
)
def test_a_faulty_file_is_named(file: str, text: str, message: str) -> None:
    with pytest.raises(LintError, match=message.replace("*", r"\*").replace("(", r"\(").replace(")", r"\)")):
        library.build({file: text})
