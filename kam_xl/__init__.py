"""Excel functions and a workbook generator for key account management (KAM)."""

__version__ = "0.2.0"
