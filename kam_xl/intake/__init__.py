"""The way in: any file to tables, the reader of our own workbooks, templates."""
