"""Tables as files for a spreadsheet, which takes some texts for formulas."""

import csv
import io

from .tables import NO_FIGURE

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table):
    """Return a table as text of a CSV file, masked as it came."""
    file = io.StringIO()
    csv.writer(file).writerows([[harmless(cell) for cell in row] for row in (table.columns, *table.rows)])
    return file.getvalue()


def harmless(cell):
    """Return a cell that no spreadsheet takes for a formula, nor a dash for a text."""
    if cell == NO_FIGURE:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
