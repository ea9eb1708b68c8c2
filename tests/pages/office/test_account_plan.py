"""Account plan: a person chooses an account and types its goals, actions and people; the page follows."""

from __future__ import annotations

import pytest

from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build

PAGE = "Account plan"
AURELIA, CORWEN = "Aurelia University Hospital", "St. Corwen Hospital"
ERRORS = ("#REF", "#N/A", "#VALUE", "#NAME", "#DIV", "#NUM", "#KAM", "Err:")


def made(folder, tables=None, **settings):
    template = load_template("standard")
    own = template.settings.model_copy(update={"sheets": [PAGE], **settings})
    return build(own, template.sample() if tables is None else tables, "addin").write(folder)


@pytest.fixture(scope="module")
def sample_plan(tmp_path_factory):
    return made(tmp_path_factory.mktemp("plan") / "plan.xlsx")


@pytest.fixture(scope="module")
def empty_plan(tmp_path_factory):
    return made(tmp_path_factory.mktemp("plan") / "empty.xlsx", Tables.empty(["2025"]), plan_account="")


@pytest.fixture
def plan(office, sample_plan):
    with office.open(sample_plan) as book:
        book.recalculate()
        yield book


@pytest.fixture
def empty(office, empty_plan):
    with office.open(empty_plan) as book:
        book.recalculate()
        yield book


def at(book, address):
    return book.read(PAGE, address)[0][0]


def column(book, letter, first=26, last=37):
    return [row[0] for row in book.read(PAGE, f"{letter}{first}:{letter}{last}") if row[0] != ""]


def errors(book):
    shown = {v for row in book.read(PAGE) for v in row if isinstance(v, str)}
    return sorted(v for v in shown if v.startswith(ERRORS))


def test_the_sample_says_what_is_to_win_and_what_is_late(plan):
    # potential 1416 + (180 - 60) + 240 + 900; forecast 1062 + (60 + 72) + 120 + 225; one action due on 19 December
    assert at(plan, "B1") == f"{AURELIA}: 2,676 k€ to win, 1,539 k€ forecast; one action is late"
    assert plan.read(PAGE, "D25:I25")[0] == pytest.approx([2736, 60, 0, 1479 / 2676, 2676, 1539])
    goals = column(plan, "B")
    assert goals[0] == "▸ Short term" and goals[3] == "▸ Mid term" and goals[5] == "▸ Long term" and len(goals) == 7
    assert plan.read(PAGE, "D26:I26")[0] == pytest.approx([1596, 60, 0, 1134 / 1536, 1536, 1194])
    assert column(plan, "P") == [
        "‼ 1 late", "‼ Late", "► Running", "○ Open", "0 of 1 done", "○ Open", "0 of 1 done", "○ Open",
    ]  # fmt: skip
    assert at(plan, "B39").startswith(
        "1  Do first: Audit report for data protection (T. Varga), late since 19 Dec 2025"
    )
    assert at(plan, "B40") == (
        "2  Largest goal: Renew Premium for three years (I. Brandl), 1,416 k€ at 75%; 53% of the potential."
    )
    assert at(plan, "B41").startswith("3  Win first: Dr. Irene Falk (neutral, power 5): talk through ")


def test_another_account_changes_everything(plan):
    plan.write(PAGE, "B5", [[CORWEN]])
    # keep Standard 408 at 50 %; win back 96 - 36 lost = 60 at 30 %
    assert at(plan, "B1") == f"{CORWEN}: 468 k€ to win, 222 k€ forecast; no action is late"
    assert at(plan, "M5") == "I. Brandl" and at(plan, "H5") != ""
    assert column(plan, "B", 10, 21)[0] == "Fiona Dunne" and column(plan, "F", 10, 21)[0] == "− opposed"
    assert at(plan, "M9") == "Stabilise operations after two outages"
    assert at(plan, "N20") == "Tender in the second quarter"
    assert "✓ Done" in column(plan, "P")
    assert errors(plan) == []
    plan.write(PAGE, "B5", [["Nobody we know"]])
    assert at(plan, "B1") == "Nobody we know: no goals yet; no actions yet"
    assert at(plan, "B6") == "not on Accounts" and errors(plan) == []
    plan.write(PAGE, "B5", [[None]])  # the first account that has a profile
    assert at(plan, "B1").startswith(AURELIA) and at(plan, "B6") == f"shown: {AURELIA}"


