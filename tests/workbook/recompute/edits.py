"""Edits of the sample workbook: what a person types, and what a person does to the sheets in LibreOffice."""

from __future__ import annotations

from collections.abc import Callable

from workbook.recompute.editors import ByOffice, Editor, delete_row, insert_row

Edit = Callable[[Editor], None]
YEAR = "2025"


def another_amount(e: Editor) -> None:
    e.type("tblRevenue", 13, YEAR, 9000)


def a_blank_amount(e: Editor) -> None:
    e.type("tblRevenue", 0, YEAR, None)


def a_new_account_below(e: Editor) -> None:
    e.type("tblAccounts", 14, "Account", "Zenith & Sons <Labs>")
    e.type("tblAccounts", 14, "Engagement", 20)
    e.type("tblRevenue", 14, "Account", "Zenith & Sons <Labs>")
    e.type("tblRevenue", 14, YEAR, 5000)


def five_new_accounts(e: Editor) -> None:
    for k in range(5):
        e.type("tblAccounts", 14 + k, "Account", f"New {k}")
        e.type("tblRevenue", 14 + k, "Account", f"New {k}")
        e.type("tblRevenue", 14 + k, YEAR, 100 * k)


def an_account_that_is_nowhere(e: Editor) -> None:
    e.type("tblRevenue", 14, "Account", "Nobody")
    e.type("tblRevenue", 14, YEAR, 70)


def text_among_the_amounts(e: Editor) -> None:
    e.type("tblRevenue", 2, YEAR, "n/a")


def an_account_twice(e: Editor) -> None:
    e.type("tblAccounts", 3, "Account", e.read("tblAccounts", 2, "Account"))


def equal_amounts(e: Editor) -> None:
    for row in (1, 4, 7, 9):
        for year in ("2023", "2024", "2025"):
            e.type("tblRevenue", row, year, 100)


def negative_and_tiny_amounts(e: Editor) -> None:
    e.type("tblRevenue", 3, YEAR, -250.75)
    e.type("tblRevenue", 5, YEAR, 0.001)
    e.type("tblRevenue", 6, YEAR, 1e12)


def no_revenue_at_all(e: Editor) -> None:
    for row in range(14):
        for year in ("2023", "2024", "2025"):
            e.type("tblRevenue", row, year, None)


def other_cuts(e: Editor) -> None:
    e.setting("set_a_cut", 0.5)
    e.setting("set_b_cut", 0.7)
    e.setting("set_pareto_cut", 0.6)


def the_other_rule(e: Editor) -> None:
    e.setting("set_rule", "within")


def other_weights(e: Editor) -> None:
    e.setting("list_growth", 0, 0, 2)
    e.setting("list_growth", 1, 1, 2)
    e.setting("list_harmony", 3, 2, 2)
    e.setting("set_growth_share", 0.25)


def no_weights(e: Editor) -> None:
    for row in range(5):
        e.setting("list_growth", None, row, 2)


def another_threshold(e: Editor) -> None:
    e.setting("set_risk_threshold", 40)
    e.setting("set_high_below", 30)


def above_instead_of_below(e: Editor) -> None:
    e.setting("set_risk_direction", "above")


def another_risk_figure(e: Editor) -> None:
    e.setting("set_risk_kpi", "Satisfaction")
    e.setting("set_risk_threshold", 3.5)


def an_unknown_risk_figure(e: Editor) -> None:
    e.setting("set_risk_kpi", "Seats")


def another_report_date(e: Editor) -> None:
    e.setting("set_report_date", 45_900)


def one_year_counts(e: Editor) -> None:
    e.setting("set_basis", "2024")


def another_name_and_unit(e: Editor) -> None:
    e.setting("set_company", "Größe & Söhne “AG”")
    e.setting("set_currency", "kr")


def a_month_of_mrr(e: Editor) -> None:
    rows = e.rows("tblMRR")
    for k in range(3):
        e.type("tblMRR", rows + k, "Month", 46_037)
        e.type("tblMRR", rows + k, "Account", e.read("tblAccounts", k, "Account"))
        e.type("tblMRR", rows + k, "Plan 1", 11.5 + k)


