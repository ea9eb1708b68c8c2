"""Charter: texts typed, points answered, rules changed on Settings; the page follows."""

from __future__ import annotations

import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

PAGE = "Charter"
ERRORS = ("#REF", "#N/A", "#VALUE", "#NAME", "#DIV", "#NUM", "#KAM", "Err:")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder, template = tmp_path_factory.mktemp("charter"), load_template("standard")
    own = template.settings.model_copy(update={"sheets": [PAGE]})
    return {
        name: build(own, tables, "addin").write(folder / f"{name}.xlsx")
        for name, tables in (("sample", template.sample()), ("empty", Tables.empty(["2025"])))
    }


@pytest.fixture
def charter(office, files):
    with office.open(files["sample"]) as book:
        book.recalculate()
        yield book


def at(book, address):
    return book.read(PAGE, address)[0][0]


def errors(book):
    shown = {v for row in book.read(PAGE) for v in row if isinstance(v, str)}
    return sorted(v for v in shown if v.startswith(ERRORS))


def setting(book, label, value):
    row = next(i for i, row in enumerate(book.read("Settings"), 1) if label in row[1:2])
    book.write("Settings", f"C{row}", [[value]])


def test_the_sample_is_not_ready_and_says_what_is_missing(charter):
    assert at(charter, "B1") == "Ready in 2 of 5 points; missing: Pay follows retention, not only new business"
    assert (at(charter, "B5"), at(charter, "B6")) == ("2 of 5", "Not yet ready")
    answers = [row[0] for row in charter.read(PAGE, "K10:K16")]
    assert answers == ["◐ partly", "✓ yes", "✓ yes", "◐ partly", "✗ no", "", ""]
    assert at(charter, "B33").endswith("Pay follows retention, not only new business (P. Amato); then 2 more points.")
    # 6 of 14 accounts are below 60; they carry 105 of 479
    assert at(charter, "J5") == pytest.approx(8 / 14) and at(charter, "K6") == "22% of all MRR"


def test_answers_change_the_verdict(charter):
    charter.write("Charter texts", "D17", [["yes"]])  # pay follows retention
    assert at(charter, "B1") == "Ready in 3 of 5 points; only partly: Sponsors are named for every key account"
    assert at(charter, "B6") == "Nearly ready"
    charter.write("Charter texts", "D13", [["yes"]])
    charter.write("Charter texts", "D16", [["yes"]])
    assert (at(charter, "B1"), at(charter, "B6")) == ("Ready in 5 of 5 points", "Ready")
    assert at(charter, "B33").startswith("1  Ready: every point is answered yes")
    charter.write("Charter texts", "D13", [[None]])
    assert at(charter, "K10") == "✗ open" and "answer yes, partly or no" in charter.read("Charter texts", "G13")[0][0]


def test_rules_of_settings_are_the_ones_shown(charter):
    assert at(charter, "C21").startswith("► 24 months")
    setting(charter, "Investment horizon", 36)
    assert at(charter, "F20").startswith("► 36 months") and at(charter, "C21").startswith("24 months")
    setting(charter, "Investment horizon", 18)
    assert at(charter, "H19") == "choose 12, 24 or 36 months on Settings"
    setting(charter, "Selection: key accounts", 7)
    setting(charter, "Selection: least score", 6.5)
    assert at(charter, "E15") == "Scores are weighed; the highest are key accounts: at most 7, a score of 6.5 or more."
    assert at(charter, "B34").startswith("2  Start small: at most 7 of 14 accounts (50%)")
    setting(charter, "Class A up to", 0.7)
    assert at(charter, "E16") == "Classes: A to 70% of revenue, B to 95%, C the rest."
    setting(charter, "Selection: score", "sum")
    assert [row[0] for row in charter.read(PAGE, "H10:H14")] == pytest.approx([0.2] * 5)
    setting(charter, "At risk: threshold", 0)
    assert at(charter, "B35") == "3  Nobody is at risk: use the weekly review for growth."
    assert errors(charter) == []


def test_reviews_follow_and_what_does_not_fit_is_counted(charter):
    assert [row[0] for row in charter.read(PAGE, "B27:B28")] == [
        "At-risk queue: whom to call, what was promised", "Onboarding: steps that wait",
    ]  # fmt: skip
    charter.write("Charter texts", "B30", [["Weekly", f"Point {i}", None, "Me"] for i in range(4)])
    assert at(charter, "C26") == "the first 4 of 6" and at(charter, "B29") == "Point 0" and at(charter, "C29") == "Me"
    charter.restructure("Charter texts", "A9:A9", "delete rows")
    charter.restructure("Charter texts", "A12:A12", "insert rows")
    assert at(charter, "B10") == "One team, one plan and one sponsor for each of them." and errors(charter) == []


def test_an_empty_workbook_says_what_to_type(office, files):
    with office.open(files["empty"]) as book:
        book.recalculate()
        assert at(book, "B1") == "No charter yet: type it on Charter texts"
        assert at(book, "B5") == "–" and at(book, "J20") == "No MRR yet: type it on MRR" and errors(book) == []
        book.write("Charter texts", "B9", [["Readiness", "One point", "partly", ""]])
        assert at(book, "B1") == "Ready in 0 of 1 point; only partly: One point" and errors(book) == []
