"""What xlwings imports (``UDF MODULES``): every registered function, decorated, and nothing else.

The same module serves Excel on Windows, xlwings Server and xlwings Lite. Cells pass through raw, in both directions:
xlwings' own cleaning takes far longer than the functions, and they clean what they are handed. A mistake is its line
of text in Excel; on a server it becomes the error that Excel shows beside the cell.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any

from kam_xl.errors import HostError
from kam_xl.functions import FUNCTIONS, Function
from kam_xl.functions.cells import KAM_LINE

try:
    import xlwings
except ImportError:
    raise HostError("Excel needs xlwings to reach Python; install it with: pip install xlwings") from None

_ON_SERVER = bool(getattr(xlwings, "on_server", False))
_IN_BROWSER = sys.platform == "emscripten"  # xlwings Lite
_LONGEST = 255  # characters of a text among several cells; Excel shows an error for a longer one
_Rows = list[list[Any]]


def _handed_over(value: Any) -> Any:
    """A range of one row may come as a flat list, which elsewhere is a column."""
    if _IN_BROWSER:
        value = _without_nulls(value)
    if isinstance(value, list | tuple) and value and not isinstance(value[0], list | tuple):
        return [value]
    return value


def _without_nulls(value: Any) -> Any:
    """JavaScript's null, which the browser's Python has for blank cells, as None."""
    if isinstance(value, list | tuple):
        return [_without_nulls(cell) for cell in value]
    return None if type(value).__name__ == "JsNull" else value


def _shown(result: Any) -> _Rows:
    """The result as rows, which xlwings wants of a single cell too."""
    if isinstance(result, str) and result.startswith(KAM_LINE) and _ON_SERVER:
        raise xlwings.XlwingsError(result)
    if not isinstance(result, list):
        return [[float(result) if type(result) is int else result]]
    return result if _ON_SERVER else [[_for_excel(cell) for cell in row] for row in result]


def _for_excel(cell: Any) -> Any:
    """A cell of an array in the types that Excel takes over COM."""
    if type(cell) is int:
        return float(cell)
    return cell[:_LONGEST] if type(cell) is str else cell


def _decorated(function: Function) -> Callable[..., _Rows]:
    def call(*cells):  # type: ignore[no-untyped-def]  # xlwings reads annotations as converters
        return _shown(function(*map(_handed_over, cells)))

    call.__name__ = call.__qualname__ = function.name
    call.__doc__ = function.help
    call.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                argument.name,
                inspect.Parameter.POSITIONAL_OR_KEYWORD,
                default=None if argument.optional else inspect.Parameter.empty,
            )
            for argument in function.args
        ]
    )
    for argument in function.args:
        call = xlwings.arg(argument.name, "raw", doc=argument.help)(call)
    decorated: Callable[..., _Rows] = xlwings.func(category="KAM")(xlwings.ret("raw")(call))
    return decorated


globals().update({name: _decorated(function) for name, function in FUNCTIONS.items()})
