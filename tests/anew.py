"""A filled workbook that a person worked on, and the one made anew from it."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from kam_xl.intake.starting import from_data
from kam_xl.intake.template import load_template
from kam_xl.workbook.build import build
from kam_xl.workbook.carry import carried_from, losses

Edit = Callable[[Any], None]


@cache
def small_sample() -> bytes:
    """The sample with one page more than the least, as small workbooks are quick."""
    loaded = load_template("standard")
    shown = dict.fromkeys(("map_account", "plan_account", "rollout_account"), "")
    return build(loaded.settings.model_copy(update={"sheets": ["Scoring"], **shown}), loaded.sample()).to_bytes()


def worked_on(file: Path, edits: Sequence[Edit]) -> list[str]:
    """What is said of the small sample after `edits`; ``file`` becomes it, next.xlsx the one made anew from it."""
    book = openpyxl.load_workbook(io.BytesIO(small_sample()), rich_text=True)
    for edit in edits:
        edit(book)
    book.save(file)
    return made_anew(file)


def made_anew(file: Path, engine: str = "native") -> list[str]:
    """What is said of a filled workbook when next.xlsx beside it is made from it."""
    chosen, tables = from_data(file)
    carried = carried_from(file)
    built = build(chosen, tables, engine, more=carried.write)
    told = losses(carried, built, chosen, tables)
    built.write(file.with_name("next.xlsx"), force=True)
    return told
