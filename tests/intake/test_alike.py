"""Names that Excel may take for one: kept apart and named, wherever they come from."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import openpyxl
import pytest
from books.compare import differences
from books.fixtures import core_settings
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.content.settings import Template
from kam_xl.content.tables import Tables
from kam_xl.intake.alike import EXAMPLES, doubtful, folded, pairs_in, same
from kam_xl.intake.importer import read_data
from kam_xl.intake.names import key_of, tidy
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.checking import problems_of

KEPT_APART = "Names kept apart that may be one to Excel; write them alike or tell them apart by more: "
ALPHABET = st.sampled_from(
    [*"abzAZ 0.-", *"ßẞæÆœŒþÞıİςσéÉ²ﬁＡａｶ", *"\u00ad\u200b\u200c\u200d\u2060\u200e\ufeff\u00a0\u0301\u034f\ufe0f"]
)
NAMES = st.text(ALPHABET, min_size=1, max_size=8)


@pytest.mark.parametrize(("one", "other"), EXAMPLES, ids=ascii)
def test_an_import_keeps_a_pair_apart_and_names_it(tmp_path: Path, one: str, other: str) -> None:
    file = tmp_path / "in.csv"
    file.write_text(f"Account,2025\n{one},1\n{other},2\n{one.upper() if one.isascii() else one},4\n", encoding="utf-8")
    tables = read_data(file, Template())
    if key_of(one) == key_of(other):  # other blanks, forms of letters, signs that cannot be seen: one account
        assert tables.revenue == [(tidy(one), [7])]
        assert any(remark.startswith("Written with other blanks") for remark in tables.remarks)
        return
    assert tables.revenue == [(one, [5]), (other, [2])]
    assert any(remark.startswith(KEPT_APART) for remark in tables.remarks)


@pytest.mark.parametrize("name", ["Aurelia", "AURELIA", "Müller", "e", "Café", "Anna-Lena", "O'Neil", "Straße"])
def test_names_that_differ_in_their_letters_are_no_pair(name: str) -> None:
    others = ["aurelia", "Muller", "é", "Cafe", "Annalena", "ONeil", "Strase", "Strasze"]
    assert list(doubtful([*others, name])) == []


def test_a_pair_is_told_once_and_invisible_characters_can_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    rows = "".join(f"{name},1\n" for name in ("Auf\u200ctrag", "Auftrag", "AUFTRAG", "ﬁxum", "fixum", "Bonn"))
    file.write_text("Account,2025\n" + rows, encoding="utf-8")
    (remark,) = (remark for remark in read_data(file, Template()).remarks if remark.startswith(KEPT_APART))
    assert remark == KEPT_APART + "“Auf⟨200C⟩trag” / “Auftrag”, “ﬁxum” / “fixum”."


@given(NAMES, NAMES)
def test_a_pair_is_what_one_of_the_known_ways_makes_equal(one: str, other: str) -> None:
    told = bool(list(doubtful([one, other])))
    assert told == bool(list(doubtful([other, one])))
    assert not (told and same(one, other))
    for way in (str.casefold, lambda text: unicodedata.normalize("NFC", text), lambda text: text.replace("\xad", "")):
        if way(one) == way(other):
            assert told or same(one, other)


@given(NAMES)
def test_folding_twice_changes_nothing_and_case_never_matters(name: str) -> None:
    assert folded(folded(name)) == folded(name) == folded(name.lower()) == folded(name.upper())


def test_names_are_compared_across_sheets_and_people_within_their_account() -> None:
    tables = Tables(
        accounts=[{"account": "Straße", "owner": "Groß"}, {"account": "B", "owner": "Gross", "sector": "ﬁnance"}],
        years=["2025"],
        revenue=[("Strasse", [1])],
        mrr=[(None, "STRASSE", [1])],
        records={
            "costs": [{"account": "stra\u00adsse"}],
            "stakeholders": [
                {"account": "B", "name": "Zoë"},
                {"account": "Straße", "name": "Zoe\u0308"},
                {"account": "B", "reports_to": "Zoe\u0308", "notes": "Groß"},
            ],
            "coverage": [{"account": "B", "sales": "GROß"}],
        },
    )
    template = Template(sectors=["Finance"])
    assert [(*pair[:2], *pair.place) for pair in pairs_in(tables, template)] == [
        ("Finance", "ﬁnance", "tblAccounts", 1, "Sector"),
        ("Groß", "Gross", "tblAccounts", 1, "Owner"),
        ("Straße", "Strasse", "tblRevenue", 0, "Account"),
        ("Straße", "stra\u00adsse", "tblCosts", 0, "Account"),
        ("Zoë", "Zoe\u0308", "tblStakeholders", 2, "Reports to"),
    ]


def test_check_names_the_cell_of_every_pair(tmp_path: Path) -> None:
    names = [name for pair in EXAMPLES for name in pair]
    names = list({name.lower(): name for name in names}.values())
    settings = load_template("standard").settings.model_copy(update={"sheets": ["Scoring"], "plan_account": ""})
    path = build(settings, Tables([{"account": name} for name in names], ["2025"])).write(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book["Revenue"]["B9"] = "AUF TRAG"
    book["Revenue"]["B10"] = "auf\u2007trag"  # a figure space
    book.save(path)
    found = [finding for finding in problems_of(path) if "to Excel" in finding.problem]
    assert len(found) == len(EXAMPLES) + 1
    assert found[0] == (
        "Accounts",
        "B10",
        "“Strasse” may be the same as “Straße” to Excel",
        "write both alike, or tell them apart by more than that",
    )
    assert (found[-1].sheet, found[-1].cell) == ("Revenue", "B10")


def test_our_formulas_take_no_pair_for_one_in_calc_either(tmp_path: Path, office) -> None:
    """But for three that Calc itself takes for one: ﬁ and fi, ı and i, ς and σ."""
    pairs = [pair for pair in EXAMPLES if not set("ﬁıΣ") & set("".join(pair))]
    accounts = [{"account": one, "owner": other, "sector": one} for one, other in pairs]
    revenue = [(other, [100 + i, i]) for i, (_one, other) in enumerate(pairs)]
    built = build(core_settings(), Tables(accounts, ["2024", "2025"], revenue=revenue), "addin")
    assert sum(problem.problem == "is not on Accounts" for problem in built.problems) == len(pairs)
    path = built.write(tmp_path / "alike.xlsx")
    assert differences(path, office.recalculated(path)) == []
