"""What the bench says of given rounds; how long anything takes is no matter here."""

from collections import Counter

import pytest

from bench.load import Round
from bench.measuring import TARGETS, Measured
from bench.report import report
from bench.targets import BARE, POST

pytestmark = pytest.mark.once


def measured(**changes):
    rounds = {target: [Round(elapsed=2, milliseconds=[1.0] * 100)] for target in TARGETS}
    rounds[POST] = [Round(elapsed=2, milliseconds=[2.0] * 50)]
    return Measured(**{"rounds": rounds, "acknowledged": ["A", "B"], "waiting": ["B", "A"], **changes})


def test_the_form_is_set_beside_the_bare_insert():
    seen = measured()
    assert (seen.rate(BARE), seen.rate(POST), seen.quantile(POST, 0.99)) == (50, 25, 2)
    said = report("SQLite", seen)
    assert "POST rate / bare rate: 0.50" in said
    assert "POST p99 / bare p99: 2.0" in said
    assert seen.is_good
    assert "WRONG" not in said


@pytest.mark.parametrize(
    "changes",
    [{"waiting": ["A"]}, {"waiting": ["A", "B", "C"]}, {"quarantined": 1}, {"wrong": Counter({"form": 1})}],
)
def test_what_went_wrong_is_said(changes):
    seen = measured(**changes)
    assert not seen.is_good
    assert "WRONG" in report("SQLite", seen)
