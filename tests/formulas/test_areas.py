"""Array formulas of the pages: places in the order of their amounts, places where something holds."""

from __future__ import annotations

import random

import ironcalc
import pytest
from engines.formulon_book import FormulonBook

from kam_xl.canvas.book import Book
from kam_xl.formulas.areas import Choice, largest, where
from kam_xl.formulas.formula import lit

ROWS, MOST = 60, 20


def tables():
    rng = random.Random(7)
    yield "all different", [float(n) for n in rng.sample(range(1000), ROWS)], range(ROWS)
    yield "many equal", [float(rng.randint(1, 4)) for _ in range(ROWS)], range(ROWS)
    yield "equal at the edge", [*range(100, 119), *[50.0] * 5, *[1.0] * 36], range(ROWS)
    yield "equal to 15 digits", [0.3, 0.1 + 0.2, *[0.25] * 58], range(ROWS)
    yield (
        "sums of the same cents",
        [n % 5 + sum([0.1, 0.2, 0.3][:: 1 if n % 2 else -1]) for n in range(ROWS)],
        range(ROWS),
    )
    yield "tiny and huge", [0.0, 5e-324, 1e-200, 1e15, 1e290, -1e290, *[1e-9] * 54], range(ROWS)
    yield "few amounts", [None] * 10 + [5.0, -3.0, 0.0] + [None] * 47, range(30)
    yield "no row in use", [None] * ROWS, ()
    yield "less than nothing", [-float(i % 7) for i in range(ROWS)], range(ROWS)


def expected(amounts, used):
    """Sorted by hand: by 15 digits, then by place; amounts before rows in use before the others."""
    keys = [
        float(f"{a if abs(a) > 1e-300 else 0:.14e}") if a is not None else -1e300 if i in used else -2e300
        for i, a in enumerate(amounts)
    ]
    order = sorted(range(ROWS), key=lambda i: (-keys[i], i))
    least = keys[order[MOST - 1]]
    return [i + 1 if i in used else None for i in order if keys[i] >= least]


CASES = list(tables())


def write(path, engine, amounts, used):
    book = Book(engine)
    sheet = book.sheet("S")
    for i, amount in enumerate(amounts):
        sheet.write(i, 0, i + 1 if i in used else lit("") & "")
        sheet.write(i, 1, amount)
    places, given = sheet.area(0, 0, ROWS - 1, 0), sheet.area(0, 1, ROWS - 1, 1)
    sheet.array(0, 3, largest(places, given, MOST), MOST)
    above = where(given, ("IFERROR(", given, ">2,FALSE)"), [(a or 0) > 2 for a in amounts])
    sheet.array(0, 5, above, ROWS)
    sheet.array(0, 7, Choice(lit(1) > 2, lit("unused"), above), ROWS)
    book.xlsx.close()
    path.write_bytes(book.buffer.getvalue())
    return sheet


def read(cells):
    return [None if v in (None, "") else v for v in cells]


@pytest.mark.parametrize(("name", "amounts", "used"), CASES, ids=[case[0] for case in CASES])
def test_every_host_finds_the_same_places(tmp_path, office, name, amounts, used):
    order = expected(amounts, used)
    holds = [i + 1 for i, a in enumerate(amounts) if a is not None and a > 2]
    holds += [None] * (ROWS - len(holds))
    native, addin = tmp_path / "native.xlsx", tmp_path / "addin.xlsx"
    sheet = write(native, "native", amounts, used)
    assert read(sheet.cells.get((i, 3)) for i in range(len(order) + 1)) == [*order, None]
    model = ironcalc.load_from_xlsx(str(native), "en", "UTC", "en")
    model.evaluate()
    columns = {c: read(model.get_cell_value(0, 1 + i, 1 + c) for i in range(ROWS)) for c in (3, 5, 7)}
    assert columns[3] == order + [None] * (ROWS - len(order))
    assert columns[5] == columns[7] == holds
    with FormulonBook(native) as second:
        assert read(second.value("S", f"D{row}") for row in range(1, ROWS + 1)) == columns[3]
    write(addin, "addin", amounts, used)
    rows = office.recalculated(addin)["S"]
    assert read(row[3] for row in rows[:MOST]) == order[:MOST]  # Calc does not spill: the room is all that shows
    assert read(row[5] for row in rows) == read(row[7] for row in rows) == holds
