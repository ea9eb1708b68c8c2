"""Builds the LibreOffice extension ``kam_xl.oxt`` from the registry of functions.

An extension is a zip of text files: the functions' types as IDL, their help as configuration, a component of
Python. The same registry, Python and version give the same bytes.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape

import kam_xl
from kam_xl.functions.registry import FUNCTIONS, Function
from kam_xl.writing import write_file

IDENTIFIER = "org.kamxl.functions"
SERVICE = "org.kamxl.Functions"
FILE_NAME = "kam_xl.oxt"
OLDEST_OFFICE = "24.8"
CLIENT = "pythonpath/kam_xl_client.py"

# "any" for every argument: a value, a range (rows of rows) or, left out, nothing. A parameter declared as
# sequence<sequence<any>> gets the same, but Calc refuses the formula (Err:502) when it is left out.
ARGUMENT = "any"
VALUE = "any"
TEXT_ROWS = "sequence< sequence< string > >"
# Texts in rows of "any" do not compare equal to typed texts in Calc (=, SUMIFS); so text results are declared as text.
MIXED_ROWS = "sequence< sequence< any > >"

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
PART_TYPE = "application/vnd.sun.star."


def method_name(function: Function) -> str:
    """Name of the function's method in the interface: ``kamAbc`` (underscores are illegal there)."""
    return _camel_case(function.name)


def parameter_name(name: str) -> str:
    """Name of an argument in the interface: ``argRevenue``; the prefix keeps it clear of IDL's own words."""
    return _camel_case(f"arg_{name}")


def _camel_case(name: str) -> str:
    first, *others = name.lower().split("_")
    return first + "".join(map(str.capitalize, others))


def return_type(function: Function) -> str:
    """IDL type of the function's result."""
    if function.result == "scalar":
        return VALUE
    return TEXT_ROWS if function.text else MIXED_ROWS


def idl(functions: Iterable[Function]) -> str:
    """The interface of the add-in, one method a function, as IDL text (LibreOffice reads it as a type library)."""
    lines = []
    for function in functions:
        parameters = ", ".join(f"[in] {ARGUMENT} {parameter_name(argument.name)}" for argument in function.args)
        lines.append(f"  {return_type(function)} {method_name(function)}({parameters});\n")
    return f"module org {{ module kamxl {{\ninterface XFunctions\n{{\n{''.join(lines)}}};\n}}; }};\n"


def _property(name: str, text: str, language: str = ' xml:lang="en"') -> str:
    return f'<prop oor:name="{name}"><value{language}>{escape(text)}</value></prop>'


def _node(name: str, content: str) -> str:
    return f'<node oor:name="{name}" oor:op="replace">{content}</node>\n'


def help_texts(functions: Iterable[Function]) -> str:
    """``CalcAddIns.xcu``: the names and the help that Calc shows in its function wizard.

    CompatibilityName is the name in .xlsx files. A parameter's node carries the parameter's name of the IDL.
    """
    nodes = []
    for function in functions:
        parameters = "".join(
            _node(
                parameter_name(argument.name),
                _property("DisplayName", argument.name) + _property("Description", argument.help),
            )
            for argument in function.args
        )
        nodes.append(
            _node(
                method_name(function),
                _property("DisplayName", function.name)
                + _property("CompatibilityName", function.name)
                + _property("Description", function.help)
                + _property("Category", "Add-In", language="")
                + f'<node oor:name="Parameters">\n{parameters}</node>',
            )
        )
    group = f'<node oor:name="AddInFunctions">\n{"".join(nodes)}</node>'
    return (
        f'{XML}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="CalcAddIns"'
        ' oor:package="org.openoffice.Office">\n<node oor:name="AddInInfo">'
        f"{_node(SERVICE, group)}</node>\n"
        "</oor:component-data>\n"
    )


def shape(function: Function) -> dict[str, object]:
    """What the client must know of a function to lay its result out in Calc's cells."""
    ranges = [place for place, argument in enumerate(function.args) if argument.kind not in ("number", "text", "flag")]
    width = {"table": len(function.columns), "matrix": 0}.get(function.result, 1)  # 0: as wide as the range
    tables = {argument.rows: place for place, argument in reversed(list(enumerate(function.args)))}
    others = [place for name, place in tables.items() if name]  # the first range of every other table
    return {
        "name": function.name,
        "result": function.result,
        "text": function.text,
        "width": width,
        "range": ranges[0] if ranges else 0,
        **({"others": others} if others else {}),
    }


