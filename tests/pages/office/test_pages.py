"""Any choice of pages makes a whole workbook: nothing in it speaks of a sheet that is not there."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from books.compare import differences

from kam_xl.content.pages import PAGES, records_of, sheets_of
from kam_xl.content.tables import Tables
from kam_xl.intake.template import load_template
from kam_xl.pages.guide import page as guide
from kam_xl.workbook.build import Built, build

SHEET = re.compile(r"'((?:[^']|'')+)'!|(?<![\w.'])([^\W\d][\w.]*)!")
SMALL = Tables(
    accounts=[{"account": "Alpha", "engagement": 80}, {"account": "Beta", "engagement": 40}],
    years=["2024", "2025"],
    revenue=[("Alpha", [3, 4]), ("Beta", [2, 1])],
    mrr=[(date(2025, 12, 1), "Alpha", [1]), (date(2025, 12, 1), "Beta", [2])],
    scores=[("Alpha", [5, 5, 5, 5], [6, 6, 6, 6])],
)
PAIRS = [*pairwise(PAGES), ("Team", "Dashboard")]


def spoken_of(content: bytes) -> set[str]:
    """Sheets that formulas, charts, names, drop-downs and links of a workbook mean."""
    found: set[str] = set()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for part in archive.namelist():
            if not re.match(r"xl/(?:workbook\.xml|worksheets/sheet|charts/chart|tables/)", part) or "_rels" in part:
                continue
            for element in ElementTree.fromstring(archive.read(part)).iter():
                texts = [element.get("location", "")]
                if element.tag.rpartition("}")[2] in ("f", "definedName", "formula", "formula1", "formula2", "sqref"):
                    texts.append(element.text or "")
                for text in texts:
                    bare = re.sub(r'"[^"]*"', "", text)
                    found |= {(a or b).replace("''", "'") for a, b in SHEET.findall(bare)}
    return found


def sound(built: Built, pages: list[str]) -> None:
    content = built.to_bytes()
    assert built.problems == []
    assert spoken_of(content) <= set(built.book.sheets)
    wanted = sheets_of(pages)
    assert list(built.book.sheets)[: len(wanted)] == list(wanted)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    shown = [s.attrib["name"] for s in book.iterfind("{*}sheets/{*}sheet") if s.get("state", "visible") == "visible"]
    assert shown == [name for name, visible in wanted.items() if visible]
    named = [name for name, _text in (*guide.read(pages), *guide.typed(pages))]
    assert sorted(["Guide", *named]) == sorted(shown)


@pytest.mark.parametrize("engine", ["native", "addin"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_alone(page: str, engine: str) -> None:
    template = load_template("standard").settings.model_copy(update={"sheets": [page]})
    sound(build(template, SMALL, engine), [page])


@pytest.mark.parametrize("pages", PAIRS, ids=["+".join(pair) for pair in PAIRS])
def test_any_two_pages_go_together(pages: tuple[str, str]) -> None:
    template = load_template("standard").settings.model_copy(update={"sheets": list(pages)})
    sound(build(template, Tables.empty(["2025"]), "addin"), list(pages))


@pytest.mark.parametrize(
    ("name", "pages"), [("saas", None), ("selection", None), ("standard", ["Team", "Profit"]), ("standard", ["Pareto"])]
)
def test_some_pages_recalculate_to_the_values_in_the_file(office, tmp_path, name, pages):
    loaded = load_template(name)
    settings = loaded.settings.model_copy(update={"sheets": pages}) if pages else loaded.settings
    tables = loaded.sample()
    path = build(settings, tables, "addin").write(tmp_path / "some.xlsx")
    assert differences(path, office.recalculated(path)) == []


def test_checks_lists_every_input_sheet_with_its_room() -> None:
    loaded = load_template("standard")
    built = build(loaded.settings, loaded.sample(), "addin")
    cells = built.book.sheets["Checks"].cells
    lines = {cells[row, 5]: (cells[row, 6], cells[row, 7]) for row in range(5, 24)}
    assert len(lines) == 19
    assert lines["Stakeholders"] == ("✓", "25 of 41")
    assert lines["Influences"] == ("✓", "7 of 24")
    assert lines["Tasks"] == ("✓", "17 of 33")
    assert set(lines) == {
        name for name, shown in sheets_of(list(PAGES)).items() if shown and name not in {*PAGES, "Guide", "Checks"}
    } | {"Revenue headings"}
    assert len(records_of(PAGES)) == 13
