"""A native workbook edited in LibreOffice or by openpyxl has right values again, and nothing else in it changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from office import Office
from workbook.recompute import edits
from workbook.recompute.editors import ByOffice, ByOpenpyxl
from workbook.recompute.judges import touched, unlike_a_rebuild, unlike_ironcalc

from kam_xl.workbook.recompute import Recomputed, recompute, write_values

LAID_OUT_ANEW = {
    edits.no_weights: "the reader takes the standard weights in place of none",
    edits.my_own_sheet: "a rebuild has no sheets of the user's",
    edits.typed_over_a_page: "a rebuild has no text of the user's on a page",
    edits.an_inserted_row_of_revenue: "LibreOffice fills no formulas into a new row, so its total is blank",
    edits.an_inserted_row_of_accounts: "LibreOffice fills no formulas into a new row",
    edits.an_inserted_row_of_mrr: "LibreOffice fills no formulas into a new row",
}


def shown(recomputed: Recomputed) -> dict[str, dict[str, object]]:
    return {
        sheet: {cell: value for cell, value in cells.items() if value is not None}
        for sheet, cells in recomputed.values.items()
    }


def judged(edited: Path, edit: Callable[..., None]) -> Recomputed:
    """An edited file is recalculated; nothing is left to change, nothing else changed, and two judges agree."""
    found = recompute(edited)
    assert (found.unmatched, found.lost) == ([], [])
    out = write_values(found, edited.with_name("recalculated.xlsx"))
    assert touched(edited, out) == []
    again = recompute(out)
    assert again.right
    assert shown(again) == shown(found)
    assert unlike_ironcalc(again, edited.parent) == {}
    if edit not in LAID_OUT_ANEW:
        assert unlike_a_rebuild(again, edits.MOVED.get(edit)) == {}
    return found


def by_openpyxl(source: Path, edit: edits.Edit, folder: Path) -> Recomputed:
    editor = ByOpenpyxl(source)
    edit(editor)
    editor.save(folder / "edited.xlsx")
    found = judged(folder / "edited.xlsx", edit)
    assert found.missing == sum(len(sheet.formulas) for sheet in found.package.sheets)  # openpyxl drops every value
    return found


def by_office(source: Path, edit: Callable[[ByOffice], None], folder: Path, office: Office) -> Recomputed:
    editor = ByOffice(source, office)
    edit(editor)
    editor.save(folder / "edited.xlsx")
    return judged(folder / "edited.xlsx", edit)


@pytest.mark.parametrize("edit", [edits.a_new_account_below, edits.text_among_the_amounts])
def test_a_file_that_openpyxl_saved_has_right_values_again(small: Path, tmp_path: Path, edit: edits.Edit) -> None:
    by_openpyxl(small, edit, tmp_path)


@pytest.mark.parametrize("edit", [edits.another_amount, edits.a_deleted_row_of_revenue, edits.a_renamed_input_sheet])
def test_a_file_that_libreoffice_saved_has_right_values_again(
    small: Path, plain_office: Office, tmp_path: Path, edit: Callable[[ByOffice], None]
) -> None:
    found = by_office(small, edit, tmp_path, plain_office)
    assert found.changes and found.names and found.arrays


@pytest.mark.long
@pytest.mark.parametrize("edit", edits.TYPED)
def test_every_edit_by_openpyxl(native: Path, tmp_path: Path, edit: edits.Edit) -> None:
    by_openpyxl(native, edit, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("edit", [*edits.TYPED, *edits.RESTRUCTURED])
def test_every_edit_in_libreoffice(
    native: Path, plain_office: Office, tmp_path: Path, edit: Callable[[ByOffice], None]
) -> None:
    by_office(native, edit, tmp_path, plain_office)


def test_a_picture_and_a_comment_in_the_file_stay_as_they_are(small: Path, tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.drawing.image import Image

    picture = tmp_path / "dot.png"
    picture.write_bytes(PNG)
    book = openpyxl.load_workbook(small)
    book["Pareto"].add_image(Image(picture), "P30")
    book["Pareto"]["B6"].comment = Comment("who?", "me")
    book["Revenue"]["H9"] = 1
    edited = tmp_path / "edited.xlsx"
    book.save(edited)
    out = write_values(recompute(edited), tmp_path / "out.xlsx")
    assert touched(edited, out) == []
    with zipfile.ZipFile(edited) as old, zipfile.ZipFile(out) as new:
        media = [name for name in old.namelist() if "media" in name or "comment" in name]
        assert len(media) >= 3
        assert all(old.read(name) == new.read(name) for name in media)


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
