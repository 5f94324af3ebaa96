"""Rows as a CSV file for a spreadsheet, which takes some texts for formulas and some numbers for others."""

import csv
import io
import re
from datetime import datetime

CONTENT_TYPE = "text/csv; charset=utf-8"
# Without it, Excel reads the file in the old code page of the machine.
BYTE_ORDER_MARK = "\ufeff"
# The wide ones count as well where Japanese or Chinese is set.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# It would lose its leading zeros or its last digits, or become negative. "(303) 555-0123" stays what it is.
CHANGED_NUMBER = re.compile(r"0[\d ]+|\d{12,}|\(\d+\)")


def csv_file(rows) -> bytes:
    """Return rows as a file that no spreadsheet misreads: every text in quotes, whatever separates cells."""
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_NONNUMERIC).writerows([[safe(cell) for cell in row] for row in rows])
    return f"{BYTE_ORDER_MARK}{file.getvalue()}".encode()


def safe(cell):
    """Return a cell that stays what it is: an apostrophe goes before text that would turn into another."""
    if isinstance(cell, int):
        return cell
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    text = "" if cell is None else str(cell)
    is_risky = text.startswith(FORMULA_STARTS) or CHANGED_NUMBER.fullmatch(text)
    return f"'{text}" if is_risky else text
