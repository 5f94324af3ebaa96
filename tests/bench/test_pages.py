"""What the bench says of pages whose figures are given; how long anything takes is no matter here."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bench.aims import NOT_RUN, REACHED, SHORT, TOLD
from bench.pages.load import Seen, read
from bench.pages.report import (
    ALONE,
    BARE,
    BEHIND,
    HELLO,
    SAME,
    STATIC,
    UNCACHED,
    WORDPRESS,
    Row,
    aims,
    picture,
    table,
    wrong,
)

pytestmark = pytest.mark.once
RATES = {STATIC: 1000, BEHIND: 950, HELLO: 100, SAME: 80, ALONE: 70, UNCACHED: 10, BARE: 20}


def rows(more=(), **changes):
    rates = {**RATES, **dict(more)}
    seen = {name: Seen(rate, 1.0, rate * 10, 1.0, 2.0, 0, 0) for name, rate in rates.items()}
    seen[BEHIND] = replace(seen[BEHIND], **changes)
    return [Row(name, 16, [each] * 3, [0.5] * 3) for name, each in seen.items()]


def verdicts(made):
    return {aim.what: aim.verdict for aim in aims(made)}


def test_each_aim_is_said_to_be_reached_or_not():
    said = verdicts(rows(p99=5.0))
    assert said["post behind nginx, 16 clients: × static file"] == REACHED
    assert said["the same: p99 × static's"] == SHORT
    assert said["post alone from a file, 16 clients: × the server's hello"] == SHORT
    assert said["post uncached: × a bare Wagtail page"] == TOLD
    assert said[WORDPRESS] == NOT_RUN


def test_beside_wordpress_where_it_was_there():
    said = verdicts(rows({WORDPRESS: 2}))
    assert said["post behind nginx: × WordPress, default theme"] == SHORT
    assert said["post uncached: × WordPress, default theme"] == REACHED


def test_ratios_are_of_one_round_each():
    def row(*counts):
        return Row("", 16, [Seen(count, 1.0, 0, 1.0, 1.0, 0, 0) for count in counts], [])

    # The machine was slow in the second round, for both.
    assert row(100, 10, 100).beside(row(200, 20, 200)) == 0.5


@pytest.mark.parametrize("changes", [{"refused": 1}, {"lost": 1}])
def test_a_row_with_answers_that_are_none_is_named(changes):
    assert not list(wrong(rows()))
    assert f"WRONG: {BEHIND}, 16 clients" in table(rows(**changes))


def test_what_wrk_said_is_read():
    seen = read("Running 1s test\nSEEN 200 2.0 4000 1.5 9.25 3 1\n")
    assert (seen.rate, seen.p50, seen.p99, seen.refused, seen.lost) == (100, 1.5, 9.25, 3, 1)


def test_the_picture_is_whole_and_shows_every_row():
    drawn = ElementTree.fromstring(picture(rows(), 16))  # noqa: S314
    words = "".join(drawn.itertext())
    assert all(f"{name} {rate:,}" in words for name, rate in RATES.items())
