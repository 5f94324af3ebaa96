"""Patients on a phone at night: the journeys in Chromium, with and without scripts."""

import pytest

from tests.journeys.patient import WALK_NAMES, WALKS

from .hand import ChromiumHand

PHONE = {"width": 390, "height": 844, "scheme": "dark"}
pytestmark = pytest.mark.once


@pytest.mark.parametrize(("walk", "scripts"), WALKS, ids=WALK_NAMES)
def test_journey(visit, walk, scripts):
    window = visit(javascript=scripts, **PHONE)
    walk(ChromiumHand(window))
    assert window.strangers == set()
    assert [said for said in window.complaints if "422" not in said] == []
