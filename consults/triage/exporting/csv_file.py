"""A table as CSV. Spreadsheets guess what a cell is: no text may pass for a formula or a number."""

import csv
import io
import re

CONTENT_TYPE = "text/csv; charset=utf-8"
# The wide ones count as well where Japanese or Chinese is set.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# A phone number would lose its leading zeros.
LOOKS_LIKE_NUMBER = re.compile(r"[\d\s().,/-]+")


def file_of(table) -> bytes:
    """Return the file."""
    file = io.StringIO()
    csv.writer(file).writerows([[safe(cell) for cell in row] for row in table])
    return file.getvalue().encode()


def safe(cell):
    """Return a cell that stays what it is: an apostrophe goes before text that could be more."""
    if cell is None or isinstance(cell, int):
        return cell
    text = str(cell)
    is_risky = text.startswith(FORMULA_STARTS) or LOOKS_LIKE_NUMBER.fullmatch(text)
    return f"'{text}" if is_risky else text
