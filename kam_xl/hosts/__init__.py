"""The places where formulas run: Excel through VBA, Excel alone, LibreOffice."""
