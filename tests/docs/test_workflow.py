"""The workflow for public continuous integration: sound YAML that runs what this project has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".github" / "workflows" / "tests.yml"


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def steps(workflow) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_says_that_it_was_not_run_yet():
    assert FILE.read_text(encoding="utf-8").startswith("# NOT YET RUN")


def test_three_systems_and_three_pythons_that_the_project_supports(workflow):
    matrix = workflow["jobs"]["tests"]["strategy"]["matrix"]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == ["3.11", "3.12", "3.13"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={matrix['python'][0]}"


def test_every_action_is_pinned_to_a_major_version(steps):
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)


def test_it_may_only_read_and_every_job_ends(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())
    assert set(workflow[True]) == {"push", "pull_request", "workflow_dispatch"}  # YAML reads the word “on” as true


def test_it_checks_what_the_script_checks_and_names_what_is_there(steps):
    commands = "\n".join(step["run"] for step in steps if "run" in step)
    script = (ROOT / "tests" / "run").read_text(encoding="utf-8")
    for tool in ("ruff", "mypy", "lint-imports", "pytest"):
        assert tool in commands
        assert tool in script
    for folder in re.findall(r"--ignore=(\S+)", commands):
        assert (ROOT / folder).is_dir()
    assert '".[test]"' in commands
    assert "kam-xl new accounts.xlsx --sample" in (ROOT / "README.md").read_text(encoding="utf-8")
