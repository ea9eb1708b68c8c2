"""A user's formula that hangs on digits after the 15th has no value; what has one is the same in every program."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import formulon
import ironcalc
import openpyxl
from books.compare import same
from office import Office
from workbook.recompute.engine_book import computed, written

from kam_xl.workbook.recompute.engine import Engine
from kam_xl.workbook.recompute.package import number_of, read_package

WHY = "hangs on digits after the 15th, which every program takes in its own way"
CELLS: dict[str, Any] = {
    **{f"A{row}": 0.1 for row in range(1, 11)},
    **{f"B{row}": value for row, value in enumerate([0.3, 0.1, 0.2, 4.35, -0.3, 1e15, 434.99999999999994], 1)},
    **{f"C{row}": row for row in range(1, 8)},
}  # fmt: skip
HANGING = """
0.1+0.2-0.3 | 1-0.9-0.1 | -(0.1+0.2-0.3) | (0.1+0.2-0.3)*1E17 | 1/(0.1+0.2-0.3) | B1-B2-B3 | SQRT(2)^2-2 | 1E15+0.3-1E15
INT(1-0.9-0.1) | INT(4.35*100) | INT(B4*100) | INT(B7) | INT(0.3/0.1) | INT((0.1+0.7)*10) | INT(SUM(A1:A10))
ROUNDDOWN(4.35*100,0) | ROUNDUP(1.1*3,1) | ROUNDUP(1.1*1.1*100,0) | ROUNDUP(0.07*100,0)
FIXED(-0.001,1) | FIXED(-0.4,0) | FIXED(-0.4,0,TRUE) | FIXED(0.285*100,0) | ROUND(0.285*100,0)
SUM(0.1,0.2,-0.3) | SUM(B1,-B2,-B3) | SUM(A1:A10)-1 | SUM(B6,0.3,-1E15) | AVERAGE(0.1,0.2,-0.3)
SUMPRODUCT(B1:B3,{1;-1;-1}) | SUMIF(C1:C5,">0",B1:B5)-4.35-0.3 | SUMIFS(B1:B5,C1:C5,"<>4",C1:C5,">1")
(0.1+0.2-0.3)=0 | 0.1+0.2-0.3>0 | 43.1-43.2+1=0.9 | 43.1-43.2+1<0.9 | SIGN(1-0.9-0.1) | IF(0.1+0.2-0.3,"yes","no")
MAX(0.1+0.2-0.3,0) | OR(0.1+0.2-0.3) | NOT(1-0.9-0.1)
MATCH(0.1+0.2,B1:B5,0) | VLOOKUP(0.1+0.2,B1:C5,2,FALSE) | COUNTIF(B1:B5,0.1+0.2) | SUMIF(B1:B5,0.1+0.2,C1:C5)
COUNTIF(B1:B7,435) | INDEX(C1:C5,0.3/0.1) | CHOOSE(0.3/0.1,1,2,3)
DATE(2025,0.3/0.1,1) | REPT("x",0.3/0.1)
ADDRESS(4.35*100,1) | LEFT("abcdef",0.3/0.1) | dust | dust*3 | INT(product)
"""
FIRM = {
    "(0.1+0.2)=0.3": True, "0.1+0.2>0.3": False, "0.1+0.2": 0.3, "0.1+0.2&\"\"": "0.3", "1.1-1": 0.1, "1-0.9=0.1": True,
    "ROUND(0.1+0.2-0.3,9)": 0, "ABS(0.1+0.2-0.3)<0.01": True, "INT(6/2)": 3, "INT(100*1.19)": 119, "1/3*3-1": 0,
    "INT(4.351*100)": 435, "ROUND(4.35*100,0)": 435, "ROUND(2.5,0)": 3, "ROUND(1.005,2)": 1.01,
    "FIXED(2.345,2)": "2.35",
    "FIXED(-0.05,1)": "-0.1", "FIXED(0.001,1)": "0.0", "SUM(A1:A10)": 1, "SUM(A1:A10)=1": True, "SUM(C1:C5)-15": 0,
    "COUNTIF(B1:B5,0.3)": 1, "MATCH(0.3,B1:B5,0)": 1, "MATCH(6/2,C1:C5,0)": 3, "43.1-43.2": -0.1, "0.5-0.4=0.1": True,
    "IF(0.1+0.2=0.3,1,2)": 1, "ROUNDUP(2.1,0)": 3, "ROUNDDOWN(-2.9,0)": -2, "firm": 0.3,
}  # fmt: skip


def split(text: str) -> list[str]:
    return [formula.strip() for line in text.strip().splitlines() for formula in line.split(" | ")]


def book_of(path: Path, formulas: list[str]) -> Path:
    """A file with these formulas in column F, and a few names."""
    written(path, {**CELLS, **{f"F{row}": f"={text}" for row, text in enumerate(formulas, 1)}})
    book = openpyxl.load_workbook(path)
    for name, text in {"dust": "0.1+0.2-0.3", "product": "4.35*100", "firm": "0.1+0.2"}.items():
        book.defined_names[name] = openpyxl.workbook.defined_name.DefinedName(name, attr_text=text)
    book.save(path)
    return path


def results(path: Path, n: int) -> tuple[list[Any], dict[int, str]]:
    """The values of column F, and why some have none, by their place from 0."""
    engine = Engine(read_package(path))
    engine.run()
    failed = {row: str(why) for row in range(n) if (why := engine.sheets[0].failed.get(number_of(f"F{row + 1}")))}
    return [None if row in failed else engine.value(0, row, 5) for row in range(n)], failed


def test_a_result_that_hangs_on_digits_after_the_15th_has_no_value(tmp_path: Path) -> None:
    texts = split(HANGING)
    values, failed = results(book_of(tmp_path / "book.xlsx", texts), len(texts))
    assert {text: values[row] for row, text in enumerate(texts) if failed.get(row) != WHY} == {}


def test_a_result_that_does_not_has_one(tmp_path: Path) -> None:
    values, failed = results(book_of(tmp_path / "book.xlsx", list(FIRM)), len(FIRM))
    assert failed == {}
    found = dict(zip(FIRM, values, strict=True))
    assert {text: value for text, value in found.items() if not same(value, FIRM[text])} == {}


def test_digits_after_the_15th_that_come_from_another_cell_count_too(tmp_path: Path) -> None:
    book = computed(
        tmp_path, {"A1": "=4.35*100", "A2": "=INT(A1)", "A3": "=A1-435", "A4": "=A2+1", "A5": "=ROUND(A1,0)"}
    )
    assert book.failed.keys() == {"A2", "A3", "A4"}
    assert book.failed["A4"] == "needs Sheet1!A2, which could not be computed"
    assert book["A5"] == 435


def test_an_array_formula_has_no_value_when_one_of_its_cells_hangs_on_them(tmp_path: Path) -> None:
    cells = {"A1": 4.35, "A2": 4.36, "B1": ("B1:B2", "=INT(A1:A2*100)"), "C1": ("C1:C2", "=ROUND(A1:A2*100,0)")}
    book = computed(tmp_path, cells)
    assert book.failed == {"B1": WHY}
    assert (book["C1"], book["C2"]) == (435, 436)


def random_formulas(n: int) -> list[str]:
    """Formulas of prices, shares and sums, as people write them, from a fixed seed: many meet what they should be."""
    rng = random.Random(15)

    def formula() -> str:
        a, b = (rng.randrange(1, 1000) for _ in range(2))
        unit = rng.choice([10, 100, 1000])
        x, y, sum_, product, third = (
            f"{n:.12g}" for n in (a / unit, b / unit, (a + b) / unit, a * b / unit**2, a / unit / 3)
        )
        one = rng.choice(
            [f"{x}+{y}-{sum_}", f"{x}*{y}-{product}", f"{sum_}-{x}-{y}", f"SUM({x},{y},-{sum_})", f"{product}/{x}"]
        )
        other = rng.choice([f"{x}*{unit}", f"({x}+{y})*{unit}", f"{product}/{x}*{unit}", f"({sum_}-{x})*{unit}"])
        sign = rng.choice(["=", "<", ">=", "<>"])
        return rng.choice(
            [
                one,
                f"ROUND({one},6)",
                f"IF({one},1,2)",
                f"ABS({one})<0.001",
                f"SIGN({one})",
                f"FIXED({other},0,TRUE)",
                f"INT({other})",
                f"ROUND({other},0)",
                f"ROUNDUP({other},0)",
                f"ROUNDDOWN({other},0)",
                f"{other}",
                f"FIXED({one},2)",
                f"{x}+{y}{sign}{sum_}",
                f"{x}*{y}{sign}{product}",
                f"INT({x}*{y})",
                f"ROUND({x}*{y},2)",
                f"FIXED({x}*{y},2,TRUE)",
                f"INDEX(C1:C7,{x}/{third})",
                f"MATCH({other}/{unit},B1:B5,0)",
                f"COUNTIF(B1:B5,{one})",
                f'ROUND({x}+{y},2)&""',
            ]
        )

    return [formula() for _ in range(n)]


def by_formulon(path: Path, n: int) -> list[Any]:
    book = formulon.Workbook.load(path.read_bytes())
    book.recalc()
    found = [book.get_value(0, row, 5) for row in range(n)]
    return [None if value.kind.name == "ERROR" else value.to_python() for value in found]


def by_ironcalc(path: Path, n: int) -> list[Any]:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    return [model.get_cell_value(0, row + 1, 6) for row in range(n)]


def test_what_has_a_value_has_the_same_in_three_other_programs(tmp_path: Path, office: Office) -> None:
    """Six hundred formulas: some have no value here, no other differs anywhere."""
    texts = random_formulas(600)
    path = book_of(tmp_path / "book.xlsx", texts)
    values, failed = results(path, len(texts))
    assert 30 < len(failed) < 300
    shown = [row[5] for row in office.recalculated(path)["Sheet1"][: len(texts)]]
    for there in (shown, by_formulon(path, len(texts)), by_ironcalc(path, len(texts))):
        triples = [(text, a, b) for text, a, b in zip(texts, values, there, strict=True) if a is not None]
        assert [one for one in triples if not str(one[1]).startswith("#") and not same(one[1], one[2])] == []
