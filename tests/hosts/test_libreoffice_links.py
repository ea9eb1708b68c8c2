"""Printing a received workbook fetches nothing: no connection, no file of this computer in the pages."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hosts.linking_files import PIXEL, linking_fods, linking_xlsx
from listener import Listener

from kam_xl.hosts.libreoffice import profile, to_pdf

pytestmark = pytest.mark.usefixtures("office")
FILES = {
    "pictures.xlsx": linking_xlsx,
    "never-calculated.xlsx": lambda path, base: linking_xlsx(path, base, calculated=False),
    "flat.fods": linking_fods,
}
INTERNET = "/org.openoffice.Inet/"


def printed(file: Path) -> tuple[str, int]:
    """The text of the pages, and how many pictures are on them."""
    pdf = to_pdf(file, file.with_suffix(".pdf"))
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pictures = subprocess.run(["pdfimages", "-list", pdf], capture_output=True, text=True, check=True).stdout
    return text, len(pictures.splitlines()) - 2


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_asked_over_the_network(tmp_path: Path, name: str) -> None:
    with Listener() as listener:
        text, _ = printed(FILES[name](tmp_path / name, f"http://127.0.0.1:{listener.port}/"))
        assert "seen" in text
        assert listener.asked == []


@pytest.mark.parametrize("name", ["pictures.xlsx", "flat.fods"])
def test_not_even_where_the_network_is_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    open_network = tuple(setting for setting in profile.SETTINGS if not setting[0].startswith(INTERNET))
    assert len(open_network) < len(profile.SETTINGS)
    monkeypatch.setattr(profile, "SETTINGS", open_network)
    test_nothing_is_asked_over_the_network(tmp_path, name)


@pytest.mark.parametrize("name", ["pictures.xlsx", "flat.fods"])
def test_no_picture_of_this_computer_comes_into_the_pages(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for picture in ("drawing1.xml.png", "image", "object", "background.png"):
        (folder / picture).write_bytes(PIXEL)
    text, pictures = printed(FILES[name](tmp_path / name, folder.as_uri() + "/"))
    assert "seen" in text
    assert pictures == 0
