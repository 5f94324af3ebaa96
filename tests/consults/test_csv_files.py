"""CSV files as a spreadsheet reads them: no formula, no lost digit, no broken letter, no split cell."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from consults.csv_files import csv_file

pytestmark = pytest.mark.once
FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=cmd|"/c calc"!A1', "\uff1d1", "\uff0b1"]


def read(rows):
    text = csv_file(rows).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("cell", [*FORMULAS, "0303", "+13035550123", "020123456789", "(303)"])
def test_what_a_spreadsheet_would_change_gets_an_apostrophe(cell):
    assert read([[cell, 7]]) == [[f"'{cell}", "7"]]


@pytest.mark.parametrize(
    "cell",
    ["(303) 555-0123", "303-555-0123", "303 555 0123", "3035550123", "Fees", "fewer than 5", "O\u2019Hara"],
)
def test_everything_else_stays_as_it_is(cell):
    assert read([[cell]]) == [[cell]]


def test_excel_is_told_the_encoding():
    assert csv_file([["Zo\u00eb"]]).startswith(b"\xef\xbb\xbf")


def test_another_separator_splits_no_cell():
    assert csv_file([["a;b", None, 5]]).decode("utf-8-sig").strip() == '"a;b","",5'


def test_a_moment_is_written_as_every_spreadsheet_reads_it():
    assert read([[datetime(2026, 11, 4, 9, 5, 40, tzinfo=UTC).replace(tzinfo=None)]]) == [
        ["2026-11-04 09:05"]
    ]


def test_no_other_module_writes_csv():
    """What guards one file guards each that leaves the site."""
    packages = [Path(settings.BASE_DIR, name) for name in ("blog", "clinic", "consults")]
    writers = {
        path.name
        for package in packages
        for path in package.rglob("*.py")
        if re.search(r"^\s*(import csv|from csv)\b", path.read_text(), re.MULTILINE)
    }
    assert writers == {"csv_files.py"}
