"""Excel with Python behind it: VBA projects, the wrappers of the functions, the add-in."""

from kam_xl.hosts.vba.addin import build_addin
from kam_xl.hosts.vba.install import install as install_addin
from kam_xl.hosts.vba.install import uninstall as uninstall_addin
from kam_xl.hosts.vba.workbook import (
    BUTTONS,
    CONF_SHEET,
    INTELLISENSE_SHEET,
    WORKBOOK_CODE_NAME,
    intellisense_rows,
    sheet_code_names,
    vba_project,
    xlwings_conf,
)

__all__ = [
    "BUTTONS",
    "CONF_SHEET",
    "INTELLISENSE_SHEET",
    "WORKBOOK_CODE_NAME",
    "build_addin",
    "install_addin",
    "intellisense_rows",
    "sheet_code_names",
    "uninstall_addin",
    "vba_project",
    "xlwings_conf",
]
