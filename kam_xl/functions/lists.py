"""Lists: whether the names in a list are clean."""

from __future__ import annotations

from kam_xl.functions.registry import Argument, Scalar, worksheet_function


def key(name: Scalar) -> object:
    """What equal names have in common: capital and small letters are the same; a number is not equal to a text.

    Examples
    --------
    >>> key("Ash") == key("ASH"), key(1) == key(True)
    (True, False)
    """
    return name.lower() if isinstance(name, str) else (type(name) is bool, name)


@worksheet_function(
    "Check",
    "column",
    "Where a name stands already: for every name that repeats an earlier one, the row of the first. Blank for the "
    "others.",
    Argument("names", "labels", "One column of names."),
)
def KAM_DUPLICATES(names: list[Scalar]) -> list[Scalar]:
    """Row (from 1, within the range) of the first equal name, for every name that stands there again.

    Capital and small letters are the same, as they are for lookups. A number is not equal to a text.

    Examples
    --------
    >>> KAM_DUPLICATES([["Aurelia"], ["Polarys"], ["aurelia"], [""]])
    [[''], [''], [1], ['']]
    """
    seen: dict[object, int] = {}
    out: list[Scalar] = []
    for row, name in enumerate(names, 1):
        first = row if name == "" else seen.setdefault(key(name), row)
        out.append("" if first == row else first)
    return out
