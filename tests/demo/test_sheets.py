"""The sheet to print is a well-formed file."""

import re

import pytest

from clinic.demo.sheets import draw_sheet

pytestmark = pytest.mark.once


def drawn():
    return draw_sheet("A title (sample)", "A line", ["A first question?", "A second one " * 20])


def test_the_table_names_where_each_object_begins():
    file = drawn()
    starts = [int(start) for start in re.findall(rb"^(\d{10}) 00000 n $", file, re.MULTILINE)]
    assert len(starts) > 8
    for number, start in enumerate(starts, start=1):
        assert file[start:].startswith(b"%d 0 obj" % number)
    table = int(re.search(rb"startxref\n(\d+)", file)[1])
    assert file[table:].startswith(b"xref")


def test_the_words_stand_in_it_in_order():
    file = drawn()
    words = [rb"A title \(sample\)", b"A line", b"A first question?", b"A second one"]
    places = [file.index(b"(" + word) for word in words]
    assert places == sorted(places)


def test_every_piece_is_tagged():
    file = drawn()
    assert re.findall(rb"/S/(\w+)", file) == [b"H1", b"P", b"P", b"P"]
    assert re.findall(rb"/(\w+) <</MCID \d>> BDC", file) == [b"H1", b"P", b"P", b"P"]
