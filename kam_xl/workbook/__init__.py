"""The generator: template and data in, a workbook out; and the reader that takes a user's inputs back out."""
