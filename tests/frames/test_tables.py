"""The tables of workbooks and data files as frames, and workbooks from frames."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from kam_xl import frames
from kam_xl.cli import cli
from kam_xl.content.records import RECORDS
from kam_xl.content.settings import Template
from kam_xl.content.tables import ACCOUNT_FIELDS, CellError, Tables
from kam_xl.errors import DataError, InputError
from kam_xl.frames.reading import frames_of
from kam_xl.intake import starting
from kam_xl.intake.reader import read_workbook
from kam_xl.intake.template import template_names
from kam_xl.workbook.build import build

CORE = ("accounts", "revenue", "mrr", "scores")


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> tuple[Path, Template, Tables]:
    """A sample workbook with its settings and tables."""
    settings, tables = starting.from_sample("standard")
    path = tmp_path_factory.mktemp("frames") / "sample.xlsx"
    build(settings, tables).write(path)
    return path, settings, tables


@pytest.fixture(scope="module")
def found(sample) -> frames.Frames:
    return frames.read(sample[0])


def refused(call) -> str:
    """The one line of a mistake."""
    with pytest.raises(DataError) as caught:
        call()
    assert "\n" not in str(caught.value)
    return str(caught.value)


# ---- read ------------------------------------------------------------------------------------------------------


def test_every_input_table_is_a_frame(found):
    named = {one.name for one in fields(found) if isinstance(getattr(found, one.name), pd.DataFrame)}
    assert named == {*CORE, *RECORDS}
    assert set(found.tables()) == named, "the sample fills every sheet"


def test_frames_have_the_headings_and_rows_of_the_sheets(sample, found):
    _path, settings, tables = sample
    assert list(found.accounts.columns) == list(ACCOUNT_FIELDS.values())
    assert list(found.revenue.columns) == ["Account", *tables.years]
    assert list(found.mrr.columns) == ["Month", "Account", *settings.plans]
    assert len(found.mrr) == len(tables.mrr)
    for key, record in RECORDS.items():
        frame = getattr(found, key)
        assert len(frame) == len(tables.records[key])
        assert set(frame.columns) >= {one.heading for one in record.fields if not one.slots}
    assert list(found.raci.columns) == ["Task", *settings.roles]


def test_sums_are_those_that_openpyxl_and_pandas_read_from_the_cells(sample, found):
    for name, sheet, start in (("revenue", "Revenue", "Account"), ("costs", "Costs", "Account")):
        rows = list(openpyxl.load_workbook(sample[0], data_only=True)[sheet].iter_rows(values_only=True))
        top = next(place for place, row in enumerate(rows) if start in row)
        cells = pd.DataFrame(rows[top + 1 :], columns=[str(cell) for cell in rows[top]])
        frame = getattr(found, name)
        for heading in frame.columns[1:]:
            assert frame[heading].sum() == pytest.approx(pd.to_numeric(cells[heading]).sum())


def test_types_are_those_of_the_fields(found):
    for key, record in RECORDS.items():
        for one in record.columns():
            if one.heading in (frame := getattr(found, key)):
                kind = {"number": "f", "date": "M"}.get(one.kind)
                assert kind is None or frame[one.heading].dtype.kind == kind, (key, one.heading)
    assert found.accounts["Customer since"].dtype.kind == "M"


def test_what_is_no_number_stays_and_makes_the_column_one_of_objects():
    tables = Tables(
        accounts=[{"account": "Ash", "since": "soon", "engagement": CellError("#N/A")}, {}, {"account": "Fir"}],
        years=["2024", "2025"],
        revenue=[("Ash", [1, "n/a"]), ("Fir", [2, None]), (None, [None, None])],
    )
    made = frames_of(tables, Template())
    assert made.revenue["2024"].dtype == "float64"
    assert made.revenue["2025"].tolist() == ["n/a", None]
    assert made.accounts["Engagement"].tolist() == ["#N/A", None]
    assert made.accounts["Customer since"].tolist() == ["soon", None]
    assert len(made.accounts) == len(made.revenue) == 2, "blank rows are left out"
    with pytest.raises(InputError, match="row 1 column 2 is text"):
        frames.pareto(made.revenue)


def test_names_that_two_columns_would_share_have_their_group_beside():
    settings = Template(
        plans=["Account", "Basic"],
        growth=[{"name": "Fit", "weight": 1}],
        harmony=[{"name": "fit", "weight": 1}],
        roles=["Task"],
    )
    tables = Tables(scores=[("Ash", [1, 2], [3])], records={"raci": [{"task": "Offer", "role_1": "A", "role_3": "R"}]})
    made = frames_of(tables, settings)
    assert list(made.mrr.columns) == ["Month", "Account", "Account (plan)", "Basic"]
    assert list(made.scores.columns) == ["Account", "Fit", "Growth 2", "fit (harmony)"]
    assert list(made.raci.columns) == ["Task", "Task (role)", "Role 2", "Role 3"]


def test_frames_go_into_functions_as_they_are(sample, found):
    book = openpyxl.load_workbook(sample[0], data_only=True)["Pareto"]
    shown = {cell for row in book.iter_rows(values_only=True) for cell in row}
    table = frames.pareto(found.revenue, revenue=found.revenue.columns[-1])
    assert table["Account"][0] in shown
    assert frames.pareto(found.revenue)["Revenue"].sum() == found.revenue.iloc[:, 1:].sum().sum()
    assert len(frames.whitespace(found.divisions)) == len(found.divisions)
    one = found.stakeholders["Account"] == found.stakeholders["Account"][0]
    assert len(frames.org_chart(found.stakeholders[one])) == one.sum()
    assert frames.timeline(found.tasks, today=date(2025, 6, 1))["Task"].tolist() == found.tasks["Task"].tolist()
    assert -100 <= frames.nps(found.surveys, "Recommend") <= 100
    assert len(frames.watch(found.candidates, score="Profitability", at_least=6))
    assert len(frames.raci_check(found.raci, letters=list(found.raci.columns[1:]))) == len(found.raci)


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("nix.csv", None, "nix.csv: no such file"),
        ("empty.csv", b"", "empty.csv: is empty"),
        ("odd.csv", b"a,b\n1,2\n", "odd.csv: no column of accounts among: a, b."),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, name, content, line):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert line in refused(lambda: frames.read(tmp_path / name))


def test_a_workbook_brings_its_settings_and_takes_no_template(sample, found):
    assert found.settings.plans == sample[1].plans
    assert "leave out template" in refused(lambda: frames.read(sample[0], template="saas"))


# ---- write -----------------------------------------------------------------------------------------------------


def comes_back(before: frames.Frames, folder: Path) -> None:
    """What is written from frames reads back as the same frames."""
    written = frames.write(folder / "again.xlsx", before)
    after = frames.read(written.path)
    assert after.settings == before.settings
    assert after.months == before.months
    assert set(after.tables()) == set(before.tables())
    for name, frame in before.tables().items():
        pd.testing.assert_frame_equal(getattr(after, name), frame, obj=name)


def test_frames_of_a_workbook_make_the_same_workbook_again(tmp_path, found):
    comes_back(replace(found, months={found.revenue.columns[-1]: 6}), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("template", template_names())
def test_frames_of_every_sample_make_the_same_workbook_again(tmp_path, template):
    build(*starting.from_sample(template)).write(tmp_path / "a.xlsx")
    comes_back(frames.read(tmp_path / "a.xlsx"), tmp_path)


def test_a_frame_makes_the_workbook_that_its_file_makes(tmp_path):
    frame = pd.DataFrame({
        "Kunde": ["Ash", "Fir", "ash "],
        "Branche": ["Bank", None, ""],
        "2024": [1.5, 2, 3],
        "2025": [10, np.nan, 4],
        "Ort": ["Graz", "Linz", None],
        "Kunde seit": pd.to_datetime(["2020-01-31", None, None]),
    })  # fmt: skip
    frame.to_excel(tmp_path / "in.xlsx", index=False, sheet_name="Accounts")
    done = CliRunner().invoke(cli, ["new", str(tmp_path / "a.xlsx"), "--data", str(tmp_path / "in.xlsx")])
    assert done.exit_code == 0, done.output
    written = frames.write(tmp_path / "b.xlsx", frame)
    one, other = read_workbook(tmp_path / "a.xlsx"), read_workbook(tmp_path / "b.xlsx")
    assert (one.template, one.tables.accounts, one.tables.revenue) == (
        other.template,
        other.tables.accounts,
        other.tables.revenue,
    )
    assert one.tables.revenue == [("Ash", [4.5, 14]), ("Fir", [2, None])]
    for remark in written.remarks:
        assert f"- {remark}" in done.output or "in.xlsx" in done.output
    assert any("stands on several rows" in remark for remark in written.remarks)


def test_problems_are_told_with_their_cells(tmp_path):
    frame = pd.DataFrame({"Account": ["Ash"], "2025": ["n.n."]})
    written = frames.write(tmp_path / "a.xlsx", frame, company="Mine", currency="USD", sheets=["Pareto"])
    assert len(written.problems) == 1
    assert written.problems[0].startswith("Revenue!")
    assert "is text" in written.problems[0]
    assert read_workbook(written.path).template.company == "Mine"


def test_several_frames_are_the_sheets_of_a_workbook(tmp_path):
    evening = datetime(2025, 1, 5, 23, tzinfo=UTC)
    months = pd.period_range("2025-01", periods=2, freq="M")
    tables = {
        "accounts": pd.DataFrame({"Sector": ["Bank"], "In queue since": [evening]}, index=["Ash"]),
        "revenue": pd.DataFrame({2025: [Decimal("10.5")]}, index=pd.Index(["Ash"], name="Customer")),
        "mrr": pd.DataFrame({"Month": months, "Account": ["Ash", "Ash"], "MRR": pd.array([1, None], dtype="Int64")}),
        "stakeholders": pd.DataFrame({"Account": ["Ash"], "Name": ["Ada"], "Power": [5]}),
    }  # fmt: skip
    found = frames.read(frames.write(tmp_path / "a.xlsx", tables).path)
    assert found.accounts[["Account", "Sector"]].to_numpy().tolist() == [["Ash", "Bank"]]
    assert found.accounts["In queue since"].tolist() == [pd.Timestamp("2025-01-05")]
    assert found.revenue["2025"].tolist() == [10.5]
    assert found.mrr["Month"].tolist()[0] == pd.Timestamp("2025-01-01")
    assert found.stakeholders["Power"].tolist() == [5]


FRAME = pd.DataFrame({"Account": ["Ash"], "2025": [1]})


@pytest.mark.parametrize(
    ("tables", "line"),
    [
        (FRAME.assign(x=pd.to_timedelta([1], "D")), "Accounts, x row 1: a cell cannot hold 1 days"),
        (FRAME.assign(x=[float("inf")]), "a cell cannot hold inf (float)"),
        (FRAME.assign(x=pd.Series([10**400], dtype="object")), "a cell cannot hold 1000"),
        (FRAME.assign(x=[[1]]), "a cell cannot hold [1] (list)"),
        (FRAME.assign(x=[1j]), "a cell cannot hold 1j (complex)"),
        (FRAME.assign(x=pd.IntervalIndex.from_breaks([0, 1])), "a cell cannot hold (0, 1]"),
        (FRAME.assign(x=pd.Series([Decimal("sNaN")])), "a cell cannot hold"),
        (pd.concat([FRAME, FRAME], axis=1), "several columns are called 'Account'"),
        (pd.concat([FRAME], axis=1, keys=["a"]), "the columns have 2 levels"),
        (FRAME.set_index(pd.Index(["Fir"])), "the index has names without a heading"),
        (FRAME.set_index("Account", drop=False), "the index and a column are called 'Account'"),
        ({"accounts": [1]}, "accounts is a list; give a DataFrame"),
        ({}, "no frame with rows"),
        ([FRAME], "takes a frame, or a dict of frames, not a list"),
        (pd.DataFrame({"a": [1]}), "frames.write: no column of accounts among: a."),
    ],
)
def test_what_no_workbook_can_hold_is_refused_in_one_line(tmp_path, tables, line):
    assert line in refused(lambda: frames.write(tmp_path / "a.xlsx", tables))
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_is_written_like_any_other(tmp_path):
    (tmp_path / "a.xlsx").write_text("mine")
    assert "a.xlsx: is there already" in refused(lambda: frames.write(tmp_path / "a.xlsx", FRAME))
    assert (tmp_path / "a.xlsx").read_text() == "mine"
    assert "must end in .xlsx" in refused(lambda: frames.write(tmp_path / "a.csv", FRAME))
    assert "needs macros" in refused(lambda: frames.write(tmp_path / "b.xlsx", FRAME, engine="python"))
