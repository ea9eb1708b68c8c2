"""Every value in the file is what a real spreadsheet program computes from the formulas."""

from __future__ import annotations

from pathlib import Path

import pytest
from workbook.compare import differences

from kam_xl.workbook.build import build
from kam_xl.workbook.tables import Tables
from kam_xl.workbook.template import load_template


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    template = load_template("standard")
    return build(template.settings, template.sample()).write(tmp_path_factory.mktemp("books") / "sample.xlsx")


def test_the_sample_recalculates_to_the_values_in_the_file(office, sample):
    assert differences(sample, office.recalculated(sample)) == []
