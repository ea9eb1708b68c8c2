"""Pages and charts as Excel shows them: one PDF, and pictures."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from kam_xl.excel_check.excel import Book, plain
from kam_xl.locale import _


def to_pdf(book: Book, path: Path) -> str:
    """Print the sheets that are not hidden to a PDF; says what there is."""
    book.to_pdf(str(path))
    if not path.is_file() or not path.stat().st_size:
        raise OSError(_("Excel wrote no PDF"))
    line = _("{n} kB of PDF")
    if sys.platform == "darwin":
        line = _("{n} kB of PDF; on a Mac it may hold the page in front only")
    return line.format(n=max(1, path.stat().st_size // 1024))


def pictures(book: Book, folder: Path, pages: list[str]) -> tuple[int, list[str]]:
    """A picture of every page, and of every chart on it; how many there are, and what could not be pictured.

    Pages go through the clipboard, whose contents are lost.
    """
    folder.mkdir(exist_ok=True)
    done, failed = 0, []
    pages_too = find_spec("PIL") is not None
    if not pages_too:
        failed.append(_("pictures of whole pages need Pillow: pip install pillow"))
    if sys.platform == "darwin":
        failed.append(_("a Mac's Excel gives no pictures of single charts"))
    for page in pages:
        sheet = book.sheets[page]
        wanted = []
        if sys.platform != "darwin":
            wanted += [(f"{page} – {chart.name}", chart) for chart in sheet.charts]
        if pages_too:
            area = sheet.page_setup.print_area
            wanted.append((page, sheet.range(area) if area else sheet.used_range))
        if wanted:
            (sheet.api.Activate if sys.platform == "win32" else sheet.activate)()  # Excel draws what it shows
        for name, thing in wanted:
            file = folder / f"{''.join(letter if letter.isalnum() else '_' for letter in name)}.png"
            try:
                thing.to_png(str(file))
                if not file.is_file() or not file.stat().st_size:
                    raise OSError(_("the picture is empty"))
                done += 1
            except Exception as error:
                failed.append(f"{name}: {plain(error)}")
    return done, failed
