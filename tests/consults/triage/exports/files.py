"""Reading exported files back, the way a spreadsheet would."""

import csv
import io

import openpyxl
from python_calamine import CalamineWorkbook

from consults.triage.exports.columns import ALWAYS, CLEAR, OPENED

# Every column but those of the consents, as the form offers them first.
COLUMNS = {"columns": list(CLEAR), "names": list(OPENED)}
CLEAR_HEADINGS = [column.heading for column in CLEAR.values()]
OPENED_HEADINGS = [ALWAYS.heading, *(column.heading for column in OPENED.values())]


def rows_of(response):
    """Return the rows of an answer with a file; an empty cell is None or an empty text."""
    if "csv" in response["Content-Type"]:
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    return [[cell.value for cell in row] for row in sheet_of(response).iter_rows()]


def sheet_of(response):
    """Return the sheet of an answer with a spreadsheet."""
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def read_by_another(response):
    """Return the rows of a spreadsheet as a library reads them that shares no line with the other."""
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()


def text_of(response):
    """Return everything that a file shows, in one text."""
    return " ".join(str(cell) for row in rows_of(response) for cell in row if cell is not None)
