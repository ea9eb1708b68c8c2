"""Workbooks in real Excel: opened, calculated, saved and printed there, and held against what Python says.

This is for the person who has Excel. xlwings is imported inside the functions that start it, nowhere else.
"""

from kam_xl.excel_check.check import check_excel

__all__ = ["check_excel"]
