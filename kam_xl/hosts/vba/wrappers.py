"""The module KamFunctions: one VBA function per worksheet function, which hands its cells to Python through xlwings.

The functions have the form in which xlwings itself writes them when a user imports functions, so nobody has to, and
nothing needs trust in access to the VBA project. Two things differ: the answer of a Python that cannot be reached is
one line in the cell, not a traceback, and the book that calls is not handed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kam_xl import __version__
from kam_xl.functions import FUNCTIONS, Function
from kam_xl.hosts.vba.modules import ENCODING

MODULE = "KamFunctions"
PYTHON_MODULE = "kam_xl.udfs"
CATEGORY = "KAM"  # in Excel's function wizard
NO_BOOK = "Nothing"  # in the place of the book that calls: xlwings would run code from its sheets called ….py
DESCRIBE = "KamDescribeFunctions"
_BATCH = 20  # functions described in one procedure; VBA compiles up to 64 kB of it

_HEAD = f"""Attribute VB_Name = "{MODULE}"
#Const App = "Microsoft Excel"
'The worksheet functions of kam_xl {__version__}, computed by Python. Made from its registry: changes are lost.
"""

_FAILURE = """
Private Function KamFailure(ByVal functionName As String, ByVal reason As String) As String
    reason = Left$(Replace(Replace(reason, vbCr, " "), vbLf, " "), 150)
    KamFailure = "#KAM! " & functionName & ": Python does not answer (" & reason & "); run in a terminal: kam-xl doctor"
End Function
"""

_DESCRIBE = f"""
Private Sub KamDescribe(ByVal functionName As String, ByVal help As String, ByVal arguments As Variant)
    Dim host As Object
    On Error Resume Next 'some versions of Excel know no help of arguments
    Set host = Application
    host.MacroOptions Macro:="'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & functionName, _
        Description:=help, Category:="{CATEGORY}", ArgumentDescriptions:=arguments
End Sub
"""


def functions_module(functions: Iterable[Function] = ()) -> str:
    """The text of the module; `functions` are those of the registry if omitted."""
    chosen = sorted(functions or FUNCTIONS.values(), key=lambda function: function.name)
    texts = [_wrapper(function) for function in chosen]
    return "\n".join([_HEAD, *texts]).rstrip("\n") + "\n" + _FAILURE + _help(chosen) + _DESCRIBE


def _wrapper(function: Function) -> str:
    name = function.name
    parameters = ", ".join(f"Optional {a.name}" if a.optional else a.name for a in function.args)
    call = f'XLPy.CallUDF("{PYTHON_MODULE}", "{name}", Array({", ".join(a.name for a in function.args)})'
    return f"""Public Function {name}({parameters})
Attribute {name}.VB_Description = {quoted(function.help)}
    #If App = "Microsoft Excel" Then
        If TypeOf Application.Caller Is Range Then On Error GoTo failed
        {name} = {call}, {NO_BOOK}, Application.Caller)
        Exit Function
    #Else
        {name} = {call})
        Exit Function
    #End If
failed:
    {name} = KamFailure("{name}", Err.Description)
End Function
"""


def _help(functions: Sequence[Function]) -> str:
    """The help of every argument, for the function wizard: the file itself can hold that of the functions only."""
    batches = [functions[at : at + _BATCH] for at in range(0, len(functions), _BATCH)]
    lines = [
        "",
        "'Help for the function wizard. The first macro that a user runs calls it; a macro that runs when the file is",
        "'opened would make scanners suspicious.",
        f"Public Sub {DESCRIBE}()",
        "    Dim unchanged As Boolean",
        "    On Error Resume Next",
        "    unchanged = ThisWorkbook.Saved",
        *(f"    KamDescribe{number}" for number in range(1, len(batches) + 1)),
        "    If unchanged Then ThisWorkbook.Saved = True",
        "End Sub",
    ]
    for number, batch in enumerate(batches, 1):
        lines += ["", f"Private Sub KamDescribe{number}()"]
        for function in batch:
            texts = [quoted(argument.help[:255]) for argument in function.args]
            texts = [f"        {text}, _" for text in texts[:-1]] + [f"        {text})" for text in texts[-1:]]
            lines += [
                f'    KamDescribe "{function.name}", _',
                f"        {quoted(function.help[:255])}, Array( _",
                *texts,
            ]
        lines.append("End Sub")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as VBA writes it, on one line; a character that is not in its code page becomes a question mark.

    Examples
    --------
    >>> print(quoted('say "yes" \u2713'))
    "say ""yes"" ?"
    """
    text = " ".join(text.split()).encode(ENCODING, "replace").decode(ENCODING)
    return '"' + text.replace('"', '""') + '"'
