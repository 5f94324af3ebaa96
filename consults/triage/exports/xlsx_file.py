"""A table as XLSX, made in memory: nothing of it ever lies on the disk in clear.

Texts stay texts, so nothing is a formula or a link and phone numbers stay whole. Moments are typed, so they
sort and filter as such. The document's properties name nobody.
"""

import io
from datetime import datetime

from xlsxwriter import Workbook

from clinic.core.xml_text import xml_text

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True,
    "default_date_format": "yyyy-mm-dd hh:mm",
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# A moment fits into the narrower (pixels); a spreadsheet shows only ### where it doesn't.
NARROWEST, WIDEST = 120, 360


def file_of(table) -> bytes:
    """Return the file: a heading that stays in sight, the rows, and a last line that widens no column."""
    *rows, last = [[_cell(value) for value in row] for row in table]
    file = io.BytesIO()
    with Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet("Requests")
        sheet.freeze_panes(1, 0)
        sheet.set_column_pixels(0, len(rows[0]) - 1, NARROWEST)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.autofit(max_width=WIDEST)
        sheet.write_row(len(rows), 0, last)
    return file.getvalue()


def _cell(value):
    # Labels may be lazy: texts all the same.
    return value if value is None or isinstance(value, int | datetime) else xml_text(str(value))
