"""The decision map of the sample, read and changed by a person in LibreOffice."""

from __future__ import annotations

import re
import zipfile

import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

FIRST, CHOICE = 7, "B4"  # first row of the list, the cell that chooses the account


@pytest.fixture
def book(office, sample):
    with office.open(sample) as book:
        book.recalculate()
        yield book


def people(book):
    """Rank, name, role, relation, power, key, action, through: the rows that are in use."""
    rows = book.read("Decision map", f"E{FIRST}:L{FIRST + 15}")
    return [tuple(row) for row in rows if row[0] != ""]


def problems(book):
    return [row[3] for row in book.read("Checks", "A6:D40") if row[2] in ("Stakeholders", "Influences")]


def test_the_neutral_executive_comes_first_and_the_consultancy_can_reach_her(book):
    title = book.read("Decision map", "B1")[0][0]
    assert title == "Aurelia University Hospital: win Dr. Irene Falk first; Kestrel Advisory can reach them"
    first, second, *others = people(book)
    assert first == (
        1,
        "Dr. Irene Falk",
        "Executive Vice President",
        "± neutral",
        5,
        "",
        "win first",
        "Kestrel Advisory (influences)",
    )
    assert second[1:4] == ("Marek Olsen", "CFO", "− opposed")
    assert len(others) == 10
    assert {row[1] for row in others if row[5] == "O"} == {"Hana Petrov", "Sara Lind", "Dr. Amir Sabet"}
    lines = [row[0] for row in book.read("Decision map", "B20:B40") if str(row[0])[:1].isdigit()]
    assert lines[1] == "2  Our friends reach power 3 of 5: friendly, but they cannot commit alone."


def test_another_account_is_drawn_when_it_is_chosen(book):
    book.write("Decision map", CHOICE, [["Northmere Hospital Group"]])
    assert book.read("Decision map", "B1")[0][0].startswith("Northmere Hospital Group: win Sir Alan Pryce first; Grace")
    assert [row[1] for row in people(book)][:3] == ["Sir Alan Pryce", "Owen Tarr", "Halden Health Partners"]
    texts = [row[2] for row in book.read("calc_map_chart", "A4:C63") if row[2]]
    assert len(texts) == 6
    assert texts[0].split("\n") == ["Sir Alan Pryce", "Chief Executive", "± neutral · power 5"]


def test_a_friend_who_is_won_changes_the_colour_the_sign_and_the_advice(book):
    kinds = [row[3] for row in book.read("calc_map_chart", "A4:D15")]
    assert kinds[0] == "neutral" and kinds[11] == "external"
    book.write("Stakeholders", "F9", [["friendly"]])
    assert book.read("calc_map_chart", "D4")[0][0] == "friendly"
    assert book.read("Decision map", "B1")[0][0].startswith("Aurelia University Hospital: win Marek Olsen first")
    assert "A friend has the highest power, 5" in str(book.read("Decision map", "B20:B40"))


def test_loops_strangers_and_repeats_are_named_and_still_drawn(book):
    rows = [
        ["Meridale Bank", "Ann", "CEO", "Bob"],
        ["Meridale Bank", "Bob", "CFO", "Ann"],
        ["Meridale Bank", "Cleo", "COO", "Nobody"],
        ["Meridale Bank", "cleo", "COO", ""],
    ]
    used = [row[1] for row in book.read("Stakeholders", "A9:C60")].index("")
    book.write("Stakeholders", f"B{9 + used}", rows)
    book.write("Influences", "B16", [["Meridale Bank", "Ghost", "Ann"]])
    book.write("Decision map", CHOICE, [["Meridale Bank"]])
    assert len([row for row in book.read("calc_map_chart", "A4:C63") if row[2]]) == 4
    found = " ".join(problems(book))
    assert found.count("closes a loop") == 2
    assert f"E{11 + used} is no name of this account: choose a name of the list, or leave it blank." in found
    assert found.count("stands there twice: use each name once per account") == 2
    assert "C16 is not on Stakeholders" in found
    assert "Ann (loop), Bob (loop), Cleo (unknown manager)" in str(book.read("Decision map", "B20:B40"))


def test_an_unknown_relationship_is_named_on_checks_and_on_the_page(book):
    book.write("Stakeholders", "F9", [["warm"]])
    title = book.read("Decision map", "B1")[0][0]
    assert title.startswith('#KAM! KAM_STAKEHOLDERS: relationship row 1 is "warm"; use "friendly"')
    assert any("F9 is unknown: choose from the list: friendly, neutral, opposed" in text for text in problems(book))


def test_reporting_lines_end_at_the_boxes_of_both_people(book):
    points = book.read("calc_map_chart", "A4:B15")
    lines = book.read("calc_map_chart", "U4:V63")
    marek, irene = points[1], points[0]  # the second person's line is the first one
    edge = {row[0]: row[1] for row in book.read("calc")}["map: half a box, upwards"]
    assert lines[0] == [marek[0], pytest.approx(marek[1] + edge)]
    assert lines[3] == [irene[0], pytest.approx(irene[1] - edge)]
    assert lines[4] == ["#N/A", "#N/A"]


def test_the_chart_stays_far_below_the_series_that_excel_draws(sample):
    with zipfile.ZipFile(sample) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "/charts/chart" in name]
    counts = [len(re.findall("<c:ser>", text)) for text in charts]
    assert max(counts) == 71
    drawn = charts[counts.index(71)]
    assert 'cap="flat"' in drawn and "dispNaAsBlank" in drawn


def test_without_stakeholders_the_page_says_what_to_type():
    template = load_template("standard")
    built = build(template.settings.model_copy(update={"map_account": ""}), Tables.empty(["2025"]), "addin")
    assert built.book.sheets["Decision map"].cells[0, 1] == "No stakeholders yet: type them on Stakeholders"