def a_month_twice(e: Editor) -> None:
    rows = e.rows("tblMRR")
    e.type("tblMRR", rows, "Month", e.read("tblMRR", 0, "Month"))
    e.type("tblMRR", rows, "Account", e.read("tblMRR", 0, "Account"))
    e.type("tblMRR", rows, "Plan 1", 1)


def other_scores(e: Editor) -> None:
    for row in range(4):
        e.type("tblScores", row, "Growth 2", 10 - row)
        e.type("tblScores", row, "Harmony 1", None)


def a_score_off_the_scale(e: Editor) -> None:
    e.type("tblScores", 1, "Growth 3", 77)


def other_people(e: Editor) -> None:
    rows = e.rows("tblStakeholders")
    account = e.read("tblStakeholders", 0, "Account")
    boss = e.read("tblStakeholders", 0, "Name")
    for k in range(3):
        e.type("tblStakeholders", rows + k, "Account", account)
        e.type("tblStakeholders", rows + k, "Name", f"Person {k}")
        e.type("tblStakeholders", rows + k, "Reports to", boss)


def other_costs(e: Editor) -> None:
    for row in range(5):
        e.type("tblCosts", row, "Cost to serve", 999 - 100 * row)


def other_surveys(e: Editor) -> None:
    for row in range(6):
        e.type("tblSurveys", row, "Recommend", row)


def tasks_of_later(e: Editor) -> None:
    for row in range(4):
        e.type("tblTasks", row, "Done", 1)


def a_sorted_table(e: Editor) -> None:
    """Revenue from the smallest to the largest account: whole rows change their places."""
    headings = ("Account", "2023", "2024", "2025")
    rows = [[e.read("tblRevenue", row, heading) for heading in headings] for row in range(14)]
    rows.sort(key=lambda row: float(row[3] or 0))
    for place, row in enumerate(rows):
        for heading, value in zip(headings, row, strict=True):
            e.type("tblRevenue", place, heading, None if value == "" else value)


def a_row_of_blanks(e: Editor) -> None:
    for heading in ("Account", "2023", "2024", "2025"):
        e.type("tblRevenue", 6, heading, None)


def typed_over_a_page(e: Editor) -> None:
    e.put("Dashboard", "B4", "My own words")


def my_own_sheet(e: Editor) -> None:
    e.add_sheet(
        "My prices",
        [
            ["first of Revenue", "=Revenue!$F$9*2"],
            ["sum", "=SUM(Revenue!$H$9:$H$22)"],
            ["found", '=IFERROR(VLOOKUP("Aurelia University Hospital",Revenue!$B$9:$H$22,7,FALSE),0)'],
            ["counted", '=COUNTIF(Revenue!$E$9:$E$22,"A")'],
            ["text", '="Total: "&FIXED(B2,0)'],
            ["of a page", "=Pareto!$D$6+set_a_cut"],
            ["product", "=SUMPRODUCT(Revenue!$G$9:$G$22,Revenue!$H$9:$H$22)"],
        ],
    )
    e.type("tblRevenue", 0, YEAR, 4321)


def comments_and_formats(e: Editor) -> None:
    e.decorate()
    e.type("tblRevenue", 0, YEAR, 1)


def a_date_as_a_date(e: Editor) -> None:
    e.type("tblAccounts", 0, "Due", 46_100)
    e.type("tblAccounts", 1, "In queue since", 45_600)


TYPED: list[Edit] = [
    another_amount, a_blank_amount, a_new_account_below, five_new_accounts, an_account_that_is_nowhere,
    text_among_the_amounts, an_account_twice, equal_amounts, negative_and_tiny_amounts, no_revenue_at_all, other_cuts,
    the_other_rule, other_weights, no_weights, another_threshold, above_instead_of_below, another_risk_figure,
    an_unknown_risk_figure, another_report_date, one_year_counts, another_name_and_unit, a_month_of_mrr, a_month_twice,
    other_scores, a_score_off_the_scale, other_people, other_costs, other_surveys, tasks_of_later, a_sorted_table,
    a_row_of_blanks, typed_over_a_page, my_own_sheet, comments_and_formats, a_date_as_a_date,
]  # fmt: skip


