"""What hosts hand over: the same cells in other clothes give the same result, and nothing raises."""

import datetime as dt
import decimal
import types
import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam_xl.functions import (
    FUNCTIONS,
    KAM_ABC,
    KAM_AT_RISK,
    KAM_CAGR,
    KAM_HHI,
    KAM_PARETO,
    KAM_RANK,
    KAM_SCALE,
    KAM_SCORE,
    KAM_TIMELINE,
)
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


NEWER = {
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
    -2146826237: "#BUSY!",
}


@given(st.integers(-2146828288, -2146824193), st.sampled_from([int, np.int64, np.int32]))
def test_any_whole_number_of_the_family_of_errors_over_com_is_an_error(code, kind):
    error = NEWER.get(code) or (block(code).cells[0] if code in CLASSIC else "#ERROR")
    assert KAM_ABC([[1.0], [kind(code)]]) == f"#KAM! KAM_ABC: revenue row 2 is an error ({error}); mend that cell"
    assert KAM_PARETO([kind(code)], [1]) == f"#KAM! KAM_PARETO: accounts row 1 is an error ({error}); mend that cell"
    assert KAM_ABC(np.array([1, code])) == f"#KAM! KAM_ABC: revenue row 2 is an error ({error}); mend that cell"


CLASSIC = {-2146826288, -2146826281, -2146826273, -2146826265, -2146826259, -2146826252, -2146826246}


@pytest.mark.parametrize("number", [-2146828289, -2146824192, -2147483648, 2045, 2148141053])
def test_whole_numbers_beside_the_family_and_numbers_with_a_point_are_numbers(number):
    assert block([number, 1.0]).cells == [number, 1.0]
    assert block([-2146826243.0, 1]).cells == [-2146826243.0, 1]
    assert KAM_RANK([[-2146826243.0], [5.0]]) == [[2], [1]]


OFFICE = {
    "Blocked": "#BLOCKED!",
    "Busy": "#BUSY!",
    "Calc": "#CALC!",
    "Connect": "#CONNECT!",
    "Div0": "#DIV/0!",
    "External": "#EXTERNAL!",
    "Field": "#FIELD!",
    "GettingData": "#GETTING_DATA",
    "Name": "#NAME?",
    "NotAvailable": "#N/A",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Placeholder": "#BUSY!",
    "Python": "#PYTHON!",
    "Ref": "#REF!",
    "Spill": "#SPILL!",
    "Timeout": "#TIMEOUT!",
    "Value": "#VALUE!",
}


@pytest.mark.parametrize(("kind", "error"), OFFICE.items())
@pytest.mark.parametrize("spelling", [str, str.lower, str.upper])
def test_the_error_objects_of_office_js_are_named_however_they_are_spelt(kind, error, spelling):
    line = f"#KAM! KAM_ABC: revenue row 1 is an error ({error}); mend that cell"
    whole = {"type": "Error", "basicType": "Error", "errorType": kind, "basicValue": error}
    for given_keys in (whole, ["type", "errorType"], ["errorType"], ["type", "basicValue"], ["basicValue"]):
        cell = {key: spelling(whole[key]) for key in given_keys}
        assert KAM_ABC([[cell], [5]]) == line
    assert KAM_ABC([[types.MappingProxyType({**whole, "basicValue": "#LOCAL!"})]]) == line
    assert KAM_ABC([[{"type": "error", "basicValue": "#ÜBERLAUF!"}]]) == line.replace(error, "#ERROR")


def test_the_other_data_types_of_office_js_are_what_a_formula_sees_of_them():
    assert block({"type": "Double", "basicType": "Double", "basicValue": 85.5}).cells == [85.5]
    assert block({"type": "FormattedNumber", "basicValue": 85, "numberFormat": '#,##0 "days"'}).cells == [85]
    assert block({"type": "String", "basicValue": "#N/A"}).cells == ["#N/A"]  # text, as good as the error
    assert block({"type": "Boolean", "basicValue": True}).cells == [True]
    entity = {"type": "Entity", "text": "MSFT", "basicType": "Error", "basicValue": "#VALUE!"}
    assert KAM_ABC([[entity]]) == "#KAM! KAM_ABC: revenue row 1 is an error (#VALUE!); mend that cell"
    date = {"type": "FormattedNumber", "basicValue": 45780, "numberFormat": "m/d/yyyy"}
    assert KAM_ABC([[date]]) == DATED.format("a date (2025-05-03)")
    assert "is not a finite number" in KAM_ABC([[{**date, "basicValue": 10**400}]])


