"""Calls as people write them: values instead of ranges, arguments left out, one function inside another."""

from __future__ import annotations

from pathlib import Path

import pytest
from functions.same import same

from native.sheet import Sheet

A = {"R": [60, 25, 12, 3], "N": ["a", "b", "c", "d"], "S": [[1, 2], [3, 4], [5, 6], [7, None]]}
TIERS = [["A"], ["A"], ["B"], ["C"]]
MISSING = "is missing; type a number or leave it blank"
CALLS = {
    "KAM_ABC({R},,0.9)": [["A"], ["A"], ["B"], ["C"]],
    "KAM_ABC({{60;25;12;3}})": TIERS,
    "KAM_ABC({R}*1000)": TIERS,
    "KAM_ABC({R},,,)": TIERS,
    'KAM_ABC({R},"","","")': TIERS,
    'KAM_ABC(IF({R}>20,{R},""))': [["A"], ["A"], [""], [""]],
    "KAM_ABC(60)": [["A"]],
    "KAM_ABC(1/0)": [["#KAM! KAM_ABC: revenue row 1 is an error (#DIV/0!); mend that cell"]],
    "KAM_ABC({R},1/0)": [["#KAM! KAM_ABC: a_cut is an error (#DIV/0!); mend that cell"]],
    "KAM_ABC({R},TRUE,NA())": [["#KAM! KAM_ABC: a_cut is TRUE; type a number"]],
    "KAM_ABC({R},{{0.7,0.8}})": [["#KAM! KAM_ABC: a_cut has 2 cells; give one"]],
    "KAM_PARETO({N},NA())": [["#KAM! KAM_PARETO: revenue row 1 is an error (#N/A); mend that cell"]],
    'KAM_PARETO("only",7)': [[1, "only", 7, 1, 1, True]],
    "KAM_PARETO(,{R})": [["#KAM! KAM_PARETO: accounts has 1 row but revenue has 4; select the same rows"]],
    "KAM_PARETO({N},)": [[f"#KAM! KAM_PARETO: revenue row 1 {MISSING}"]],
    "KAM_SCORE({S},)": [[f"#KAM! KAM_SCORE: weights 1 {MISSING}"]],
    "KAM_SCORE({{1,2;3,4}},{{1,1}})": [[1.5], [3.5]],
    "KAM_RANK(KAM_SCORE({S},{{1,2}}))": [[3], [2], [1], [""]],
    "KAM_RANK(KAM_SCORE({S},{{1,-2}}))": [["#KAM! KAM_SCORE: weights 2 is negative; give 0 or more"]],
    "KAM_RISK_LEVEL(KAM_HEALTH({S}*10,{{1;1}}))": [["High"], ["High"], ["Medium"], ["High"]],
    "KAM_AT_RISK({N},{R},{R},)": [["#KAM! KAM_AT_RISK: threshold is missing; type a number"]],
    'KAM_AT_RISK({N},{R},{R},20,,"above")': [["a", 60, 60, ""], ["b", 25, 25, ""]],
    "KAM_AT_RISK({N},{R},{R},5,,,TRUE)": [["Account", "MRR", "KPI", "Days in queue"], ["d", 3, 3, ""]],
    'KAM_AT_RISK("a",5,1,2,1/0)': [
        ["#KAM! KAM_AT_RISK: days_in_queue row 1 is an error (#DIV/0!); mend that cell"]
    ],
    "KAM_SELECT({N},{R},2,,20)": [
        [1, "a", 60, "key account"], [2, "b", 25, "key account"], [3, "c", 12, ""], [4, "d", 3, ""]
    ],
    "KAM_SELECT({N},KAM_SCORE({S},{{1,0}}),1,1)": [
        [1, "d", 7, "key account"], [2, "c", 5, ""], [3, "b", 3, ""], [4, "a", 1, ""]
    ],
    'KAM_WATCH({N},{R},{N}<="b",30,,,,TRUE)': [
        ["Account", "Score", "Growth", "Reason"], ["b", 25, "", "no longer earns its place"]
    ],
    'KAM_WATCH("a",27,"no",30,0.2)': [["a", 27, 0.2, "near the line, grows fast"]],
    "KAM_WATCH({N},{R},,30)": [["#KAM! KAM_WATCH: accounts has 4 rows but is_key has 1; select the same rows"]],
    "CHOOSECOLS(KAM_SENSITIVITY({{1;2}},{{5;3}},1,{{5;3}},1,1),1,4,5,6,7)": [
        [group, 1, 5, 2, True] for group in ("growth", "growth", "harmony", "harmony", "share", "share")
    ],
    "KAM_HHI(FILTER({R},{R}>50))": [[10000]],
    "KAM_NRR(100,120)": [[1.2]],
    "KAM_SCALE({R},,)": [[10], [1 + 9 * 22 / 57], [1 + 9 * 9 / 57], [1]],
    "KAM_SCALE({{1E+300;-1E+300}})": [[10], [1]],
    "KAM_SCALE({{1E+307;-1E+308}}*1,-1E+308,1E+308)": [
        ["#KAM! KAM_SCALE: the result is more than a cell can hold; give smaller numbers"]
    ],
    "KAM_CAGR({{1E-8,1E+300}},0.5)": [
        ["#KAM! KAM_CAGR: the result is more than a cell can hold; give smaller numbers"]
    ],
    "KAM_NRR(1E-9,1E+300)": [["#KAM! KAM_NRR: the result is more than a cell can hold; give smaller numbers"]],
    "KAM_QUICK_RATIO({{1E-9;1}},{{0;1E+300}})": [
        ["#KAM! KAM_QUICK_RATIO: the result is more than a cell can hold; give smaller numbers"]
    ],
    "KAM_HHI({{1E+308;1E+308}}*1)": [
        ["#KAM! KAM_HHI: revenue adds up to more than a cell can hold; give smaller numbers"]
    ],
    "KAM_SCORE({{1,2}},{{1E+308,1E+308}}*1)": [
        ["#KAM! KAM_SCORE: weights adds up to more than a cell can hold; give smaller numbers"]
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    sheet = Sheet(tmp_path_factory.mktemp("calls"))
    places = {name: sheet.place(cells) for name, cells in A.items()}
    for text in CALLS:
        sheet.add_formula("=" + text.format(**places))
    return dict(zip(CALLS, sheet.results(), strict=True))


@pytest.mark.parametrize("text", CALLS)
def test_call_shows_what_it_should(text: str, shown: dict[str, object]) -> None:
    assert same(shown[text], CALLS[text]), shown[text]


def test_a_changed_cell_changes_the_result(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.add("KAM_ABC", [[85, 15]])
    assert sheet.results() == [[["A"], ["B"]]]
    sheet.type(1, 1, 2)
    assert sheet.results() == [[["B"], ["A"]]]
