"""The figure that says who is at risk can be swapped in Settings: typed by a person in LibreOffice."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def book(office, sample):
    with office.open(sample) as book:
        book.recalculate()
        yield book


def choose(book, figure, threshold, direction="below"):
    rows = {row[1]: i + 1 for i, row in enumerate(book.read("Settings"))}
    for label, value in (("figure", figure), ("threshold", threshold), ("direction", direction)):
        book.write("Settings", f"C{rows[f'At risk: {label}']}", [[value]])


def queue(book):
    """Accounts and figures of the queue, the rule that is printed, and the heading of the column."""
    rows = [(row[0], row[2]) for row in book.read("At risk", "C24:E43") if row[0]]
    return dict(rows), book.read("At risk", "A2:M2")[0][-1], book.read("At risk", "E23")[0][0]


@pytest.mark.parametrize(
    ("figure", "threshold", "direction", "expected"),
    [  # days from the dates of the sample to 31 December 2025, counted by hand
        ("Days since contact", 40, "above", {
            "Lakefell Children's Hospital": 41, "Vitalune Clinics": 63, "Cedarvale Hospital": 90,
            "Brindlewater Medical": 57,
        }),
        ("Days to renewal", 91, "below", {
            "St. Corwen Hospital": 90, "Cedarvale Hospital": 59, "Brindlewater Medical": 31,
        }),
        ("Seats", 211, "below", {
            "Alder & Finch Bank": 160, "Brindlewater Medical": 210, "Polarys Diagnostics": 120,
        }),
        ("Satisfaction", 2.4, "below", {"Cedarvale Hospital": 2.2}),
    ],
)  # fmt: skip
def test_the_queue_follows_the_figure_and_prints_the_rule(book, figure, threshold, direction, expected):
    choose(book, figure, threshold, direction)
    found, rule, heading = queue(book)
    assert found == expected
    assert rule.endswith(f"at risk: {figure} {direction} {threshold}")
    assert heading == figure


def test_a_column_that_the_user_renames_can_be_the_figure(book):
    book.write("Accounts", "Q8", [["Open tickets"]])
    choose(book, "Open tickets", 3000, "above")
    assert queue(book)[0] == {"Aurelia University Hospital": 4200, "Northmere Hospital Group": 3600}
    choose(book, "Seats", 3000, "above")
    checks = [row[3] for row in book.read("Checks", "A6:D20") if row[2] == "Settings"]
    assert any("is no column of Accounts: type one of its headings, or Health" in text for text in checks)


@pytest.mark.parametrize(
    ("label", "value", "problem"),
    [
        ("Lifetime value: discount", "ten", "is no number: type a number from 0 to 10"),
        ("Lifetime value: years", -1, "is out of range: type a number or clear it"),
        ("Profit matrix: cost line", "high", "is no number: type a number or clear it"),
        ("Investment horizon", 18, "is no horizon: type 12, 24 or 36"),
        ("Selection: key accounts", 0, "is out of range: type a number from 1 to 1000"),
    ],
)
def test_a_wrong_rule_of_a_page_is_named_with_its_cell(book, label, value, problem):
    rows = {row[1]: i + 1 for i, row in enumerate(book.read("Settings"))}
    before = book.read("Settings", f"C{rows[label]}")[0][0]
    book.write("Settings", f"C{rows[label]}", [[value]])
    texts = [row[3] for row in book.read("Checks", "A6:D20") if row[2] == "Settings"]
    assert any(f"C{rows[label]} {problem}" in text for text in texts)
    book.write("Settings", f"C{rows[label]}", [[before if before != "" else None]])


def test_a_figure_that_nobody_has_is_not_called_safe(book):
    choose(book, "Nonsense", 60)
    assert book.read("Dashboard", "B1")[0][0].endswith("; what is at risk is unknown")
    said = [row[0] for row in book.read("Dashboard", "B9:B12")]
    assert said[0] == "1  What is at risk is unknown: no account has a figure for Nonsense."
    assert said[1] == "2  Type Nonsense on Accounts to see whom to call."
    assert book.read("At risk", "B1")[0][0] == "Who is at risk is unknown: no account has a figure for Nonsense"
    choose(book, "Engagement", 60)
    assert "22% of it is at risk" in book.read("Dashboard", "B1")[0][0]
    assert "Engagement below 60" in str(book.read("Dashboard", "A2:P2"))


def test_a_stranger_on_scores_is_named(book):
    book.write("Scores", "B30", [["Ghost AG"]])
    texts = [row[3] for row in book.read("Checks", "A6:D20") if row[2] == "Scores"]
    assert texts == ["B30 is not on Accounts: add the account there or mend the name. "]
    book.write("Scores", "B30", [[None]])
