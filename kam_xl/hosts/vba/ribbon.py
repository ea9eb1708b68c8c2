"""The ribbon of the add-in: ``customUI/customUI14.xml``, for Excel 2010 and later on Windows and Mac."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from kam_xl.hosts.vba.buttons import BUTTONS, Button

PART = "customUI/customUI14.xml"
RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
MODULE = "KamRibbon"

# Group of the tab: its label, its buttons, the first of them large.
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Workbook", ("KamNewWorkbook", "KamRefresh", "KamCheck")),
    ("Data", ("KamImportAccounts", "KamSnapshotMrr", "KamAddYear", "KamRemoveYear")),
    ("Share", ("KamExportPdf", "KamHelp")),
)


def callback(macro: str) -> str:
    """The Sub in `MODULE` that a button calls: ``RibbonRefresh`` for ``KamRefresh``."""
    return "Ribbon" + macro.removeprefix("Kam")


def ribbon_xml() -> str:
    """The definition of the tab."""
    buttons = {button.macro: button for button in BUTTONS}
    groups = "".join(
        f"        <group id={quoteattr('kam' + label)} label={quoteattr(label)}>\n"
        + "".join(_button(buttons[macro], large=macro == macros[0]) for macro in macros)
        + "        </group>\n"
        for label, macros in GROUPS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{NAMESPACE}">\n  <ribbon>\n    <tabs>\n      <tab id="kamTab" label="KAM">\n'
        f"{groups}      </tab>\n    </tabs>\n  </ribbon>\n</customUI>\n"
    )


def _button(button: Button, large: bool) -> str:
    attributes = {
        "id": button.macro[0].lower() + button.macro[1:],
        "label": button.caption,
        "imageMso": button.image,
        "size": "large" if large else "normal",
        "onAction": f"{MODULE}.{callback(button.macro)}",
        "screentip": button.caption,
        "supertip": button.tip,
    }
    return f"          <button {' '.join(f'{key}={quoteattr(value)}' for key, value in attributes.items())}/>\n"
