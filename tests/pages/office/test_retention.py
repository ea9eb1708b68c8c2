"""Retention in LibreOffice: typed MRR against numbers worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_xl.content.tables import Tables
from kam_xl.formulas.formula import serial
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

TABLE, BELOW = 19, 32  # rows of the roll-forward's headings and of the headings under it
START, END = dt.date(2024, 12, 1), dt.date(2025, 12, 1)


def made(folder, mrr, names="ABCDEFGH"):
    template = load_template("standard").settings.model_copy(update={"sheets": ["Retention"], "company": ""})
    tables = Tables(accounts=[{"account": n} for n in names], years=["2025"], mrr=mrr)
    return build(template, tables, "addin").write(folder / "retention.xlsx", force=True)


def pairs(**amounts):
    """Ledger rows: MRR of accounts a year ago and now; None is no row."""
    months = [(START, 0), (END, 1)]
    return [(day, name, [both[i]]) for day, i in months for name, both in amounts.items() if both[i] is not None]


@pytest.fixture(scope="module")
def ledger(office, tmp_path_factory):
    """An open workbook whose ledger the tests type over."""
    path = made(tmp_path_factory.mktemp("retention"), pairs(A=(100, 100)))
    with office.open(path) as book:
        yield book


def typed(book, rows):
    """Replace the ledger: month, account, amount per plan."""
    table = [[serial(day), name, *values, *[None] * (5 - len(values))] for day, name, values in rows]
    book.write("MRR", "B9", [*table, *[[None] * 7 for _row in range(24 - len(table))]])


def cards(book):
    row = book.read("Retention", "B5:O5")[0]
    return dict(
        zip(
            ("nrr", "grr", "churn", "arpa", "quick", "net", "paying"),
            (row[i] for i in (0, 1, 3, 5, 7, 9, 11)),
            strict=True,
        )
    )


def bridge(book):
    rows = book.read("calc_charts")
    top = next(i for i, row in enumerate(rows) if row[0] == "Retention bridge") + 2
    return {row[0]: [v for v in row[1:5] if isinstance(v, float)] for row in rows[top : top + 7]}


def clean(book):
    shown = {v for row in book.read("Retention") for v in row if isinstance(v, str)}
    return not [v for v in shown if v.startswith(("#", "Err:"))]


def test_gross_retention_is_86_per_cent(ledger):
    typed(ledger, pairs(A=(86, 90), B=(6, None), C=(8, 0)))
    found = cards(ledger)
    assert found["grr"] == pytest.approx(0.86) and found["churn"] == pytest.approx(0.14)
    assert found["nrr"] == pytest.approx(0.90)
    assert found["quick"] == pytest.approx(4 / 14)
    assert ledger.read("Retention", "B1")[0][0] == "NRR 90%, GRR 86%: 14 k€ lost, only 4 gained by expansion"
    assert [row[0] for row in ledger.read("Retention", "K37:K40")] == ["C", "B", "", ""]
    assert [row[0] for row in ledger.read("Retention", "M37:M38")] == ["○ churned", "○ churned"]


def test_net_retention_is_105_per_cent_and_new_accounts_do_not_count(ledger):
    typed(ledger, pairs(A=(100, 120), B=(60, 54), C=(40, 36), D=(None, 99)))
    found = cards(ledger)
    assert found["nrr"] == pytest.approx(1.05)
    assert found["grr"] == pytest.approx(0.95)
    assert found["net"] == pytest.approx(109)
    assert found["arpa"] == pytest.approx(309 / 4)
    assert "(1)" in next(name for name in bridge(ledger) if name.startswith("New"))


def test_quick_ratio_is_2_6_and_the_bridge_adds_up(ledger):
    # 50 + 8 new + 4 expansion + 1 reactivated - 2 contraction - 3 churned = 58
    earlier = [(dt.date(2024, 11, 1), "E", [1])]
    moved = pairs(A=(30, 34), B=(17, 15), C=(3, None), D=(None, 8), E=(None, 1))
    typed(ledger, [*earlier, *moved])
    found = cards(ledger)
    assert found["quick"] == pytest.approx(13 / 5) and found["paying"] == 4
    assert found["net"] == pytest.approx(8)
    drawn = bridge(ledger)
    assert drawn == {
        "Dec 2024 (3)": [50],
        "New (1)": [50, 8],
        "Reactivated (1)": [58, 1],
        "Expansion (1)": [59, 4],
        "Contraction (1)": [61, 2],
        "Churned (1)": [58, 3],
        "Dec 2025 (4)": [58],
    }
    calc = {row[0]: row[1] for row in ledger.read("calc")}
    assert [calc[f"Retention bridge label {i}"] for i in range(1, 8)] == ["50", "+8", "+1", "+4", "−2", "−3", "58"]
    assert calc["Retention chart 1 title"] == "MRR rose from 50 to 58: 13 gained, 5 lost"


def test_an_account_counts_in_the_plan_it_started_on(ledger):
    typed(
        ledger,
        [
            (START, "A", [10]),
            (START, "B", [10]),
            (START, "C", [4, 20]),
            (END, "A", [None, 25]),
            (END, "B", [6]),
            (END, "C", [None, 20]),
        ],
    )
    plans = {row[0]: row[1:] for row in ledger.read("Retention", "B33:I38") if row[0]}
    assert list(plans) == ["All accounts", "Basic", "Standard", "Premium"]
    assert plans["Basic"] == [2, 20, 15, -4, 31, pytest.approx(1.55), pytest.approx(0.8)]
    assert plans["Standard"] == [1, 24, 0, -4, 20, pytest.approx(20 / 24), pytest.approx(20 / 24)]
    assert plans["Premium"][1:4] == [0, 0, 0] and plans["Premium"][5] in ("n/a", "–")
    assert ledger.read("Retention", "B43")[0][0].startswith("3  Basic swings most (GRR 80.0%, NRR 155.0%)")


def test_months_without_rows_are_gaps_and_the_rest_adds_up(ledger):
    quarters = [(3, 10), (6, 14), (9, 14), (12, 11)]
    typed(
        ledger,
        [(dt.date(2025, m, 1), "A", [v]) for m, v in quarters] + [(dt.date(2025, 9, 1), "B", [5]), (END, "B", [5])],
    )
    months = ledger.read("Retention", f"C{TABLE + 1}:O{TABLE + 10}")
    assert months[3] == ["–"] * 5 + [4] + ["–"] * 2 + [0, "–", "–", 0, 4]  # expansion
    assert months[1][8] == 5 and months[4][11] == -3 and months[4][12] == -3
    assert months[8][5] == pytest.approx(1.4) and months[9][11] == pytest.approx(16 / 19)
    assert ledger.read("Retention", f"O{TABLE}")[0][0] == "9 months"
    assert cards(ledger)["nrr"] == pytest.approx(1.1)


def test_nothing_to_compare_is_said_and_shows_no_error(ledger):
    for rows, title in (
        ([], "No MRR yet: type it on MRR"),
        ([(END, "A", [5])], "Only one month of MRR so far: add a second one on MRR"),
        ([(START, "Z", [5]), (END, "A", ["x"])], "Only one month of MRR so far: add a second one on MRR"),
    ):
        typed(ledger, rows)
        assert clean(ledger)
        if title != ledger.read("Retention", "B1")[0][0]:
            assert rows and rows[0][1] == "Z"  # strangers and text count as nothing
        assert set(ledger.read("Retention", "B5:O5")[0]) <= {"–", "", 0, "n/a"}


def test_nothing_lost_has_no_quick_ratio(ledger):
    typed(ledger, pairs(A=(10, 10), B=(5, 5)))
    assert cards(ledger)["quick"] == "n/a"
    assert ledger.read("Retention", "B1")[0][0] == "NRR 100%, GRR 100%: nothing moved"
    assert "No account pays less" in ledger.read("Retention", f"B{BELOW + 9}")[0][0]


def test_the_sample_agrees_with_the_dashboard(office, sample):
    with office.open(sample) as book:
        book.recalculate()
        dashboard = [v for row in book.read("Dashboard", "B5:O5") for v in row if isinstance(v, float)]
        found = cards(book)
        assert found["nrr"] == pytest.approx(458 / 411) and found["grr"] == pytest.approx(396 / 411)
        assert any(v == pytest.approx(found["nrr"]) for v in dashboard)
        months = book.read("Retention", f"C{TABLE + 1}:O{TABLE + 7}")
        for column in zip(*months, strict=True):
            assert sum(column[:6]) == pytest.approx(column[6])
        assert [row[k] for k in (0, 2, 3) for row in book.read("Retention", "K33:N33")] == [
            "Aurelia University Hospital",
            "▲ expansion",
            22,
        ]
