"""README says what is true."""

from __future__ import annotations

import re
from pathlib import Path

from kam_xl.functions import FUNCTIONS, KAM_ABC, KAM_GRR

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_the_table_of_functions_is_the_registry():
    table = README.split("<!-- functions -->")[1].split("<!-- /functions -->")[0]
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \|$", table, re.M)
    assert rows == [(f.signature, f.help) for f in FUNCTIONS.values()]


def test_pictures_exist():
    for picture in set(re.findall(r"\]\((docs/[^)]+)\)", README)):
        assert (Path(__file__).parents[2] / picture).is_file()


def test_the_examples_say_what_they_give():
    assert KAM_ABC([[85], [15]]) == [["A"], ["B"]]
    assert KAM_GRR([[100], [50]], [[94], [60]]) == 0.96


def test_every_test_that_the_table_of_security_names_is_there():
    root = Path(__file__).parents[2]
    named = set(re.findall(r"`(tests/[^`]+)`", (root / "docs" / "security.md").read_text(encoding="utf-8")))
    assert len(named) > 8
    assert [name for name in sorted(named) if not (root / name).is_file()] == []
