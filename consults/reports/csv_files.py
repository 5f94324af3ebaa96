"""Tables as files for a spreadsheet, which takes some texts for formulas."""

import csv
import io

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table):
    """Return a table as text of a CSV file, masked as it came."""
    file = io.StringIO()
    csv.writer(file).writerows([[harmless(cell) for cell in row] for row in (table.columns, *table.rows)])
    return file.getvalue()


def harmless(cell):
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
