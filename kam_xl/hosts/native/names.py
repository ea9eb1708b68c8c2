"""Writes definitions as names of a workbook that XlsxWriter makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import xlsxwriter

from kam_xl.errors import HostError
from kam_xl.hosts.native.library import Definition


def define(workbook: xlsxwriter.Workbook, definitions: Iterable[Definition]) -> None:
    """Define the names in the workbook, with their comments, the helpers hidden.

    XlsxWriter writes names without comments, and takes every definition with an exclamation mark for the address of
    cells; the two methods that do so are wrapped for this workbook. A test pins them.

    Parameters
    ----------
    workbook
        A workbook that is not closed yet; this can be called several times.
    definitions
        As from `needed_by`.
    """
    comments: dict[str, str] = _comments(workbook)
    for definition in definitions:
        if definition.name in comments:
            continue
        if workbook.define_name(definition.name, f"={definition.stored}") != 0:
            raise HostError(f"XlsxWriter refuses the name {definition.name}; please report it")
        workbook.defined_names[-1][3] = definition.hidden
        comments[definition.name] = definition.comment


def _comments(workbook: Any) -> dict[str, str]:
    """The comments of the names of this workbook; the first call wraps the two methods."""
    comments: dict[str, str] | None = getattr(workbook, "_kam_comments", None)
    if comments is None:
        comments = workbook._kam_comments = {}
        workbook._write_defined_name = _writer(workbook, comments)
        workbook._extract_named_ranges = _extractor(workbook._extract_named_ranges, comments)
    return comments


def _writer(workbook: Any, comments: dict[str, str]) -> Any:
    def write(defined_name: list[Any]) -> None:
        name, sheet, formula, hidden = defined_name[:4]
        attributes: list[tuple[str, Any]] = [("name", name)]
        if sheet == -1 and comments.get(name):
            attributes.append(("comment", comments[name]))
        if sheet != -1:
            attributes.append(("localSheetId", sheet))
        if hidden:
            attributes.append(("hidden", 1))
        workbook._xml_data_element("definedName", formula, attributes)

    return write


def _extractor(original: Any, comments: dict[str, str]) -> Any:
    def extract(defined_names: list[list[Any]]) -> Any:
        return original([each for each in defined_names if each[0] not in comments])

    return extract
