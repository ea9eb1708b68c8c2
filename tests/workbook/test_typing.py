"""A person types into the workbook, in LibreOffice, and reads what follows."""

from __future__ import annotations

import pytest


@pytest.fixture
def open_sample(office, core):
    with office.open(core) as book:
        book.recalculate()
        yield book


def at(book, sheet, address):
    return book.read(sheet, address)[0][0]


def calc(book):
    return {row[0]: row[1] for row in book.read("calc")}


def chart_data(book, title):
    """Rows of a block of chart data."""
    rows = book.read("calc_charts")
    start = next(i for i, row in enumerate(rows) if row[0] == title) + 2
    out = []
    for row in rows[start:]:
        if all(v == "" for v in row):
            break
        out.append(row)
    return out


def test_new_revenue_moves_the_account_up(open_sample):
    assert at(open_sample, "Revenue", "E22") == "C"  # Polarys Diagnostics
    open_sample.write("Revenue", "H22", [[9000]])
    assert at(open_sample, "Revenue", "E22") == "A"
    assert at(open_sample, "Pareto", "C6") == "Polarys Diagnostics"
    bars = chart_data(open_sample, "Pareto chart")
    assert bars[0][0].startswith("Polarys")
    assert bars[0][1] == pytest.approx(9000 / (14076 - 25 + 9000))
    assert "● new as A" in [row[0] for row in open_sample.read("ABC", "L13:L26")]


def test_a_new_account_row_appears_everywhere(open_sample):
    open_sample.write("Accounts", "B23", [["Zenith Labs"]])
    open_sample.write("Accounts", "H23", [[20]])
    open_sample.write("Revenue", "B23", [["Zenith Labs"]])
    open_sample.write("Revenue", "F23", [[1, 2, 5000]])
    open_sample.write("MRR", "B176", [[46006, "Zenith Labs", 70]])  # 15 Dec 2025
    pareto = [row[0] for row in open_sample.read("Pareto", "C6:C25")]
    assert pareto[0] == "Zenith Labs"
    assert open_sample.read("Pareto", "B1")[0][0].endswith("of 15 accounts (47%) make 80% of revenue")
    assert at(open_sample, "At risk", "C24") == "Zenith Labs"
    assert at(open_sample, "At risk", "D24") == 70
    assert calc(open_sample)["accounts at risk"] == 7
    assert at(open_sample, "Dashboard", "B1").startswith("MRR grew 34% to 549")
    months = chart_data(open_sample, "MRR of the accounts at risk")
    assert months[11][2] == pytest.approx(105 + 70)


def test_a_second_row_of_a_month_and_account_counts_instead_of_the_first(open_sample):
    ledger = open_sample.read("MRR")
    row, (_blank, month, account, *amounts) = max((i, row[:8]) for i, row in enumerate(ledger, 1) if row[2] and row[1])
    before = chart_data(open_sample, "MRR in each of them")[12][0]
    open_sample.write("MRR", f"B{row + 1}", [[month, account, 500]])
    after = before - sum(filter(None, amounts)) + 500
    assert chart_data(open_sample, "MRR in each of them")[12][0] == pytest.approx(after)
    text = next(row[3] for row in open_sample.read("Checks") if row[2] == "MRR")
    assert text.startswith(f"C{row + 1} stands there twice for this month, with ")
    assert text.endswith(f"(row {row}) and 500; the last row counts: keep one row per month and account. ")
    open_sample.write("MRR", f"B{row + 1}", [[None, None, None]])
    assert chart_data(open_sample, "MRR in each of them")[12][0] == pytest.approx(before)


def test_a_new_year_beside_the_last_one_is_followed(open_sample):
    open_sample.write("Revenue", "I8", [["2026"]])
    open_sample.write("Revenue", "I9", [[1000], [10], [10]])
    values = calc(open_sample)
    assert (values["number of years, to the last one with figures"], values["last year"]) == (4, "2026")
    assert at(open_sample, "ABC", "B3") == "" and "2023–2026" in at(open_sample, "ABC", "B2")
    assert [at(open_sample, "ABC", f"{c}12") for c in "DFH"] == ["2024", "2025", "2026"]
    assert "2026" in values["partial years"]


def test_another_cut_and_another_weight_count_at_once(open_sample):
    settings = {row[1]: i + 1 for i, row in enumerate(open_sample.read("Settings"))}
    tiers = [row[0] for row in open_sample.read("Revenue", "E9:E22")]
    open_sample.write("Settings", f"C{settings['Class A up to']}", [[0.5]])
    changed = [row[0] for row in open_sample.read("Revenue", "E9:E22")]
    assert (tiers.count("A"), changed.count("A")) == (7, 3)
    first = at(open_sample, "Scoring", "B22")
    total = open_sample.read("Scoring", "U22")[0][0]
    open_sample.write("Settings", "I6", [[0], [1], [0], [0]])  # growth: only how fast revenue grows
    assert at(open_sample, "Scoring", "B22") != first or open_sample.read("Scoring", "U22")[0][0] != total
    assert at(open_sample, "Scoring", "K22") == 0
    open_sample.write("Settings", f"C{settings['At risk: threshold']}", [[40]])
    assert at(open_sample, "At risk", "C24") == "Cedarvale Hospital"
    assert calc(open_sample)["rule in force"] == "at risk: Engagement below 40"