def test_an_action_done_is_not_late_and_a_date_moves_it(plan):
    plan.write("Actions", "G11", [["done"]])
    assert at(plan, "B1").endswith("; no action is late")
    assert column(plan, "P")[:2] == ["1 of 3 done", "✓ Done"]
    assert at(plan, "B39").startswith("1  Do first: Kestrel Advisory introduces us")
    plan.write("Actions", "F9", [[45992]])  # 1 December 2025, running
    plan.write("Actions", "F10", [[45991]])
    assert at(plan, "B1").endswith("; 2 actions are late")
    assert column(plan, "M")[1:4] == [
        "Cost per patient with the CFO's team", "Kestrel Advisory introduces us to Dr. Irene Falk",
        "Audit report for data protection",
    ]  # fmt: skip


def test_goals_typed_won_and_mistyped(plan):
    plan.write("Goals", "B20", [[AURELIA, "New clinic", "mid", 100, 20, 30, 0.5, "T. Varga"]])
    assert plan.read(PAGE, "D25:I25")[0] == pytest.approx([2836, 80, 30, (1584 - 80) / 2726, 2726, 1584])
    plan.write("Goals", "E20", [["a lot"]])
    plan.write("Goals", "D20", [["soon"]])
    assert "▸ No term" in column(plan, "B") and at(plan, "H25") == 2676 and errors(plan) == []
    assert any("E20 is text" in row[0] for row in plan.read("Goals", "K20:K20"))
    plan.write("Goals", "H9", [[7]])  # 700 %: no chance that counts
    assert at(plan, "I25") == pytest.approx(1539 + 20 - 1062)
    plan.write("Goals", "F9", [[5000]])  # more than the goal is worth: nothing is left
    assert (
        at(plan, "H25") == pytest.approx(2676 - 1416) and "is less than won and lost" in plan.read("Goals", "K9")[0][0]
    )


def test_more_than_fits_is_counted(plan):
    plan.write("Goals", "B20", [[AURELIA, f"Goal {i}", "long", 1, 0, 0, 0.5, ""] for i in range(10)])
    assert at(plan, "K23") == "the first 9 of 14 goals"
    plan.write("Stakeholders", "B34", [[AURELIA, f"Person {i}", "", "", "friendly", 1, "0"] for i in range(3)])
    assert at(plan, "I8") == "the 12 most powerful of 15"


@pytest.mark.parametrize("sheet", ["Goals", "Actions", "Stakeholders", "Accounts"])
def test_deleted_and_inserted_rows_break_nothing(plan, sheet):
    plan.restructure(sheet, "A9:A9", "delete rows")
    plan.restructure(sheet, "A10:A10", "insert rows")
    assert errors(plan) == []
    if sheet == "Goals":
        assert at(plan, "B1") == f"{AURELIA}: 1,260 k€ to win, 477 k€ forecast; one action is late"


def test_an_empty_workbook_says_what_to_type_and_grows_from_one_row(empty):
    assert at(empty, "B1") == "No account yet: type its goals on Goals, its people on Stakeholders"
    assert at(empty, "K23") == "No goals yet: type them on Goals" and errors(empty) == []
    assert column(empty, "B", 25) == []
    empty.write("Goals", "B9", [["Zenith", "First deal", "short", 50, 0, 0, 0.2, ""]])
    assert at(empty, "B1") == "Zenith: 50 k€ to win, 10 k€ forecast; no actions yet"
    empty.write(
        "Actions", "B9", [["Zenith", "Call them", "short", "Me", 46030, "open"]]
    )  # no report date: nothing is late
    assert at(empty, "B1") == "Zenith: 50 k€ to win, 10 k€ forecast" and errors(empty) == []
    empty.write("Goals", "F9", [[50]])
    assert at(empty, "B1") == "Zenith: nothing left to win, 50 k€ won"
