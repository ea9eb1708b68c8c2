"""Prints a workbook to PDF or PNG with LibreOffice, showing the values that are stored in the file.

LibreOffice calculates array formulas and functions it does not know when it opens a file, and would print errors in
place of the values in it (it has no LAMBDA). So it gets a copy in which every calculated formula is its value.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from kam_xl.errors import DataError, HostError
from kam_xl.files.container import DAMAGED, check_container
from kam_xl.files.limits import read_file
from kam_xl.hosts.programs import find_program
from kam_xl.locale import _
from kam_xl.progress import expect, step
from kam_xl.writing import check_target, fitting_name, temporary_folder, write_file

from .install import find_office
from .process import run
from .profile import sealed_profile

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
CELLS = re.compile(rb"<(?:\w+:)?sheetData>.*</(?:\w+:)?sheetData>", re.DOTALL)
FORMULA = re.compile(rb"<(\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)")
CALCULATED = re.compile(rb"(?:/f>|<(?:\w+:)?f\s[^<>]*/>)<(?:\w+:)?v>[^<]")
ZIPPED = {".xlsx", ".xlsm", ".xltx", ".xltm"}
OTHERS = {".xls", ".xlsb", ".ods", ".ots", ".fods"}


def to_pdf(src: str | Path, dst: str | Path, timeout: float = 120, *, force: bool = False) -> Path:
    """Print the workbook `src` to the PDF file `dst` and return it.

    HostError if that fails, DataError if `dst` cannot be written, or is there and `force` is not given.
    """
    source = _existing(src)
    check_target(dst, force=force)
    with temporary_folder() as aside:
        return write_file(dst, _print(source, aside, timeout).read_bytes(), force=force)


def to_png(
    src: str | Path, out_dir: str | Path, dpi: int = 110, timeout: float = 120, *, force: bool = False
) -> list[Path]:
    """Print the workbook `src` to ``<name>-01.png``, ``<name>-02.png`` … in `out_dir`, one a page, and return them.

    With `force` pages of an earlier print that had more are taken away: they would be taken for pages of this one.

    Pages are drawn by pdftoppm (poppler-utils) or, where that is missing, by the package pypdfium2. HostError if
    neither is there or LibreOffice fails; DataError, and no page written, if one is there and `force` is not given.
    """
    source, folder = _existing(src), Path(out_dir)
    if (there := next(_pages_in(folder, source.stem), None)) and not force:
        check_target(there)  # before the work
    with temporary_folder() as aside:
        drawn = _draw(_print(source, aside, timeout), dpi, timeout)
        pages = [folder / fitting_name(source.stem, f"-{number:02d}.png") for number in range(1, len(drawn) + 1)]
        folder.mkdir(parents=True, exist_ok=True)
        for target in pages:
            check_target(target, force=force)
        for page, target in zip(drawn, pages, strict=True):
            write_file(target, page.read_bytes(), force=force)
    for left in list(_pages_in(folder, source.stem)):
        if left not in pages and force:
            left.unlink()
    return pages


def _pages_in(folder: Path, stem: str) -> Iterator[Path]:
    """Pages of a workbook of this name that were printed there before, in their order."""
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            number = re.search(r"-(\d{2,3})\.png$", path.name)
            if number and path.name == fitting_name(stem, number[0]):
                yield path


def write_values_copy(source: Path, target: Path) -> None:
    """Copy a workbook, with the stored values in place of its formulas.

    A workbook of which no formula has a value was never calculated; it is copied as it is.
    """
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        sheets = [item for item in archive.infolist() if SHEET.fullmatch(item.filename)]
        calculated = any(CALCULATED.search(archive.read(item)) for item in sheets)
        for item in archive.infolist():
            if calculated and item in sheets:
                content = archive.read(item)
                copy.writestr(item.filename, CELLS.sub(lambda cells: FORMULA.sub(b"", cells[0]), content))
            else:
                with archive.open(item) as part, copy.open(item.filename, "w", force_zip64=True) as same:
                    shutil.copyfileobj(part, same)


def _existing(src: str | Path) -> Path:
    source = Path(src)
    if source.is_dir():
        raise HostError(f"{source} is a folder; name a workbook in it")
    if not source.is_file():
        raise HostError(f"{source} does not exist; give a workbook")
    if source.suffix.lower() not in ZIPPED | OTHERS:
        raise HostError(f"{source} is no workbook; give an .xlsx, .xlsm or .ods file")
    try:
        check_container(source, read_file(source))
    except DataError as error:
        raise HostError(str(error)) from None
    return source


def _print(source: Path, folder: Path, timeout: float) -> Path:
    """Print `source` to a PDF in `folder`, by a LibreOffice of its own: a sealed profile, ended when time is up."""
    expect(1)
    step(_("printing {file} with LibreOffice").format(file=source.name))
    office = find_office()
    copy = folder / f"book{source.suffix}"
    try:
        if source.suffix.lower() in ZIPPED:
            write_values_copy(source, copy)
        else:
            shutil.copyfile(source, copy)
    except OSError as error:
        raise HostError(f"{source} cannot be read: {error.strerror or error}") from None
    except DAMAGED:
        raise HostError(_unreadable(source)) from None
    profile = f"-env:UserInstallation={sealed_profile(folder).resolve().as_uri()}"
    options = ["--headless", "--norestore", "--nologo", "--nofirststartwizard", "--nolockcheck"]
    command = [
        str(office.soffice),
        profile,
        *options,
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder.resolve()),
        str(copy.resolve()),
    ]
    _code, output = run(command, timeout)
    printed = folder / "book.pdf"
    if not printed.is_file():  # the exit code is 0 all the same
        if "source file could not be loaded" in output:
            raise HostError(_unreadable(source))
        reason = next((line for line in reversed(output.splitlines()) if line.startswith("Error")), "it gave no reason")
        raise HostError(f"LibreOffice did not print {source}: {reason}")
    return printed


def _unreadable(source: Path) -> str:
    return f"{source} cannot be read: it is damaged or no workbook; open it and save it as .xlsx"


def _draw(pdf: Path, dpi: int, timeout: float) -> list[Path]:
    """Draw the pages of `pdf` into PNG files beside it."""
    expect(1)
    step(_("drawing the pages"))
    pdftoppm = find_program("pdftoppm")
    if pdftoppm is None:
        return _draw_with_pdfium(pdf, dpi)
    code, output = run(
        [pdftoppm, "-r", str(dpi), "-png", str(pdf.resolve()), str(pdf.with_name("page").resolve())], timeout
    )
    if code:
        raise HostError(f"pdftoppm did not draw the pages: {(output.splitlines() or ['it gave no reason'])[-1]}")
    return sorted(pdf.parent.glob("page-*.png"), key=lambda page: int(page.stem.removeprefix("page-")))


def _draw_with_pdfium(pdf: Path, dpi: int) -> list[Path]:
    try:
        pdfium = import_module("pypdfium2")
    except ImportError:
        raise HostError("pages cannot be drawn; install poppler-utils (pdftoppm) or pip install pypdfium2") from None
    pages = []
    with pdfium.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            pages.append(pdf.with_name(f"page-{number}.png"))
            page.render(scale=dpi / 72).to_pil().save(pages[-1])
    return pages
