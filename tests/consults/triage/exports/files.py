"""Reading exported files back, the way a spreadsheet would."""

import csv
import io

import openpyxl


def rows_of(response):
    """Return the rows of an answer with a file; an empty cell is None or an empty text."""
    if "csv" in response["Content-Type"]:
        return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    return [[cell.value for cell in row] for row in sheet_of(response).iter_rows()]


def sheet_of(response):
    """Return the sheet of an answer with a spreadsheet."""
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


def text_of(response):
    """Return everything that a file shows, in one text."""
    return " ".join(str(cell) for row in rows_of(response) for cell in row if cell is not None)