def an_error(e: ByOffice) -> None:
    e.type("tblRevenue", 2, YEAR, "=1/0")


def a_deleted_row_of_revenue(e: ByOffice) -> None:
    delete_row(e, "tblRevenue", 3)


def a_deleted_row_of_accounts(e: ByOffice) -> None:
    delete_row(e, "tblAccounts", 0)


def a_deleted_row_of_mrr(e: ByOffice) -> None:
    delete_row(e, "tblMRR", 20)


def a_deleted_row_of_scores(e: ByOffice) -> None:
    delete_row(e, "tblScores", 5)


def an_inserted_row_of_revenue(e: ByOffice) -> None:
    insert_row(e, "tblRevenue", 3)
    e.type("tblRevenue", 3, "Account", "Zenith Labs")
    e.type("tblRevenue", 3, YEAR, 4000)


def an_inserted_row_of_accounts(e: ByOffice) -> None:
    insert_row(e, "tblAccounts", 5)
    e.type("tblAccounts", 5, "Account", "Zenith Labs")


def an_inserted_row_of_mrr(e: ByOffice) -> None:
    insert_row(e, "tblMRR", 7)


def the_first_year_deleted(e: ByOffice) -> None:
    e.book.restructure("Revenue", "F1:F1", "delete columns")


def the_last_year_deleted(e: ByOffice) -> None:
    e.book.restructure("Revenue", "H1:H1", "delete columns")


def a_new_year_beside(e: ByOffice) -> None:
    e.put("Revenue", "I8", "2026")
    for row in range(9, 15):
        e.put("Revenue", f"I{row}", 100 * row)


def a_row_inserted_on_a_page(e: ByOffice) -> None:
    e.book.restructure("Pareto", "A4:A4", "insert rows")
    e.type("tblRevenue", 13, YEAR, 9000)


def a_column_inserted_on_a_page(e: ByOffice) -> None:
    e.book.restructure("ABC", "A1:A1", "insert columns")
    e.type("tblRevenue", 13, YEAR, 9000)


def a_renamed_page(e: ByOffice) -> None:
    e.book.rename("Pareto", "80 – 20 (o'clock)")
    e.type("tblRevenue", 13, YEAR, 9000)


def a_renamed_input_sheet(e: ByOffice) -> None:
    e.type("tblRevenue", 13, YEAR, 9000)
    e.book.rename("Revenue", "Umsatz 1")


def a_moved_sheet(e: ByOffice) -> None:
    e.book.move("Settings", 0)
    e.type("tblRevenue", 13, YEAR, 9000)


def blanks_above_the_table(e: ByOffice) -> None:
    e.book.restructure("Revenue", "A1:A1", "insert rows")


RESTRUCTURED: list[Callable[[ByOffice], None]] = [
    an_error, a_deleted_row_of_revenue, a_deleted_row_of_accounts, a_deleted_row_of_mrr, a_deleted_row_of_scores,
    an_inserted_row_of_revenue, an_inserted_row_of_accounts, an_inserted_row_of_mrr, the_first_year_deleted,
    the_last_year_deleted, a_new_year_beside, a_row_inserted_on_a_page, a_column_inserted_on_a_page, a_renamed_page,
    a_renamed_input_sheet, a_moved_sheet, blanks_above_the_table,
]  # fmt: skip


def _below_row(sheet: str, first: int) -> Callable[[str, int, int], tuple[str, int, int]]:
    """Cells from a row on stand one row lower than in a standard workbook."""
    return lambda there, row, column: (there, row - (there == sheet and row > first), column)


MOVED: dict[Callable[[ByOffice], None], Callable[[str, int, int], tuple[str, int, int]]] = {
    a_row_inserted_on_a_page: _below_row("Pareto", 4),
    a_column_inserted_on_a_page: lambda there, row, column: (there, row, column - (there == "ABC")),
    a_renamed_page: lambda there, row, column: ("Pareto" if there.startswith("80") else there, row, column),
}
