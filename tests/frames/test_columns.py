"""Which columns a function takes, and what may stand in them: right, or refused in one line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from kam_xl import frames
from kam_xl.errors import InputError

NAMES = ["Ash", "Birch", "Cedar", "Fir"]
AMOUNTS = [60, 25, 12, 3]
FRAME = pd.DataFrame({"Account": NAMES, "Revenue": AMOUNTS})
TIERS = ["A", "A", "B", "C"]


def refused(call):
    """The one line of a mistake."""
    with pytest.raises(InputError) as caught:
        call()
    assert "\n" not in str(caught.value)
    assert "internal error" not in str(caught.value)
    return str(caught.value)


def three(*headings):
    """A row under three headings."""
    return pd.DataFrame([["Ash", 1, 2]], columns=list(headings))


# ---- finding them ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["revenue", "Revenue", " REVENUE ", "2025", 2025, np.int64(2025), 2025.0])
@pytest.mark.parametrize("accounts", ["account", "Accounts", "Customer", "Account name"])
def test_columns_are_known_by_their_headings(heading, accounts):
    assert frames.pareto(pd.DataFrame({accounts: NAMES, heading: AMOUNTS}))["Account"].tolist() == NAMES


@pytest.mark.parametrize(
    "index",
    [pd.Index(NAMES), pd.Index(NAMES, name="Account"), pd.CategoricalIndex(NAMES, name="customer")],
)
def test_the_index_may_carry_the_accounts(index):
    assert frames.pareto(pd.DataFrame({"revenue": AMOUNTS}, index=index))["Account"].tolist() == NAMES


def test_a_level_of_the_index_may_carry_them_and_results_keep_every_level():
    index = pd.MultiIndex.from_product([["North"], NAMES], names=["region", "account"])
    frame = pd.DataFrame({"revenue": AMOUNTS}, index=index)
    assert frames.pareto(frame)["Account"].tolist() == NAMES
    assert frames.pareto(frame, accounts="region")["Account"].tolist() == ["North"] * 4
    assert frames.abc(frame).index.equals(index)


def test_an_index_of_another_name_is_not_taken_for_the_accounts():
    frame = pd.DataFrame({"revenue": AMOUNTS}, index=pd.Index(NAMES, name="region"))
    assert "which column is accounts? There are revenue, region" in refused(lambda: frames.pareto(frame))
    assert frames.pareto(frame, accounts="region")["Account"].tolist() == NAMES


def test_a_filtered_frame_keeps_its_rows():
    part = FRAME[FRAME["Revenue"] < 30].iloc[::-1]
    assert frames.abc(part).to_dict() == {3: "B", 2: "A", 1: "A"}


def test_duplicates_in_the_index_do_no_harm():
    frame = pd.DataFrame({"revenue": AMOUNTS}, index=[0, 0, 1, 1])
    assert frames.abc(frame).tolist() == TIERS


def test_years_are_put_in_the_order_of_time():
    frame = pd.DataFrame({"2025": [121.0], "2024": [110.0], "2023": [100.0]})
    assert frames.cagr(frame).tolist() == pytest.approx([0.1])
    assert "the first year first" in refused(lambda: frames.cagr(frame, ["2025", "2024"]))
    assert frames.cagr(frame, ["2024", "2025"]).tolist() == pytest.approx([0.1])


def test_years_that_do_not_follow_one_another_make_no_growth_of_one_year():
    frame = pd.DataFrame({"2021": [100.0], "2023": [121.0]})
    assert refused(lambda: frames.cagr(frame)).endswith("revenue_by_year: 2022 is missing; give periods=2")
    assert frames.cagr(frame, periods=2).tolist() == pytest.approx([0.1])
    assert frames.abc_by_year(frame).shape == (1, 2)


def test_only_the_first_names_are_taken_from_the_index():
    people = pd.DataFrame({"Boss": ["", "Ada"]}, index=["Ada", "Ben"])
    assert "which column is reports_to? There are Boss" in refused(lambda: frames.org_chart(people))
    assert frames.org_chart(people, reports_to="Boss")["Level"].tolist() == [0, 1]


def test_a_series_is_the_column_that_is_meant_and_a_frame_of_one_column_is_asked_about():
    ids = pd.DataFrame({"account": [1001, 1002]})
    assert "which column is revenue? There are account" in refused(lambda: frames.hhi(ids))
    assert frames.hhi(ids["account"]) == frames.hhi(ids, "account") == pytest.approx(5000, rel=1e-3)


def test_a_column_is_not_counted_twice():
    frame = pd.DataFrame({"Account": NAMES, "2025": AMOUNTS, 2024: AMOUNTS})
    assert "revenue: '2025' is named twice" in refused(lambda: frames.pareto(frame, revenue=["2025", 2024, "2025"]))


def test_a_column_of_revenue_goes_before_columns_of_years():
    frame = pd.DataFrame({"Account": NAMES, "Revenue": AMOUNTS, "2024": [1, 2, 3, 4]})
    assert frames.pareto(frame)["Revenue"].tolist() == AMOUNTS
    assert frames.pareto(frame, revenue=["Revenue", "2024"])["Revenue"].tolist() == [61, 27, 15, 7]


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRAME.rename(columns={"Revenue": "Sales"}), "which column is revenue? There are Account, Sales; name it: rev"),
        (pd.DataFrame({"Revenue": AMOUNTS}), "which column is accounts? There are Revenue"),
        (three("Account", "Revenue", "Revenue"), "Revenue, Revenue could each be it; give each its own name"),
        (three("Account", "Revenue", "revenue"), "Revenue, revenue could each be it; name one"),
        (three("Account", "2025", 2025), "a year stands in several columns"),
        (pd.DataFrame({("a", "Account"): NAMES, ("b", "Revenue"): AMOUNTS}), "the columns have 2 levels"),
        (FRAME.assign(Year=[2023, 2024, 2023, 2024]), "the frame holds 2 years and the function takes one at a time"),
        (FRAME.set_index(pd.Index([2023, 2024, 2023, 2024], name="Year")), "the frame holds 2 years"),
        (FRAME.to_dict(), "takes a pandas DataFrame or Series, not a dict"),
        (FRAME.to_numpy(), "not a ndarray"),
    ],
)  # fmt: skip
def test_a_frame_that_leaves_a_choice_is_asked_about(frame, said):
    assert said in refused(lambda: frames.pareto(frame))


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"revenue": "Sales"}, "there is no column 'Sales' among Account, Revenue"),
        ({"revenue": []}, "the list of columns is empty"),
        ({"revenue": FRAME["Revenue"]}, 'give the heading of a column, such as revenue="…"'),
        ({"accounts": ["Account", "Revenue"]}, "accounts has 2 columns; select one column"),
        ({"cut": float("nan")}, "cut is missing; give a value, or leave the argument out"),
        ({"cut": pd.NA}, "cut is missing"),
        ({"cut": [0.8]}, "cut: give one value"),
        ({"cut": "80%"}, 'cut is text ("80%")'),
        ({"cut": 80}, "cut is 80; give a share above 0 and up to 1"),
    ],
)
def test_what_is_named_must_be_there(named, said):
    assert said in refused(lambda: frames.pareto(FRAME, **named))


def test_several_months_or_accounts_are_not_taken_for_one():
    ledger = pd.DataFrame(
        {"Month": pd.to_datetime(["2025-01-01", "2025-02-01"]), "Account": ["Ash"] * 2, "MRR": [1, 2]}
    )
    assert "the frame holds 2 months" in refused(lambda: frames.arpa(ledger))
    assert frames.arpa(ledger[ledger["Month"] == "2025-02-01"]) == 2
    people = pd.DataFrame({"Account": ["Ash", "Fir"], "Name": ["Ada", "Ada"], "Reports to": ["", ""]})
    for call in (frames.org_chart, frames.org_lines):
        assert "the frame holds 2 accounts" in refused(lambda call=call: call(people))
    assert frames.org_chart(people[people["Account"] == "Ash"])["Name"].tolist() == ["Ada"]


PEOPLE = pd.DataFrame({"Name": ["Ada", "Ben"], "Reports to": ["", "Ada"], "Power": [5, 2]})
PEOPLE["Relationship"] = ["opposed", "friendly"]


@pytest.mark.parametrize("call", [frames.stakeholders, frames.org_lines])
def test_influences_are_a_frame_of_their_own_that_is_never_left_out_without_a_word(call):
    whom = pd.DataFrame({"Source": ["Ben"], "Target": ["Ada"]})
    assert "which column is influencer? There are Source, Target" in refused(lambda: call(PEOPLE, influences=whom))
    assert "influencer: give the frame influences" in refused(lambda: call(PEOPLE, influencer="Name"))
    several = pd.DataFrame({"Account": ["Ash", "Fir"], "From": ["Ben"] * 2, "To": ["Ada"] * 2})
    assert "the frame holds 2 accounts" in refused(lambda: call(PEOPLE, influences=several))
    named = call(PEOPLE, influences=whom, influencer="Source", influenced="Target")
    known = call(PEOPLE, influences=several.head(1))
    pd.testing.assert_frame_equal(named, known)
    none = call(PEOPLE, influences=several.head(0))
    pd.testing.assert_frame_equal(none, call(PEOPLE))
    assert not none.equals(known)


def test_headings_that_are_missing_or_true_are_no_others():
    frame = pd.DataFrame([["Ash", 1, 2, 3]], columns=["Account", pd.NA, True, 1])
    assert frames.pareto(frame, revenue=1)["Revenue"].tolist() == [3]
    assert frames.pareto(frame, revenue=True)["Revenue"].tolist() == [2]
    levels = pd.MultiIndex.from_tuples([("Ash", "x")], names=[1, 0])
    assert frames.pareto(pd.DataFrame({"revenue": [1]}, index=levels), accounts=0)["Account"].tolist() == ["x"]


# ---- weights ---------------------------------------------------------------------------------------------------

SCORES = pd.DataFrame({"size": [8.0], "fit": [2.0]})


@pytest.mark.parametrize(
    "weights",
    [{"fit": 1, "size": 3}, pd.Series({"fit": 1, "size": 3}), [3, 1], (3, 1), np.array([3, 1]), pd.Series([3, 1])],
)
def test_weights_go_with_the_names_of_their_columns(weights):
    assert frames.score(SCORES, ["size", "fit"], weights=weights).tolist() == [6.5]


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ({"size": 1}, "weights are for size, but scores has size, fit"),
        (pd.Series([1, 2], index=["size", "size"]), "weights are for size, size, but scores has size, fit"),
        ([1], "scores has 2 columns but weights has 1"),
        ({"size": 1, "fit": None}, None),
        ({"size": 1, "fit": float("nan")}, "weights is missing"),
        (3, "give one number per column"),
        ("12", "give one number per column"),
        (None, "weights are missing"),
    ],
)
def test_weights_that_do_not_fit_are_refused(weights, said):
    call = lambda: frames.score(SCORES, ["size", "fit"], weights=weights)  # noqa: E731
    if said:
        assert said in refused(call)
    else:
        assert call().tolist() == [8.0]  # a blank weight counts as 0, as in a cell


# ---- what stands in them ---------------------------------------------------------------------------------------

KINDS = {
    "float32": pd.Series(AMOUNTS, dtype="float32"),
    "unsigned": pd.Series(AMOUNTS, dtype="uint8"),
    "nullable whole": pd.Series(AMOUNTS, dtype="Int16"),
    "nullable": pd.Series(AMOUNTS, dtype="Float64"),
    "category": pd.Series(AMOUNTS, dtype="category"),
    "sparse": pd.Series(pd.arrays.SparseArray(AMOUNTS)),
    "Decimal": pd.Series([Decimal(amount) for amount in AMOUNTS]),
    "Fraction": pd.Series([Fraction(amount) for amount in AMOUNTS]),
    "objects": pd.Series([60, 25.0, np.int32(12), np.float16(3)], dtype="object"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_every_type_are_numbers(kind):
    assert frames.abc(FRAME.assign(Revenue=KINDS[kind])).tolist() == TIERS
    assert frames.pareto(FRAME.assign(Revenue=KINDS[kind]))["Revenue"].tolist() == AMOUNTS


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT, Decimal("NaN"), "", np.datetime64("NaT")])
def test_what_is_missing_is_a_blank_cell(missing):
    frame = pd.DataFrame({"Account": [*NAMES, "Oak"], "Revenue": pd.Series([*AMOUNTS, missing], dtype="object")})
    found = frames.abc(frame)
    assert found[:4].tolist() == TIERS
    assert found.isna().tolist() == [False] * 4 + [True]
    assert frames.pareto(frame)["Revenue"].tolist()[-1] == 0
    nameless = pd.DataFrame({"Account": pd.Series(["Ash", missing], dtype="object"), "Revenue": [1, 2]})
    assert frames.pareto(nameless)["Account"].isna().tolist() == [True, False]


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "float64", "category"])
def test_missing_values_of_typed_columns(dtype):
    frame = pd.DataFrame({"revenue": pd.Series([60, None, 40], dtype=dtype)})
    assert frames.abc(frame).dropna().to_dict() == {0: "A", 2: "A"}


UNFIT = {
    "True": (True, "is TRUE"),
    "a text": ("12", 'is text ("12")'),
    "an error": ("#N/A", "is an error (#N/A)"),
    "infinity": (float("inf"), "is not a finite number"),
    "too large": (10**400, "is not a finite number"),
    "a complex number": (1 + 2j, "is a complex"),
    "a date": (date(2025, 5, 3), "is a date (2025-05-03)"),
    "a moment": (pd.Timestamp("2025-05-03 08:00"), "is a date (2025-05-03 08:00)"),
    "a moment with a zone": (datetime(2025, 5, 3, tzinfo=UTC), "is a date (2025-05-03)"),
    "a duration": (pd.Timedelta(days=2), "is a duration (2 days)"),
    "a clock": (time(8), "is a date"),
    "a period": (pd.Period("2025-05"), "is a Period"),
    "an interval": (pd.Interval(0, 1), "is an Interval"),
    "a list": ([1], "is a list"),
    "a dict": ({"basicValue": 5}, "is a dict"),
    "bytes": (b"5", "is a bytes"),
    "a signalling NaN": (Decimal("sNaN"), "is not a finite number"),
}


@pytest.mark.parametrize("kind", UNFIT)
def test_what_is_no_amount_is_named_with_its_row(kind):
    value, said = UNFIT[kind]
    frame = FRAME.assign(Revenue=pd.Series([60, 25, value, 3], dtype="object"))
    line = refused(lambda: frames.abc(frame))
    assert f"revenue row 3 {said}" in line
    assert ";" in line


@pytest.mark.parametrize(
    "dtype", ["bool", "boolean", "datetime64[ns]", "timedelta64[ns]", "complex128", "datetime64[ns, UTC]"]
)
def test_columns_that_hold_no_numbers_are_refused_as_a_whole(dtype):
    column = pd.Series([1, 0, 1, 1]).astype("int64")
    column = column.astype("datetime64[ns]").dt.tz_localize("UTC") if "UTC" in dtype else column.astype(dtype)
    assert "revenue row 1 is" in refused(lambda: frames.abc(FRAME.assign(Revenue=column)))


@pytest.mark.parametrize(
    "name", [date(2025, 5, 3), pd.Timestamp("2025-05-03"), timedelta(1), [1], Decimal(5), 1j, ("a",)]
)
def test_names_are_texts_or_numbers(name):
    frame = FRAME.assign(Account=pd.Series(["Ash", name, "Cedar", "Fir"], dtype="object"))
    assert "accounts row 2 is a" in refused(lambda: frames.pareto(frame))


@pytest.mark.parametrize("names", [[1001, 1002, 1003, 2**60], [1.5, 2.0, 3.0, 4.0], [-2146826281 - 2**20, 5, 6, 7]])
def test_numbers_as_names_come_back_as_they_are(names):
    found = frames.pareto(FRAME.assign(Account=names))["Account"]
    assert found.tolist() == names
    assert found.dtype == pd.Series(names).dtype


def test_an_amount_the_size_of_an_error_of_com_is_an_amount():
    assert frames.profit(pd.DataFrame({"account": ["Ash"], "revenue": [0], "direct_cost": [-2146826281]}))[
        "Profit"
    ].tolist() == [2146826281]


def test_dates_with_a_zone_count_as_their_clock_shows_them():
    east = timezone(timedelta(hours=9))
    frame = pd.DataFrame({"task": ["Kick-off"], "done": [0.0]})
    plain = frame.assign(start=[date(2025, 1, 1)], end=[date(2025, 1, 9)])
    tokyo = pd.Timestamp("2025-01-09", tz="Asia/Tokyo")
    zoned = frame.assign(start=pd.Series([datetime(2025, 1, 1, tzinfo=east)]), end=pd.Series([tokyo]))
    wanted = frames.timeline(plain, today=date(2025, 1, 5))
    pd.testing.assert_frame_equal(frames.timeline(zoned, today=pd.Timestamp("2025-01-05", tz="Asia/Tokyo")), wanted)
    assert wanted["Start"].tolist() == [pd.Timestamp("2025-01-01")]
    assert wanted["End"].dtype.kind == "M"


def test_durations_are_days_where_days_are_asked_for():
    frame = pd.DataFrame(
        {"account": ["Ash"] * 2, "mrr": [1, 1], "kpi": [1, 1], "days_in_queue": pd.to_timedelta([1, 36], "h")}
    )
    assert frames.at_risk(frame, threshold=5)["Days in queue"].tolist() == [1.5, pytest.approx(1 / 24)]


def test_a_missing_value_in_the_only_row_is_not_taken_for_an_argument_left_out():
    one = pd.DataFrame({"margin": [100.0], "retention": [np.nan]})
    assert "retention has no value in the only row" in refused(lambda: frames.clv(one, discount=0.1))
    assert frames.clv(one.drop(columns="retention"), discount=0.1).tolist() == pytest.approx([1000])
    two = pd.DataFrame({"margin": [100.0] * 2, "retention": [np.nan, 0.5]})
    assert frames.clv(two, discount=0.1)[1] == pytest.approx(100 * 0.5 / 0.6)


def test_whole_numbers_and_truth_have_types_of_their_own_in_results():
    found = frames.pareto(FRAME)
    assert [found[name].dtype.kind for name in ("Rank", "Revenue", "Vital few")] == ["i", "f", "b"]
    assert frames.rank(pd.Series([3, None, 4])).dtype == "Int64"
