"""Rules on macros, and on the ribbon of the add-in."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from files.drawings import EXCEL
from files.reading import MAIN, Book, Found
from lxml.etree import _Element
from vba.readers import olevba_sources

_RIBBONS = {
    "http://schemas.microsoft.com/office/2009/07/customui",
    "http://schemas.microsoft.com/office/2006/01/customui",
}
LONGEST_TIP = 1024  # of the ribbon: supertip, screentip, label


@lru_cache(maxsize=8)
def _modules(project: bytes) -> dict[str, str]:
    """The code of every module, by its name in small letters."""
    return {name.casefold(): code for name, code in olevba_sources(project).items()}


def _project(book: Book) -> dict[str, str] | None:
    """The modules of the file's project; None where it has none."""
    part = next(iter(book.related(book.main, "vbaProject")), None)
    return None if part is None or part not in book.parts else _modules(book.parts[part])


def macros_are_where_they_may_be(book: Book) -> Found:
    """A file with macros ends in .xlsm or .xlam, one of ours without them in .xlsx: else Excel does not open it."""
    has = _project(book) is not None
    if has != (book.path.suffix.lower() in (".xlsm", ".xlam")):
        yield book.path.suffix, f"{'has' if has else 'has no'} macros"


def code_names_are_those_of_the_modules(book: Book) -> Found:
    """Workbook and sheets name their modules, each its own; else Excel adds empty ones, and events are lost."""
    modules = _project(book)
    if modules is None:
        return
    own = {"workbook": [each.get("codeName") for each in book.root.iter(MAIN + "workbookPr")]}
    for sheet in book.sheets:
        own[sheet.name] = [each.get("codeName") for each in sheet.every("sheetPr")]
    names = [(place, (found or [None])[0] or "") for place, found in own.items()]
    for place, name in names:
        if not re.fullmatch(r"[A-Za-z]\w{0,30}", name) or name.casefold() not in modules:
            yield place, f"its code name {name!r} is no module"
    for name, times in Counter(name.casefold() for _, name in names).items():
        if times > 1:
            yield name, f"{times} sheets have this code name"


def buttons_call_macros(book: Book) -> Found:
    """A button calls a public Sub without arguments that is in the file: else "Cannot run the macro"."""
    modules = _project(book)
    for sheet in book.sheets if modules is not None else ():
        for part in book.related(sheet.part, "vmlDrawing"):
            root = book.xml(part)
            for each in [] if root is None else root.iter(EXCEL + "FmlaMacro"):
                macro = (each.text or "").rpartition("!")[2]
                if not any(_is_sub(code, macro) for code in (modules or {}).values()):
                    yield sheet.name, f"a button calls {macro}, which is not there"


def _is_sub(code: str, name: str, arguments: str = "") -> bool:
    pattern = rf"^(?:Public )?Sub {re.escape(name)}\({arguments}\)"
    return re.search(pattern, code, re.MULTILINE | re.IGNORECASE) is not None


def _ribbons(book: Book) -> list[tuple[str, _Element | None]]:
    return [(part, book.xml(part)) for part in book.related("", "extensibility")]


def ribbons_are_ribbons(book: Book) -> Found:
    """The ribbon is a customUI element of Office 2007 or 2010, its ids its own, its texts up to 1,024 characters."""
    for part, root in _ribbons(book):
        tag = "" if root is None else str(root.tag)
        if tag.rpartition("}")[2] != "customUI" or tag[1:].rpartition("}")[0] not in _RIBBONS:
            yield part, f"{tag or 'nothing'} is no ribbon"
        for value, times in Counter(i for e in ([] if root is None else root.iter("*")) if (i := e.get("id"))).items():
            if times > 1:
                yield part, f"{times} controls have the id {value}"
        for each in [] if root is None else root.iter("*"):
            for attribute in ("label", "screentip", "supertip"):
                if len(each.get(attribute) or "") > LONGEST_TIP:
                    yield part, f"{attribute} of {each.get('id')} is too long"


def ribbons_call_macros(book: Book) -> Found:
    """A control calls a Sub of the file that takes the control: else clicking says "Cannot run the macro"."""
    modules = _project(book) or {}
    for part, root in _ribbons(book):
        for each in [] if root is None else root.iter("*"):
            action = each.get("onAction")
            module, _, macro = (action or "").rpartition(".")
            codes = [modules.get(module.casefold(), "")] if module else list(modules.values())
            if action is not None and not any(_is_sub(code, macro, r"\w+ As IRibbonControl") for code in codes):
                yield part, f"{each.get('id')} calls {action}, which is not there"


RULES = (
    macros_are_where_they_may_be,
    code_names_are_those_of_the_modules,
    buttons_call_macros,
    ribbons_are_ribbons,
    ribbons_call_macros,
)
