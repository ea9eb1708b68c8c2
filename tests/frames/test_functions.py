"""Functions over frames: the same numbers as the worksheet functions, and as pandas computes them by itself."""

from __future__ import annotations

import inspect
import random
from datetime import date

import numpy as np
import pandas as pd
import pytest

from kam_xl import frames
from kam_xl.errors import InputError
from kam_xl.frames.calling import EXPLAINED
from kam_xl.functions import FUNCTIONS
from kam_xl.functions.registry import RANGES

ROWS = 14
SEVERAL = ("amounts", "numbers", "codes")


@pytest.fixture(params=list(FUNCTIONS))
def function(request):
    return FUNCTIONS[request.param]


def over_frames(function):
    return getattr(frames, function.name.removeprefix("KAM_").lower())


def test_every_worksheet_function_takes_frames(function):
    assert EXPLAINED[over_frames(function).__name__] is function
    assert over_frames(function).__name__ in frames.__all__


def test_the_signature_is_that_of_the_registry_by_name_with_its_defaults(function):
    found = inspect.signature(over_frames(function)).parameters
    wanted = {argument.name: argument for argument in function.args if argument.name != "headers"}
    assert set(found) - {"frame", "influences"} == set(wanted)
    for name, argument in wanted.items():
        if argument.kind in RANGES:
            assert found[name].default is None
        else:
            assert found[name].kind is inspect.Parameter.KEYWORD_ONLY
            default = argument.default if argument.optional else inspect.Parameter.empty
            assert found[name].default == default


def test_help_tells_of_every_argument_and_has_an_example(function):
    text = inspect.getdoc(over_frames(function))
    assert text.startswith(function.help)
    for argument in function.args:
        assert argument.name == "headers" or f"{argument.name}\n    {argument.help}" in text
    assert all(heading in text for heading in function.columns)
    assert ">>>" in text


def some_cells(rng, argument):
    """Sound cells for an argument of ranges: rows of one or several columns."""
    wide = 3 if argument.kind in SEVERAL else 1
    make = {
        "labels": lambda: f"Account {rng.randrange(10_000)}",
        "words": lambda: rng.choice([*argument.choices, None]),
        "marks": lambda: rng.choice(["x", None, True, False]),
        "codes": lambda: rng.choice(["R", "A", "C", "I", "A/R", None]),
    }.get(argument.kind, lambda: rng.choice([None, round(rng.uniform(0.1, 0.9), 3), round(rng.uniform(0.1, 0.9), 2)]))
    if argument.days == "date":
        make = lambda: rng.choice([None, date(2025, 1, 1 + rng.randrange(28))])  # noqa: E731
    return [[make() for _ in range(wide)] for _ in range(ROWS)]


def one_value(argument):
    """A value for an argument that is no range and has no default."""
    return {"weights": [1, 2, 3], "number": date(2025, 1, 15) if argument.days else 0.5}[argument.kind]


def calls(function, rng):
    """The cells of a call, and the frame and the named arguments of the same call."""
    cells, columns, named = [], {}, {}
    for argument in function.args:
        if argument.kind in RANGES and not argument.rows:
            rows = some_cells(rng, argument)
            labels = [f"{argument.name} {k}" for k in range(len(rows[0]))]
            columns |= {label: [row[k] for row in rows] for k, label in enumerate(labels)}
            named[argument.name] = labels if len(labels) > 1 else labels[0]
            cells.append(rows)
        elif argument.optional:
            cells.append(None)
        else:
            named[argument.name] = one_value(argument)
            cells.append(named[argument.name])
    return cells, pd.DataFrame(columns, index=[f"row {k}" for k in range(ROWS)]), named


def as_cells(found, function):
    """A result over frames as the cells of a sheet."""
    if function.result == "scalar":
        return "" if pd.isna(found) else found
    frame = found.to_frame() if isinstance(found, pd.Series) else found
    cells = [["" if pd.isna(cell) else cell for cell in row] for row in frame.astype(object).to_numpy().tolist()]
    epoch = pd.Timestamp(1899, 12, 30)
    return [[(c - epoch).days if isinstance(c, pd.Timestamp) else c for c in row] for row in cells]


def test_cells_and_frames_give_the_same(function):
    rng = random.Random(function.name)
    for _ in range(5):
        cells, frame, named = calls(function, rng)
        wanted = function(*cells)
        assert not str(wanted).startswith("#KAM!"), wanted
        before = frame.copy()
        found = over_frames(function)(frame, **named)
        pd.testing.assert_frame_equal(frame, before)
        wanted = [] if wanted == [[""] * len(function.columns)] else "" if wanted == "n/a" else wanted
        assert as_cells(found, function) == wanted
        if function.result in ("column", "matrix"):
            assert list(found.index) == list(frame.index)
        if function.result == "table":
            assert list(found.columns) == list(function.columns)


