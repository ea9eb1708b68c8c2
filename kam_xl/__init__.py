"""Excel functions and a workbook generator for key account management (KAM)."""

__version__ = "0.1.0"
