"""Each rule finds the faults that are planted for it, and no other rule does."""

from __future__ import annotations

from pathlib import Path

import pytest
from files import faults_of_packages, faults_of_pages, faults_of_sheets
from files.findings import RULES, findings
from files.kit import write_kit
from files.planting import Fault, plant

from kam_xl.hosts.vba import build_addin

FAULTS = [*faults_of_packages.FAULTS, *faults_of_sheets.FAULTS, *faults_of_pages.FAULTS]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files that faults are planted in."""
    folder = tmp_path_factory.mktemp("good")
    return {"kit": write_kit(folder / "kit.xlsm"), "addin": build_addin(folder)}


def test_nothing_is_found_in_the_good_files(good: dict[str, Path]) -> None:
    assert {name: list(map(str, findings(path))) for name, path in good.items()} == {"kit": [], "addin": []}


@pytest.mark.parametrize("planted", FAULTS, ids=lambda fault: f"{fault.rule}: {fault.what}")
def test_a_planted_fault_is_found_by_its_rule_alone(planted: Fault, good: dict[str, Path], tmp_path: Path) -> None:
    found = findings(plant(good[planted.base], planted, tmp_path))
    assert {each.rule for each in found} == {planted.rule}, [*map(str, found)]


def test_every_rule_has_a_planted_fault_and_says_what_excel_does() -> None:
    assert {each.rule for each in FAULTS} == RULES.keys()
    assert [name for name, rule in RULES.items() if len(rule.__doc__ or "") < 30] == []