def test_of_no_rows_there_is_no_result_and_no_mistake(function):
    cells, frame, named = calls(function, random.Random(1))
    del cells
    found = over_frames(function)(frame.head(0), **named)
    if function.result == "scalar":
        assert np.isnan(found)
    else:
        assert len(found) == 0
    if function.result == "table":
        assert list(found.columns) == list(function.columns)


# ---- computed by pandas, apart ---------------------------------------------------------------------------------


@pytest.fixture(params=range(4))
def portfolio(request):
    rng = np.random.default_rng(request.param)
    n = int(rng.integers(3, 60))
    frame = pd.DataFrame({
        "Account": [f"Account {k}" for k in rng.permutation(n)],
        "2023": rng.lognormal(8, 1.5, n).round(2),
        "2024": rng.lognormal(8, 1.5, n).round(2),
        "mrr": rng.lognormal(5, 1, n).round(2),
        "use": rng.integers(0, 100, n).astype(float),
        "direct_cost": rng.uniform(0, 3000, n).round(2),
        "start_mrr": np.where(rng.random(n) < 0.2, np.nan, rng.integers(1, 500, n)),
        "end_mrr": np.where(rng.random(n) < 0.2, 0, rng.integers(1, 500, n)),
    })  # fmt: skip
    frame.loc[rng.random(n) < 0.2, ["use", "2023"]] = np.nan
    return frame


def test_pareto_and_tiers_as_pandas_sorts_and_sums(portfolio):
    revenue = portfolio[["2023", "2024"]].sum(axis=1)
    order = revenue.sort_values(ascending=False, kind="stable").index
    share = revenue[order] / revenue.sum()
    before = share.cumsum() - share
    found = frames.pareto(portfolio)
    assert found["Account"].tolist() == portfolio["Account"][order].tolist()
    np.testing.assert_allclose(found["Cumulative share"], share.cumsum(), rtol=1e-12)
    assert found["Vital few"].tolist() == (before < 0.8 - 1e-9).tolist()
    tiers = np.select([before < 0.8 - 1e-9, before < 0.95 - 1e-9], ["A", "B"], "C")
    assert frames.abc(portfolio)[order].tolist() == tiers.tolist()
    grouped = revenue[order].groupby(tiers).agg(["size", "sum"]).reindex(["A", "B", "C"], fill_value=0)
    summary = frames.abc_summary(portfolio)
    assert summary["Accounts"].tolist() == grouped["size"].tolist()
    np.testing.assert_allclose(summary["Revenue"], grouped["sum"])


def test_at_risk_as_pandas_filters_and_sorts(portfolio):
    wanted = portfolio[portfolio["use"] < 50].sort_values("mrr", ascending=False, kind="stable")
    found = frames.at_risk(portfolio, kpi="use", threshold=50)
    assert found["Account"].tolist() == wanted["Account"].tolist()
    assert found["KPI"].tolist() == wanted["use"].tolist()
    assert frames.at_risk_mrr(portfolio, kpi="use", threshold=50) == pytest.approx(wanted["mrr"].sum())


def test_profit_as_pandas_subtracts(portfolio):
    found = frames.profit(portfolio, revenue="2024").set_index("Account")
    wanted = portfolio.set_index("Account")
    margin = wanted["2024"] - wanted["direct_cost"]
    pd.testing.assert_series_equal(found["Gross margin"], margin, check_names=False)
    pd.testing.assert_series_equal(found["Margin"], margin / wanted["2024"], check_names=False)


def test_retention_as_pandas_sums_it(portfolio):
    start, end = portfolio["start_mrr"], portfolio["end_mrr"]
    kept = end.where(start > 0, 0)
    assert frames.nrr(portfolio) == pytest.approx(kept.sum() / start.sum())
    assert frames.grr(portfolio) == pytest.approx(kept.clip(upper=start).sum() / start.sum())
    assert frames.mrr_moves(portfolio).set_index("Movement").loc["End", "MRR"] == pytest.approx(end.sum())
    assert frames.arpa(portfolio, mrr="end_mrr") == pytest.approx(end[end > 0].mean())


def test_growth_and_scores_as_numpy_computes_them(portfolio):
    whole = portfolio.dropna()
    np.testing.assert_allclose(frames.cagr(whole), whole["2024"] / whole["2023"] - 1)
    weights = {"use": 2, "mrr": 1}
    np.testing.assert_allclose(frames.score(whole, weights=weights), np.average(whole[["use", "mrr"]], 1, [2, 1]))
    assert frames.rank(whole, "mrr").tolist() == whole["mrr"].rank(ascending=False, method="min").tolist()


def test_a_mistake_is_an_exception_with_the_line_of_the_cell():
    frame = pd.DataFrame({"account": ["Ash"], "revenue": ["n/a"]})
    with pytest.raises(InputError) as caught:
        frames.pareto(frame)
    line = FUNCTIONS["KAM_PARETO"](["Ash"], ["n/a"])
    assert f"#KAM! {caught.value}" == line
    assert 'revenue row 1 is text ("n/a")' in line