def test_text_in_the_revenue_is_named_and_nothing_is_computed_from_it(open_sample):
    open_sample.write("Revenue", "G11", [["n/a"]])
    line = '#KAM! KAM_PARETO: revenue row 3 column 2 is text ("n/a"); type a number or leave it blank'
    assert at(open_sample, "Pareto", "B6") == line
    assert at(open_sample, "Pareto", "B1") == line
    assert at(open_sample, "Checks", "D6") == "G11 is text: type a number or leave it blank. "
    assert at(open_sample, "Checks", "C6") == "Revenue"
    assert at(open_sample, "Dashboard", "L5") != 0


def test_an_error_in_the_revenue_is_named(open_sample):
    open_sample.write("Revenue", "G11", [["=1/0"]])
    assert at(open_sample, "Checks", "D6") == "G11 is an error: mend that cell. "
    assert at(open_sample, "Pareto", "B1") == "An input holds an error: see Checks"


def test_a_blank_is_no_number_and_no_problem(open_sample):
    open_sample.write("Revenue", "G9", [[None]])
    assert calc(open_sample)["problems in all"] == 0
    assert at(open_sample, "Revenue", "E9") == "A"
    open_sample.write("Accounts", "H9", [[None]])  # engagement of an account with MRR
    assert "has MRR but no figure for the at-risk rule" in at(open_sample, "Checks", "D6")


@pytest.mark.parametrize(("column", "years"), [("F", "2024–2025"), ("G", "2023–2025"), ("H", "2023–2024")])
def test_a_deleted_year_breaks_nothing(open_sample, column, years):
    open_sample.restructure("Revenue", f"{column}1:{column}1", "delete columns")
    assert years in at(open_sample, "Pareto", "B2")
    assert calc(open_sample)["number of years, to the last one with figures"] == 2
    for sheet in ("Dashboard", "Pareto", "ABC", "Scoring", "At risk", "Checks", "Accounts", "Revenue", "calc"):
        shown = {v for row in open_sample.read(sheet) for v in row if isinstance(v, str)}
        assert not [v for v in shown if v.startswith(("#REF", "#N/A", "#VALUE", "#KAM", "Err:"))], sheet


PAGES = ("Dashboard", "Pareto", "ABC", "Scoring", "At risk", "Checks", "Accounts", "Revenue", "MRR", "Scores", "calc")


def broken(book):
    """Cells of the pages that show an error or an error line."""
    signs = ("#REF", "#N/A", "#VALUE", "#NAME", "#DIV", "#KAM", "Err:")
    return {
        (sheet, v)
        for sheet in PAGES
        for row in book.read(sheet)
        for v in row
        if isinstance(v, str) and v.startswith(signs)
    }


@pytest.mark.parametrize("sheet", ["Accounts", "Revenue", "MRR", "Scores"])
@pytest.mark.parametrize("row", [9, 12, 22])
def test_a_deleted_row_breaks_nothing(open_sample, sheet, row):
    open_sample.restructure(sheet, f"A{row}:A{row}", "delete rows")
    assert broken(open_sample) == set()
    values = calc(open_sample)
    accounts = {"Accounts": (13, 14), "Revenue": (14, 13)}.get(sheet, (14, 14))
    assert (values["accounts named on Accounts"], values["accounts with revenue rows"]) == accounts


@pytest.mark.parametrize("sheet", ["Accounts", "Revenue", "MRR", "Scores"])
def test_an_inserted_row_is_followed(open_sample, sheet):
    open_sample.restructure(sheet, "A12:A12", "insert rows")
    assert broken(open_sample) == set()
    assert calc(open_sample)["problems in all"] == 0
    if sheet == "Revenue":
        open_sample.write("Revenue", "B12", [["Inserted"]])
        open_sample.write("Revenue", "H12", [[4321]])
        assert "Inserted" in [row[0] for row in open_sample.read("Pareto", "C6:C25")]
        assert at(open_sample, "ABC", "B13") == "Inserted" or "Inserted" in [
            r[0] for r in open_sample.read("ABC", "B13:B30")
        ]


