"""The team of the sample, read and changed by a person in LibreOffice."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

SAMPLE = Path(__file__).parents[3] / "templates" / "standard" / "sample"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return made(load_template("standard").sample(), tmp_path_factory.mktemp("team"))


def made(tables, folder):
    settings = load_template("standard").settings.model_copy(update={"sheets": ["Team"]})
    return build(settings, tables, "addin").write(folder / "team.xlsx")


@pytest.fixture
def book(office, path):
    with office.open(path) as book:
        book.recalculate()
        yield book


def title(book):
    return book.read("Team", "B1")[0][0]


def matrix(book):
    """Task, eight roles, check, of the rows in use."""
    return [row for row in book.read("Team", "B6:K19") if row[0] != ""]


def covered(book):
    """Class, manager, sponsor, sales and customer success by account."""
    return {row[0]: row[1:] for row in book.read("Team", "M6:R19") if row[0] != ""}


def rules(book):
    return [row[0] for row in book.read("Team", "I23:I27")]


def so_what(book):
    return [row[0] for row in book.read("Team", "I30:I32")]


def load(book):
    """Rows of the chart."""
    rows = book.read("calc_charts")
    start = next(i for i, row in enumerate(rows) if row[0] == "Load per key account manager") + 2
    return [row[:3] for row in rows[start : start + 8]]


def problems(book, sheet):
    return [row[3] for row in book.read("Checks", "A6:D40") if row[2] == sheet]


def mrr_by_owner():
    """MRR of December 2025, by hand from the files of the sample."""
    with open(SAMPLE / "accounts.csv", encoding="utf-8") as file:
        owner = {row["Account"]: row["Owner"] for row in csv.DictReader(file)}
    out: dict[str, float] = {}
    with open(SAMPLE / "mrr.csv", encoding="utf-8") as file:
        for month, account, *plans in list(csv.reader(file))[1:]:
            if month.startswith("2025-12"):
                out[owner[account]] = out.get(owner[account], 0) + sum(float(p) for p in plans if p)
    return out


def test_the_sample_is_shared_out_right_but_one_carries_too_much(book):
    assert title(book) == "Every task has one accountable role; I. Brandl carries 52% of MRR"
    rows = matrix(book)
    assert len(rows) == 11 and {row[9] for row in rows} == {"✓ 1"}
    assert rows[0] == ["Account plan and targets", "A/R", "C", "C", "R", "C", "I", "C", "I", "✓ 1"]
    by_hand = mrr_by_owner()
    assert by_hand["I. Brandl"] / sum(by_hand.values()) == pytest.approx(0.52, abs=0.005)
    bars = load(book)
    assert [row[0].split(" (")[0] for row in bars[:3]] == sorted(by_hand, key=by_hand.get, reverse=True)
    assert [row[1] + row[2] for row in bars[:3]] == pytest.approx(sorted(by_hand.values(), reverse=True))
    assert [line[0] for line in rules(book)] == ["✓", "✗", "✗", "✓", "✓"]
    assert rules(book)[2].endswith("except Lakefell Children's Hospital, Vitalune Clinics.")
    assert so_what(book)[1] == "2  Hand an account over from I. Brandl (52%) to M. Osei (13%)."
    accounts = covered(book)
    assert next(iter(accounts)) == "Aurelia University Hospital"
    assert accounts["Lakefell Children's Hospital"] == ["A", "K. Lindt", "✗ missing", "J. Moreau", "R. Silva"]
    assert accounts["Polarys Diagnostics"][2] == "○ missing"


def test_letters_are_shown_in_one_way_and_judged(book):
    book.write("RACI", "C9", [["r, a", "a", "c-i", "", "", "", "", "x"]])
    book.write("RACI", "B10", [["Executive relationship", "R", None, "I"]])
    first, second = matrix(book)[:2]
    assert first[1:9] == ["A/R", "A", "C/I", "", "", "", "", "x ?"]
    assert (first[9], second[9]) == ("✗ unknown letter", "✗ 0 accountable")
    assert title(book).startswith("2 tasks are not shared out right; ")
    assert rules(book)[0].startswith(
        "✗ One A, and somebody responsible, in every task, except Account plan and targets ("
    )
    assert problems(book, "RACI") == [
        "B9 has more than one A: keep the A of one role. B9 has a letter that is none of R, A, C, I: mend it. ",
        "B10 has nobody accountable: give one role an A. ",
    ]


def test_who_sells_to_their_own_account_is_named(book):
    book.write("Coverage", "D9", [["I. Brandl"]])
    assert problems(book, "Coverage") == [
        "D9 is the key account manager: name somebody else: the two roles are kept apart. "
    ]
    assert covered(book)["Aurelia University Hospital"][3] == "✗ I. Brandl"
    assert rules(book)[3] == "✗ Key account manager and sales are two people, except on Aurelia University Hospital."


def test_sponsors_for_all_and_a_shared_load_keep_every_rule(book):
    book.write("Coverage", "C14", [["P. Amato"]] * 2)
    book.write("Accounts", "E10", [["M. Osei"]])  # Northmere leaves I. Brandl
    assert title(book) == "Every task has one accountable role; every class A account has a sponsor"
    assert [line[0] for line in rules(book)] == ["✓"] * 5
    assert so_what(book)[1] == "2  The load is shared: nobody has to hand over an account."


def test_accounts_of_nobody_and_many_managers(book):
    book.write("Accounts", "E9", [[None], *[[f"Manager {k}"] for k in range(13)]])
    bars = load(book)
    assert bars[0][0].startswith("○ no owner (1) ")
    assert bars[7][0].startswith("7 others (7) ")
    assert sum(v for row in bars for v in row[1:] if isinstance(v, float)) == pytest.approx(
        sum(mrr_by_owner().values())
    )
    assert rules(book)[4] == "✗ Every account has a key account manager, except Aurelia University Hospital."
    assert covered(book)["Aurelia University Hospital"][1] == "✗ missing"


@pytest.mark.parametrize("sheet", ["RACI", "Coverage", "Accounts"])
@pytest.mark.parametrize("what", ["delete rows", "insert rows"])
def test_rows_may_come_and_go(book, sheet, what):
    book.restructure(sheet, "A10:A10", what)
    shown = [v for row in book.read("Team") for v in row if isinstance(v, str)]
    assert not [v for v in shown if v.startswith(("#", "Err:"))]
    gone = what == "delete rows"
    assert len(matrix(book)) == (10 if gone and sheet == "RACI" else 11)
    assert len(covered(book)) == (13 if gone and sheet == "Accounts" else 14)


def test_nothing_typed_says_where_to_type(office, tmp_path):
    with office.open(made(Tables.empty(["2025"]), tmp_path)) as book:
        book.recalculate()
        assert title(book) == "No team yet: type it on RACI, Accounts and Coverage"
        assert rules(book)[0] == "– No tasks yet: type them on RACI."
        assert matrix(book) == [] and covered(book) == {}
        book.write("Accounts", "B9", [["Solo"]])
        assert title(book) == "No tasks on RACI yet; the load is shared"
        assert covered(book) == {"Solo": ["", "✗ missing", "○ missing", "○ missing", "○ missing"]}
