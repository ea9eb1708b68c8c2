"""xlwings' VBA module as a workbook or the add-in gets it: cut to what ours use, and deaf to other files.

xlwings' own takes the settings, first of all which Python is started, from the workbook that happens to be active, from
a text file beside it and from one of the user, and pastes them and the workbook's name into command lines: a received
plain workbook could choose what runs. So three procedures are ours (``macros/KamXlwings.bas``), what they and our
modules don't need is left out, and a cell of another workbook can call none of the rest. What stays is as it was, with
its licence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

KEPT = ("RunPython", "XLPy", "CleanUp")  # what our modules call, and Python when it is done on a Mac
PUBLIC = {"RUNPYTHON", "XLPY"}
_NOTICE = """
'Changed by kam_xl: RunPython, XLPyCommand and GetConfig are its own, with the procedures Kam... below. Settings come
'from the sheet of this very file only. Procedures that nothing here needs are left out; all but RunPython and XLPy are
'private. The rest is as xlwings has it.
"""
_APP = re.compile(r'\s*#(If|ElseIf) App = "(.*)" Then')
_PROCEDURE = re.compile(r"(?:(?:Public|Private) )?(?:Function|Sub) (\w+)", re.IGNORECASE)
_END = re.compile(r"End (?:Function|Sub)\b", re.IGNORECASE)
_DECLARE = re.compile(r"^(\s*)(?:(?:Public|Private) )?(Declare .*?Function (\w+) Lib)", re.IGNORECASE)


def adapted(text: str, ours: str, addin: bool) -> str:
    """xlwings' module `text` with `ours` in it; ValueError if it is not as we know it."""
    head, theirs = _procedures(_for_excel(text))
    if "BSD 3-clause license" not in head or not {name.upper() for name in KEPT} <= theirs.keys():
        raise ValueError("not the module of xlwings")
    our_head, own = _procedures(ours.split("\n", 1)[1])
    if not {"RUNPYTHON", "XLPYCOMMAND", "GETCONFIG"} <= own.keys() & theirs.keys():
        raise ValueError("not the module of xlwings")
    if addin:
        own["KAMCALLER"] = own["KAMCALLER"].replace("ThisWorkbook", "ActiveWorkbook")
    both = {**theirs, **own}
    wanted = _reached(both)
    kept = "\n".join(_private(body) for name, body in both.items() if name in wanted)
    constants = "\n".join(line for line in our_head.split("\n") if not line.startswith("Option"))
    return "\n".join(_declared(head, set(_words(kept)))).rstrip() + "\n" + _NOTICE + constants + kept


def _declared(head: str, words: set[str]) -> Iterator[str]:
    """The lines of the head; functions of libraries are private too, or left out if nothing calls them."""
    for line in head.split("\n"):
        found = _DECLARE.match(line)
        if found is None:
            yield line
        elif found[3].upper() in words:
            yield _DECLARE.sub(r"\1Private \2", line)


def _for_excel(text: str) -> str:
    """Without the parts for other programs: the branches of ``#If App = …`` that Excel does not take."""
    lines: list[str] = []
    stack: list[
        bool | None
    ] = []  # of each open #If: whether Excel takes this branch; None if it is about another thing
    for line in text.split("\n"):
        word = line.strip().split(" ")[0].lower() + (" if" if line.strip().lower() == "#end if" else "")
        found = _APP.match(line)
        if found and found[1] == "If":
            stack.append(found[2] == "Microsoft Excel")
        elif word == "#if":
            stack.append(None)
            lines += _live(stack, line)
        elif word in ("#elseif", "#else", "#end if") and stack:
            about_app = stack[-1] is not None
            if word == "#end if":
                lines += [] if about_app else _live(stack, line)
                stack.pop()
            elif about_app:  # "Microsoft Excel" comes first
                stack[-1] = False
            else:
                lines += _live(stack, line)
        elif word != "#const":
            lines += _live(stack, line)
    return "\n".join(lines)


def _live(stack: list[bool | None], line: str) -> list[str]:
    return [] if False in stack else [line]


def _procedures(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first procedure, and every procedure by its name in capitals."""
    head: list[str] = []
    found: dict[str, str] = {}
    body: list[str] = []
    name = ""
    for line in text.split("\n"):
        start = _PROCEDURE.match(line)
        if start and not name:
            name = start[1].upper()
        if name:
            body.append(line)
            if _END.match(line):
                found[name] = "\n".join(body) + "\n"
                name, body = "", []
        elif not found:
            head.append(line)
    return "\n".join(head), found


def _reached(procedures: dict[str, str]) -> set[str]:
    """The procedures that are called by those of `KEPT`, in any number of steps."""
    found: set[str] = set()
    waiting = [name.upper() for name in KEPT]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += procedures.keys() & set(_words(procedures[name]))
    return found


def _words(body: str) -> Iterator[str]:
    for line in body.split("\n"):
        code = re.sub(r'"[^"]*"', '""', line).split("'")[0]
        yield from re.findall(r"\w+", code.upper())


def _private(body: str) -> str:
    """A procedure that cells and other projects can call only if it is one of `PUBLIC`."""
    found = _PROCEDURE.match(body)
    if found is None or found[1].upper() in PUBLIC:
        return body
    return re.sub(r"\A(?:(?:Public|Private) )?", "Private ", body)
