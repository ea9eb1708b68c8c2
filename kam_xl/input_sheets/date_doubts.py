"""Figures that may be dates: said on Checks as a question, where a figure among far smaller ones is as large as a date.

Excel makes a date of "3.5", which counts as some 46,000. No formula sees the format of a cell in every program, so its
size has to do: no figure between those of a date and a twentieth of them. Where amounts are of that size anyway nothing
is asked; `kam-xl check` sees the formats.
"""

from __future__ import annotations

from kam_xl.canvas.model import Model
from kam_xl.formulas.formula import Range, Ref, cat
from kam_xl.formulas.functions import and_, count, countif, countifs, if_, length
from kam_xl.formulas.messages import say

FIRST, LAST = 36_526, 73_050  # the days of 2000 to 2099
FAR_BELOW = FIRST // 20
OTHERS = 3  # as many at least have to be far below


def calculate(model: Model) -> Ref:
    """The sentences about the sheets with amounts that have no bounds."""
    revenue, mrr = (_line(model, sheet, model.inputs[sheet]) for sheet in ("Revenue", "MRR"))
    both = if_(length(revenue) * length(mrr) > 0, cat(revenue, " ", mrr), cat(revenue, mrr))
    told = if_(length(revenue) + length(mrr) == 0, "✓ Revenue, MRR", both)
    return model.calc.put("figures that may be dates, in words", told)


def _line(model: Model, sheet: str, values: Range) -> Ref:
    n = model.calc.put(f"{sheet}: as large as dates", countifs((values, f">={FIRST}"), (values, f"<={LAST}")))
    alone = and_(n > 0, countif(values, f">={FAR_BELOW}") == n, count(values) - n >= OTHERS)
    text = say(
        "{sheet}: {n, plural, one {is 1 figure a date? It lies} other {are # figures dates? They lie}} in {first} to "
        "{last}, all others are below {below}.",
        sheet=sheet,
        n=n,
        first=f"{FIRST:,}",
        last=f"{LAST:,}",
        below=f"{FAR_BELOW:,}",
    )
    return model.calc.put(f"{sheet}: may hold dates, in words", if_(alone, text, ""))
