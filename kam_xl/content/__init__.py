"""What a workbook of key accounts holds: its tables and their fields, settings, pages, positions."""
