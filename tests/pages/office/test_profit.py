"""Profit of the sample, read and changed by a person in LibreOffice; the numbers are worked out by hand."""

from __future__ import annotations

import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

PAGE = {"sheets": ["Profit"]}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    template = load_template("standard")
    settings = template.settings.model_copy(update=PAGE)
    return build(settings, template.sample(), "addin").write(tmp_path_factory.mktemp("profit") / "sample.xlsx")


@pytest.fixture
def book(office, path):
    with office.open(path) as book:
        book.recalculate()
        yield book


def title(book):
    return book.read("Profit", "B1")[0][0]


def accounts(book):
    """Rank, account, profit, margin, cost share, simple, discounted, class, quadrant of the rows in use."""
    return [row for row in book.read("Profit", "H26:P39") if row[0] != ""]


def broken(book):
    signs = ("#", "Err:")
    return [
        v
        for row in book.read("Profit", "B4:P45")
        for v in row
        if isinstance(v, str) and v.startswith(signs) and v != "#"
    ]


def set_rule(book, label, value):
    row = next(i for i, row in enumerate(book.read("Settings"), 1) if row[1] == label)
    book.write("Settings", f"C{row}", [[value]])


def test_the_sample_earns_and_loses(book):
    assert title(book) == "9 accounts earn 110% of the profit; the last 5 give 10% back"
    rows = accounts(book)
    assert len(rows) == 14
    assert rows[0][:3] == [1, "Aurelia University Hospital", 1306 - 496 - 49 - 123 - 24]
    assert rows[0][3] == pytest.approx(614 / 1306) and rows[0][7] == "A1"
    assert rows[-1][1:3] == ["Cedarvale Hospital", 192 - 73 - 46 - 118 - 22]
    assert book.read("Profit", "H22")[0][0].startswith("protect 2 + reprice 5 + maintain 5 + exit 2 = 14 accounts")
    boxes = [v for row in (12, 15, 18, 21) for v in book.read("Profit", f"C{row}:F{row}")[0]]
    assert sum(int(v.split()[0]) for v in boxes if v != "–") == 14
    assert boxes[0] == "3 accounts  ·  +1,217"  # 614 + 434 + 169


def test_a_lower_cost_turns_the_worst_account_around(book):
    book.write("Costs", "F17", [[0]])  # what serving Cedarvale costs
    assert title(book) == "10 accounts earn 106% of the profit; the last 4 give 6% back"
    assert ["Cedarvale Hospital", 51] in [row[1:3] for row in accounts(book)]


def test_lines_of_settings_move_the_quadrants(book):
    set_rule(book, "Profit matrix: revenue line", 400)
    set_rule(book, "Profit matrix: cost line", 120)
    assert book.read("Profit", "H22")[0][0].startswith("protect 2 + reprice 3 + maintain 6 + exit 3 = 14 accounts")
    assert book.read("Profit", "P22")[0][0] == "high: revenue ≥ 400, cost ≥ 120 (Settings)"


def test_lifetime_value_is_that_of_the_textbook(book):
    book.write("Costs", "D9", [[0, 0, 0, 0, 0.75]])
    book.write("Revenue", "H9", [[5241.6]])
    first = accounts(book)[0]
    assert first[6] == pytest.approx(11232)
    assert first[5] == pytest.approx(5241.6 * 3)
    set_rule(book, "Lifetime value: years", 2)
    assert accounts(book)[0][5] == pytest.approx(5241.6 * (0.75 + 0.5625))


def test_the_year_of_the_revenue_basis_counts(book):
    set_rule(book, "Revenue basis", "2024")
    assert book.read("Profit", "B2")[0][0].startswith("Profit  ·  revenue and costs 2024")
    assert accounts(book)[0][2] == 985 - 496 - 49 - 123 - 24


def test_text_among_the_costs_is_named_and_nothing_is_claimed(book):
    book.write("Costs", "D9", [["n/a"]])
    assert title(book).startswith('#KAM! KAM_PROFIT: direct_cost row 1 is text ("n/a")')
    assert accounts(book) == [] and broken(book) == []


def test_deleted_and_blank_rows_break_nothing(book):
    book.restructure("Costs", "A10:A10", "delete rows")
    assert len(accounts(book)) == 13 and broken(book) == []
    book.write("Costs", "D9", [[None, None, None, None]])  # no costs of Aurelia: no profit of it either
    assert len(accounts(book)) == 12
    assert "1 account has no cost yet" in str(book.read("Profit", "B41:B48"))


@pytest.mark.parametrize("kind", ["empty", "losses"])
def test_nothing_to_show_is_said(office, tmp_path, kind):
    tables = Tables.empty(["2025"])
    if kind == "losses":
        tables = Tables(years=["2025"], accounts=[{"account": "Ash"}], revenue=[("Ash", [10])])
        tables.records = {"costs": [{"account": "Ash", "direct": 30}]}
    file = build(load_template("standard").settings.model_copy(update=PAGE), tables, "addin").write(tmp_path / "a.xlsx")
    with office.open(file) as book:
        book.recalculate()
        said = {
            "empty": "No profit yet: type costs on Costs and revenue on Revenue",
            "losses": "The accounts lose money together: 1 of 1 cost more than they bring",
        }
        assert title(book) == said[kind] and broken(book) == []
