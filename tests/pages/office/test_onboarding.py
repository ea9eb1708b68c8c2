"""Onboarding in LibreOffice: typed steps and answers against numbers worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from kam_xl.content.tables import Tables
from kam_xl.formulas.formula import serial
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

STEP, LIST = 20, 36  # rows: the first step of the table, the first account on the way


@pytest.fixture(scope="module")
def empty(office, tmp_path_factory):
    """An open workbook with three accounts and nothing else; the tests type over it."""
    template = load_template("standard").settings
    template = template.model_copy(update={"sheets": ["Onboarding"], "report_date": dt.date(2025, 12, 31)})
    tables = Tables(accounts=[{"account": n} for n in ("Ash", "Birch", "Cedar")], years=["2025"])
    path = build(template, tables, "addin").write(tmp_path_factory.mktemp("onboarding") / "empty.xlsx")
    with office.open(path) as book:
        yield book


def typed(book, answers, steps=(None, None, None), since=(None, None, None)):
    """Replace the steps of the accounts, and the answers: day, account, step, satisfaction, recommend, comment."""
    book.write("Accounts", "F9", [[serial(s) if s else None, step] for s, step in zip(since, steps, strict=True)])
    rows = [[serial(d) if isinstance(d, dt.date) else d, *more] for d, *more in answers]
    book.write("Surveys", "B9", [*rows, *[[None] * 6 for _row in range(24 - len(rows))]])


def table(book):
    return {row[0][3:]: row[1:] for row in book.read("Onboarding", f"B{STEP}:H{STEP + 7}") if row[0]}


def clean(book):
    shown = {v for row in book.read("Onboarding") for v in row if isinstance(v, str)}
    return not [v for v in shown if v.startswith(("#", "Err:"))]


def test_nothing_typed_is_said(empty):
    typed(empty, [])
    assert empty.read("Onboarding", "B1")[0][0].startswith("No onboarding yet: choose steps on Accounts")
    assert set(empty.read("Onboarding", "B5:M5")[0]) <= {"–", ""}
    assert clean(empty)


def test_nps_is_10_and_the_lowest_step_needs_three_answers(empty):
    day = dt.date(2025, 10, 1)
    nps = [10, 9, 9, 8, 8, 8, 7, 7, 6, 0]  # 3 promoters, 2 detractors of 10: +10
    csat = [5, 4, 4, 4, 4, 3, 3, 5, 4, 4]  # mean 4.0, 8 of 10 satisfied
    answers = [[day, "Ash", "Training", c, n, None] for c, n in zip(csat, nps, strict=True)]
    answers += [[day + dt.timedelta(k), "Birch", "Integration", 3, 5, f"remark {k}"] for k in range(3)]
    answers += [[day, "Cedar", "Kick-off", 1, 0, "alone"], [day, "Cedar", "Kick-off", 1, 1, "both"]]
    typed(empty, answers, ("Training", "Integration", "Live"), (dt.date(2025, 12, 1), None, None))
    rows = table(empty)
    assert rows["Training"] == [1, 10, 4.0, pytest.approx(0.8), 10, "▲ best"]
    assert rows["Integration"] == [1, 3, 3, 0, -100, "▼ lowest, low"]
    assert rows["Kick-off"][5] == "too few answers" and rows["Data migration"][1:] == [0, "–", "–", "–", "no answers"]
    assert empty.read("Onboarding", "B1")[0][0] == "Mend Integration: 3.0 of 5, NPS −100; 2 accounts are in onboarding"
    assert [row[0] for row in empty.read("Onboarding", "M19:M22")] == ["remark 2", "remark 1", "remark 0", ""]
    # 8 of 15 satisfied; 3 promoters and 7 detractors of 15
    figures = empty.read("Onboarding", "B5:M5")[0]
    assert figures[3] == pytest.approx(8 / 15) and figures[5] == pytest.approx(-400 / 15)
    assert (figures[0], figures[8], figures[10]) == (2, "Integration", 1)
    on_the_way = empty.read("Onboarding", f"B{LIST}:H{LIST + 2}")
    assert [row[0] for row in on_the_way] == ["Birch", "Ash", ""]  # Cedar is done
    assert on_the_way[0][2] == "3/5 Integration" and on_the_way[0][6] == "● low 3.0 (3 answers)"
    assert on_the_way[1][5] == 30 and on_the_way[1][6] == "○ 4.0 (10 answers)"
    assert empty.read("Onboarding", f"M{LIST}")[0][0] == "remark 2"
    assert empty.read("Onboarding", "B30")[0][0].startswith(
        "1  After signing, onboarding is what to watch: mend Integration"
    )


def test_rubbish_is_left_out_and_named_on_checks(empty):
    day = dt.date(2025, 10, 1)
    answers = [[day, "Ash", "Training", v, 9, None] for v in (4, 4, 4)]
    answers += [["soon", "Ash", "Training", "good", 99, "x"], [day, "Nobody", "Nowhere", 9, -1, None]]
    typed(empty, answers, ("Training", "Nonsense", None))
    assert table(empty)["Training"] == [1, 3, 4, 1, 100, "▼ lowest"]
    assert empty.read("Onboarding", "B1")[0][0].startswith(
        "Onboarding runs well: even Training scores 4.0 of 5, NPS +100"
    )
    assert clean(empty)
    assert len([row for row in empty.read("Checks", "D6:D20") if row[0]]) >= 3


def test_deleted_rows_break_nothing(office, sample):
    with office.open(sample) as book:
        book.restructure("Surveys", "A12:A14", "delete rows")
        book.restructure("Accounts", "A10:A10", "delete rows")
        book.recalculate()
        assert clean(book)
        assert book.read("Onboarding", "B1")[0][0].startswith("Mend Data migration: ")


def test_the_sample_says_at_a_glance_what_to_watch(office, sample):
    with office.open(sample) as book:
        book.recalculate()
        assert (
            book.read("Onboarding", "B1")[0][0]
            == "Mend Data migration: 2.8 of 5, NPS −80; 3 accounts are in onboarding"
        )
        assert table(book)["Data migration"] == [1, 10, pytest.approx(2.8), 0, pytest.approx(-80), "▼ lowest, low"]
        # 25 of 44 satisfied; NPS: 2 - 6 + 6 - 8 + 2 = -4 of 44
        figures = book.read("Onboarding", "B5:M5")[0]
        assert figures[3] == pytest.approx(25 / 44) and figures[5] == pytest.approx(-400 / 44)
        names = [row[0] for row in book.read("Onboarding", f"B{LIST}:B{LIST + 3}")]
        assert names == ["Polarys Diagnostics", "Summerholt Heart Institute", "Alder & Finch Bank", ""]