DATED = "#KAM! KAM_ABC: revenue row 1 is {}; type the number, or format the cell as one"
DATES = [
    dt.date(2025, 5, 3),
    dt.datetime(2025, 5, 3, tzinfo=dt.UTC),
    pd.Timestamp("2025-05-03"),
    pd.Timestamp("2025-05-03", tz="Europe/Vienna"),
    *(np.datetime64("2025-05-03").astype(f"datetime64[{unit}]") for unit in ("D", "h", "s", "ms", "us", "ns")),
]


@pytest.mark.parametrize("day", DATES, ids=repr)
def test_a_date_is_no_amount(day):
    assert KAM_ABC([[day], [5.0]]) == DATED.format("a date (2025-05-03)")
    assert KAM_ABC(pd.Series([day, day])) == DATED.format("a date (2025-05-03)")
    assert KAM_ABC(pd.DataFrame({"2025": [day]})) == DATED.format("a date (2025-05-03)")
    assert KAM_RANK([1, 2], day) == (
        "#KAM! KAM_RANK: ascending is a date (2025-05-03); type the number, or format the cell as one"
    )


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (dt.time(18, 30), "a date (18:30)"),
        (dt.datetime(2025, 5, 3, 6, 0, 9), "a date (2025-05-03 06:00:09)"),
        (dt.date(1900, 2, 28), "a date (1900-02-28)"),
        (dt.date(9999, 12, 31), "a date (9999-12-31)"),
        (np.datetime64("20000-01-01"), "a date (day 6610891)"),
        (dt.timedelta(days=2), "a duration (2 days)"),
        (pd.Timedelta("36h"), "a duration (1.5 days)"),
        *((np.timedelta64(n, unit), "a duration (1 day)") for n, unit in [(1, "D"), (24, "h"), (86_400, "s")]),
        *((np.timedelta64(864 * 10**n, unit), "a duration (1 day)") for n, unit in [(5, "ms"), (8, "us"), (11, "ns")]),
        (np.timedelta64(10**12, "W"), "a duration (7000000000000 days)"),
    ],
    ids=str,
)
def test_times_and_durations_are_no_amounts_either(moment, told):
    assert KAM_ABC([[moment], [5.0]]) == DATED.format(told)
    assert KAM_ABC(np.array([moment])) == DATED.format(told)


@pytest.mark.parametrize("unit", ["M", "Y", "generic"])
def test_a_duration_that_has_no_number_of_days_is_refused(unit):
    cell = np.timedelta64(2) if unit == "generic" else np.timedelta64(2, unit)
    for cells in ([cell], np.array([cell])):
        assert KAM_ABC(cells).startswith("#KAM! KAM_ABC: revenue row 1 is text (")


def test_no_date_and_no_duration_are_blank():
    for nothing in (pd.NaT, np.datetime64("NaT"), np.timedelta64("NaT", "D")):
        assert KAM_ABC([85, nothing, 15]) == [["A"], [""], ["B"]]
        assert KAM_ABC(np.array([nothing])) == [[""]]


def test_arguments_that_ask_for_days_take_dates_and_durations():
    start, end = pd.Series(pd.to_datetime(["2025-05-01", None])), [dt.date(2025, 5, 2), None]
    rows = KAM_TIMELINE(["a", "b"], start, end, [1, 0], np.datetime64("2025-05-03"))
    assert rows == [["a", 45778.0, 45779.0, 2.0, 1.0, 1.0, "done", ""], ["b", "", "", "", 0.0, "", "no date", ""]]
    assert all(type(cell) in (str, float) for row in rows for cell in row)
    waiting = pd.Series(pd.to_timedelta(["2 days", "36h"]))
    assert KAM_AT_RISK(["a", "b"], [5, 6], [1, 1], 2, waiting) == [["b", 6.0, 1.0, 1.5], ["a", 5.0, 1.0, 2.0]]
    assert KAM_AT_RISK(["a"], [5], [1], 2, [dt.date(2025, 5, 3)]).startswith("#KAM! KAM_AT_RISK: days_in_queue row 1")
    assert KAM_TIMELINE(["a"], [dt.timedelta(1)], [2], [0], 3).startswith("#KAM! KAM_TIMELINE: start_date row 1 is a")


def test_a_date_may_be_a_name_or_a_mark():
    assert KAM_PARETO([dt.date(2025, 5, 3)], [5])[0][1] == 45780.0
    assert type(KAM_PARETO([dt.date(2025, 5, 3)], [5])[0][1]) is float


@pytest.mark.parametrize(
    "endless",
    [float("inf"), -float("inf"), 10**400, -(10**400), decimal.Decimal("1e999"), decimal.Decimal("sNaN")],
)
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
    -2146826243,
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
    dt.time(9),
    dt.timedelta(2),
    np.timedelta64(2, "M"),
    np.array(["2024-01-01", "NaT"], dtype="datetime64[ns]"),
    object(),
    {"a": 1},
    {"type": "Error", "errorType": "Spill"},
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
