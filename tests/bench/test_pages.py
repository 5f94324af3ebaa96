"""What the bench says of pages whose figures are given; how long anything takes is no matter here."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bench.pages.load import Seen, read
from bench.pages.report import ALONE, BARE, BEHIND, HELLO, STATIC, UNCACHED, Row, picture, table

pytestmark = pytest.mark.once
RATES = {STATIC: 1000, BEHIND: 950, HELLO: 100, ALONE: 70, UNCACHED: 10, BARE: 20}


def rows(**changes):
    made = [Row(name, 16, Seen(rate, 1.0, rate * 10, 1.0, 2.0, 0, 0), 0.5) for name, rate in RATES.items()]
    made[1] = replace(made[1], seen=replace(made[1].seen, **changes))
    return made


def test_each_aim_is_said_to_be_met_or_missed():
    said = table(rows(p99=5.0))
    assert f"16 clients, {BEHIND}: 0.950 of {STATIC} (aim 0.9, met)" in said
    assert f"16 clients, {ALONE}: 0.700 of {HELLO} (aim 0.8, MISSED)" in said
    assert "p99 behind nginx: 2.5 × static's (aim 2, MISSED)" in said
    assert f"{UNCACHED}: 0.50 of a {BARE}" in said
    assert "WRONG" not in said


@pytest.mark.parametrize("changes", [{"refused": 1}, {"lost": 1}])
def test_a_row_with_answers_that_are_none_is_named(changes):
    assert f"WRONG: {BEHIND}, 16 clients" in table(rows(**changes))


def test_what_wrk_said_is_read():
    seen = read("Running 1s test\nSEEN 200 2.0 4000 1.5 9.25 3 1\n")
    assert (seen.rate, seen.p50, seen.p99, seen.refused, seen.lost) == (100, 1.5, 9.25, 3, 1)


def test_the_picture_is_whole_and_shows_every_row():
    drawn = ElementTree.fromstring(picture(rows(), 16))  # noqa: S314
    words = "".join(drawn.itertext())
    assert all(name in words for name in RATES)
