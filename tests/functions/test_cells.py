"""What hosts hand over: the same cells in other clothes give the same result, and nothing raises."""

import datetime as dt
import decimal
import warnings

import numpy as np
import pandas as pd
import pytest

from kam_xl.functions import FUNCTIONS, KAM_ABC, KAM_CAGR, KAM_HHI, KAM_PARETO, KAM_RANK, KAM_SCALE, KAM_SCORE
from kam_xl.functions.cells import block

PLAIN = [[85.0, None], [None, 15.0], ["", ""]]
TIERS = [["A"], ["B"], [""]]


@pytest.mark.parametrize(
    "revenue",
    [
        PLAIN,
        tuple(map(tuple, PLAIN)),
        [[85], [15], [""]],
        [85, 15, ""],
        (85, 15, None),
        [[85, 0], [15], [""]],
        [85, [15], np.array([np.nan])],
        np.array([85, 15, np.nan]),
        np.array([[85], [15], [np.nan]]),
        np.array([85, 15, None], dtype=object),
        [np.float32(85), np.int64(15), np.nan],
        [decimal.Decimal("85"), decimal.Decimal("15"), decimal.Decimal("NaN")],
        pd.Series([85, 15, None]),
        pd.Series([85, 15, None], dtype="Int64"),
        pd.DataFrame({"2023": [85, 10, None], "2024": [None, 5, None]}),
        [85, 15, pd.NaT],
        [85, 15, pd.NA],
    ],
    ids=str,
)
def test_any_kind_of_list_and_number_will_do(revenue):
    assert KAM_ABC(revenue) == TIERS


@pytest.mark.parametrize("nothing", [None, "", [], (), [[]], [None], [[""]], np.nan, np.array([]), pd.NaT], ids=repr)
def test_nothing_is_one_blank_cell(nothing):
    assert KAM_ABC(nothing) == [[""]]
    assert KAM_HHI(nothing) == ""
    assert KAM_ABC([85, 15], nothing) == [["A"], ["B"]]


def test_a_missing_argument_is_a_blank_one():
    assert KAM_ABC() == [[""]]
    assert KAM_SCORE([1]) == "#KAM! KAM_SCORE: weights are all 0; give at least one above 0"


def test_too_many_arguments_are_a_mistake():
    line = "#KAM! KAM_HHI: 3 arguments are given but it takes 1; leave out the rest"
    assert KAM_HHI([1], 2, 3) == line


@pytest.mark.parametrize(
    ("moment", "serial"),
    [
        (dt.date(1900, 1, 1), 1),
        (dt.date(1900, 2, 28), 59),
        (dt.date(1900, 3, 1), 61),
        (dt.date(2024, 1, 1), 45292),
        (dt.datetime(2024, 1, 1, 12), 45292.5),
        (dt.datetime(2024, 1, 1, 6, tzinfo=dt.UTC), 45292.25),
        (pd.Timestamp("2024-01-01"), 45292),
        (np.datetime64("2024-01-01"), 45292),
        (dt.time(18), 0.75),
        (dt.timedelta(days=2), 2),
    ],
)
def test_a_date_is_its_serial_number(moment, serial):
    assert block(moment).cells == [serial]
    assert block([[moment, 1.0]]).cells == [serial, 1.0]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (-2146826288, "#NULL!"),
        (-2146826281, "#DIV/0!"),
        (-2146826273, "#VALUE!"),
        (-2146826265, "#REF!"),
        (-2146826259, "#NAME?"),
        (-2146826252, "#NUM!"),
        (-2146826246, "#N/A"),
    ],
)
def test_the_error_numbers_of_com_are_named(code, error):
    assert KAM_ABC([[1.0], [code]]) == f"#KAM! KAM_ABC: revenue row 2 is an error ({error}); mend that cell"
    assert KAM_PARETO([code], [1]) == f"#KAM! KAM_PARETO: accounts row 1 is an error ({error}); mend that cell"
    assert KAM_ABC([1], code) == f"#KAM! KAM_ABC: a_cut is an error ({error}); mend that cell"
    assert KAM_ABC([[float(code)]]) == [["C"]]