def test_sorting_the_accounts_changes_nothing(open_sample):
    before = {sheet: open_sample.read(sheet) for sheet in ("Dashboard", "Pareto", "ABC", "Scoring", "At risk")}
    rows = open_sample.read("Accounts", "B9:N22")
    open_sample.write("Accounts", "B9", sorted(rows, key=lambda row: row[3] + row[0], reverse=True))
    assert {sheet: open_sample.read(sheet) for sheet in before} == before


@pytest.mark.parametrize(
    ("label", "typed", "problem"),
    [
        ("At risk: threshold", None, "is no number"),
        ("At risk: threshold", "sixty", "is no number"),
        ("Class A up to", 80, "is out of range"),
        ("Revenue basis", "2031", "is no year of Revenue"),
        ("Report date", "30.6.2025", "is no date"),
        ("Report date", 47664, "has no MRR in its month"),
        ("At risk: figure", "Sadness", "is no column of Accounts"),
        ("At the line", "sideways", "is unknown"),
        ("Quadrant border", "x", "is no number"),
        ("Comparison period", 0, "is out of range"),
    ],
)
def test_a_wrong_setting_is_named_with_its_cell(open_sample, label, typed, problem):
    row = next(i for i, row in enumerate(open_sample.read("Settings"), 1) if row[1] == label)
    open_sample.write("Settings", f"C{row}", [[typed]])
    texts = [row[3] for row in open_sample.read("Checks") if row[2] == "Settings"]
    assert any(text.startswith(f"C{row} {problem}") for text in texts), texts
    assert calc(open_sample)["problems in all"] >= 1


def test_a_year_without_heading_or_named_twice_is_told(open_sample):
    open_sample.write("Revenue", "G8", [[None]])
    open_sample.write("Revenue", "H8", [["2023"]])
    texts = [row[3] for row in open_sample.read("Checks") if row[2] == "Revenue headings"]
    assert any(text.startswith("G8 has figures below but no year") for text in texts), texts
    assert any(text.startswith("H8 stands there twice") for text in texts), texts


def test_a_heading_that_is_no_year_is_named(open_sample):
    open_sample.write("Revenue", "I8", [["abc"]])
    open_sample.write("Revenue", "I9", [[5]])
    texts = [row[3] for row in open_sample.read("Checks") if row[2] == "Revenue headings"]
    assert any(text.startswith("I8 is no year") for text in texts), texts


@pytest.mark.parametrize("typed", ["n/a", "=1/0"])
def test_a_page_that_cannot_know_does_not_claim(open_sample, typed):
    open_sample.write("Revenue", "H9", [[typed]])
    assert "scores highest" not in at(open_sample, "Scoring", "B1")
    rows = [row[2] for row in open_sample.read("Checks", "A6:D66") if row[2]]
    assert rows == ["Revenue"]
    assert "Useful many" not in str(at(open_sample, "Pareto", "H6"))


def test_a_figure_that_is_text_makes_no_claim_about_risk(open_sample):
    open_sample.write("Accounts", "H11", [["high"]])
    assert at(open_sample, "At risk", "B1").startswith("#KAM! KAM_AT_RISK: kpi row 3 is text")
    assert "Call" not in at(open_sample, "At risk", "B17")
    assert not at(open_sample, "At risk", "M2").startswith("0.0%")


def test_an_account_with_revenue_that_is_not_on_accounts_is_named(open_sample):
    open_sample.write("Revenue", "B23", [["Zenith"]])
    open_sample.write("Revenue", "H23", [[900]])
    assert any("B23 is not on Accounts" in row[3] for row in open_sample.read("Checks", "A6:D66"))


def test_a_blank_setting_means_its_default(open_sample):
    before = [row[0] for row in open_sample.read("Revenue", "E9:E22")]
    rows = {row[1]: i for i, row in enumerate(open_sample.read("Settings"), 1)}
    for label in ("Class A up to", "Class B up to", "Pareto line", "Endangerment: high below"):
        open_sample.write("Settings", f"C{rows[label]}", [[None]])
    assert [row[0] for row in open_sample.read("Revenue", "E9:E22")] == before
    assert at(open_sample, "Pareto", "B1") == "7 of 14 accounts (50%) make 80% of revenue"
    assert "● High" in [row[0] for row in open_sample.read("Accounts", "V9:V22")]


def test_mrr_without_a_plan_is_named(open_sample):
    open_sample.write("MRR", "G9", [[5]])  # the fourth plan has no name
    texts = [row[3] for row in open_sample.read("Checks", "A6:D20") if row[2] == "MRR"]
    assert texts == ["G9 is MRR without a plan: name the plan in Settings or move it. "]
    rows = {row[6]: i + 1 for i, row in enumerate(open_sample.read("Settings", "A1:G40"))}
    open_sample.write("Settings", f"G{rows['Plan'] + 4}", [["Extra"]])
    assert at(open_sample, "Checks", "B1") == "✓ All checks passed"
