"""What macros read out of cells, as COM hands it over."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from kam_xl.content.tables import STORED_ERRORS, CellError
from kam_xl.macros.changes import as_cell, read


def cells(*values: Any) -> Any:
    """A range of one row as xlwings gives it on Windows: it knows seven errors, the others stay numbers."""

    def options(**asked: Any) -> Any:
        assert asked == {"ndim": 2, "err_to_str": True}
        return SimpleNamespace(value=[list(values)])

    return SimpleNamespace(options=options)


@pytest.mark.parametrize(
    ("handed", "error"),
    [(-2146826243, "#SPILL!"), (-2146826238, "#CALC!"), (-2146826237, "#BUSY!"), (-2146826000, "#ERROR")]
    + [(error, error) for error in ("#N/A", "#SPILL!", "#FIELD!", "#PYTHON!", "#TIMEOUT!")],
)
def test_an_error_is_an_error_whether_xlwings_knows_it_or_not(handed: Any, error: str):
    ((value,),) = read(cells(handed))
    assert isinstance(value, CellError)
    assert value == error
    assert as_cell(value) == (f"={error}" if error in STORED_ERRORS else "=#VALUE!")  # as Excel takes a typed one


def test_numbers_dates_and_texts_are_what_they_are():
    (values,) = read(cells(-2146826243.0, 5.5, True, datetime(2025, 5, 3), "#5", None, ""))
    assert values == [-2146826243, 5.5, True, date(2025, 5, 3), "#5", None, None]
    assert not any(isinstance(value, CellError) for value in values)