def test_the_error_objects_of_office_js_are_named():
    error = {"type": "Error", "basicValue": "#SPILL!"}
    assert KAM_ABC([[error]]) == "#KAM! KAM_ABC: revenue row 1 is an error (#SPILL!); mend that cell"


@pytest.mark.parametrize("endless", [float("inf"), -float("inf"), 10**400, -(10**400), decimal.Decimal("1e999")])
def test_what_is_not_finite_is_a_mistake(endless):
    line = "#KAM! KAM_ABC: revenue row 2 is not a finite number; type a number or leave it blank"
    assert KAM_ABC([1, endless]) == line
    assert KAM_ABC([1, endless, "text"]) == line
    assert KAM_ABC([1], endless) == "#KAM! KAM_ABC: a_cut is not a finite number; type a number"


def test_what_is_too_large_to_add_up_is_a_mistake():
    assert KAM_ABC([1e308, 1e308]) == (
        "#KAM! KAM_ABC: revenue adds up to more than a cell can hold; give smaller numbers"
    )
    assert KAM_CAGR([[1e-300, 1e300]]) == (
        "#KAM! KAM_CAGR: the result is more than a cell can hold; give smaller numbers"
    )
    assert KAM_SCALE([-1.7e308, 1.7e308, 0]) == [[1], [10], [5.5]]


def test_text_in_a_message_stays_on_one_short_line():
    line = KAM_ABC(["a\r\nb\u2028c" + "x" * 300])
    assert line == f'#KAM! KAM_ABC: revenue row 1 is text ("a  b c{"x" * 24}…"); type a number or leave it blank'
    assert len(line.splitlines()) == 1


def test_labels_come_back_as_they_were():
    names = ["", 1001, 1.5, True, "  x "]
    assert [row[1] for row in KAM_PARETO(names, [5, 4, 3, 2, 1])] == names
    assert [type(row[1]) for row in KAM_PARETO(names, [5, 4, 3, 2, 1])] == [str, int, float, bool, str]


WEIRD = [
    None,
    "",
    "x",
    0,
    -1.5,
    True,
    "#N/A",
    -2146826281,
    float("inf"),
    float("nan"),
    [],
    [[]],
    [1, 2],
    [[1, "x"], [3]],
]
WEIRD += [
    [[1, "x"], [3]],
    dt.date(2024, 1, 1),
    object(),
    {"a": 1},
    b"x",
    1j,
    [[[1]]],
    decimal.Decimal("sNaN"),
    10**400,
]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nothing_raises_and_results_hold_only_plain_cells(name):
    rng = np.random.default_rng(7)
    function = FUNCTIONS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(150):
            count = rng.integers(0, len(function.args) + 1)
            result = function(*[WEIRD[i] for i in rng.integers(0, len(WEIRD), count)])
            for row in result if isinstance(result, list) else [[result]]:
                for cell in row:
                    assert type(cell) in (str, float, int, bool)
                    assert cell == cell and cell not in (float("inf"), -float("inf"))
                    assert not isinstance(cell, str) or (len(cell) <= 255 and "\n" not in cell)


def test_a_fault_of_ours_is_a_line_too(monkeypatch):
    def fail(*cells):
        raise ZeroDivisionError("a\nb" + "x" * 500)

    monkeypatch.setitem(KAM_RANK.__dict__, "body", fail)
    line = KAM_RANK([1])
    assert line.startswith("#KAM! KAM_RANK: internal error (ZeroDivisionError: a bxxx")
    assert line.endswith("); please report it")
    assert len(line) <= 255


def test_an_interrupt_passes(monkeypatch):
    def interrupt(*cells):
        raise KeyboardInterrupt

    monkeypatch.setitem(KAM_RANK.__dict__, "body", interrupt)
    with pytest.raises(KeyboardInterrupt):
        KAM_RANK([1])


def test_a_million_mixed_cells_are_read_right():
    revenue = [[1.0], [None], [""], [2]] * 50_000
    tiers = KAM_ABC(revenue)
    assert len(tiers) == 200_000
    assert tiers[1] == tiers[2] == [""]
    assert tiers[3] == ["A"]