def component(functions: Iterable[Function], python: str) -> str:
    """The Python file that LibreOffice loads: the interface's methods, answered through the client."""
    folder = str(Path(kam_xl.__file__).resolve().parent.parent)
    shapes = "".join(f"    {method_name(function)!r}: {shape(function)!r},\n" for function in functions)
    return f'''"""The KAM functions in Calc; made by kam_xl {kam_xl.__version__}."""
import os
import sys

sys.path[:] = [folder for folder in sys.path if os.path.isabs(folder)]  # nothing of the folder of a document

import kam_xl_client
import unohelper
from com.sun.star.lang import XServiceInfo
from org.kamxl import XFunctions

NAME = {SERVICE!r}
SHAPES = {{
{shapes}}}


class Functions(unohelper.Base, XFunctions, XServiceInfo):
    def __init__(self, context, *arguments):
        pass

    def getImplementationName(self):
        return NAME

    def supportsService(self, name):
        return name == NAME

    def getSupportedServiceNames(self):
        return (NAME,)


service = kam_xl_client.Service({python!r}, {folder!r})
for name, shape in SHAPES.items():
    setattr(Functions, name, kam_xl_client.method(service, shape))
g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, NAME, (NAME,))
'''


def components() -> str:
    """``kam_xl.components``: which file implements the add-in."""
    return (
        f'{XML}<components xmlns="http://openoffice.org/2010/uno-components">\n'
        ' <component loader="com.sun.star.loader.Python" uri="kam_xl_addin.py">\n'
        f'  <implementation name="{SERVICE}"><service name="{SERVICE}"/></implementation>\n'
        " </component>\n</components>\n"
    )


def manifest() -> str:
    """``META-INF/manifest.xml``: the parts of the extension and their types."""
    parts = {
        "kam_xl.idl": "uno-typelibrary;type=RDB",
        "kam_xl.components": "uno-components",
        "CalcAddIns.xcu": "configuration-data",
    }
    entries = "".join(
        f' <manifest:file-entry manifest:media-type="{PART_TYPE}{kind}" manifest:full-path="{name}"/>\n'
        for name, kind in parts.items()
    )
    namespace = "http://openoffice.org/2001/manifest"
    return f'{XML}<manifest:manifest xmlns:manifest="{namespace}">\n{entries}</manifest:manifest>\n'


def description() -> str:
    """``description.xml``: name and version, and the LibreOffice it needs."""
    return (
        f'{XML}<description xmlns="http://openoffice.org/extensions/description/2006"'
        ' xmlns:d="http://openoffice.org/extensions/description/2006"'
        ' xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f' <identifier value="{IDENTIFIER}"/>\n <version value="{kam_xl.__version__}"/>\n'
        ' <display-name><name lang="en">KAM functions</name></display-name>\n'
        f' <dependencies><l:LibreOffice-minimal-version value="{OLDEST_OFFICE}" d:name="LibreOffice {OLDEST_OFFICE}"/>'
        "</dependencies>\n</description>\n"
    )


def parts(python: str = sys.executable) -> dict[str, str]:
    """Every file of the extension, by its path in it; `python` is the interpreter that will answer."""
    functions = [FUNCTIONS[name] for name in sorted(FUNCTIONS)]
    return {
        "META-INF/manifest.xml": manifest(),
        "description.xml": description(),
        "kam_xl.idl": idl(functions),
        "CalcAddIns.xcu": help_texts(functions),
        "kam_xl.components": components(),
        "kam_xl_addin.py": component(functions, python),
        CLIENT: files(__package__).joinpath("client.py").read_text(encoding="utf-8"),
    }


def build(path: str | Path, python: str = sys.executable, *, force: bool = False) -> Path:
    """Write the extension to `path` (a file, or a folder to put ``kam_xl.oxt`` in) and return the file.

    DataError if it cannot be written, or is there and `force` is not given.
    """
    target = Path(path)
    if target.is_dir():
        target = target / FILE_NAME
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts(python).items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode("utf-8"))
    return write_file(target, buffer.getvalue(), force=force)
