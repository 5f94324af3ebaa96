"""Patients on a phone at night: the journeys in Firefox, with and without scripts."""

import pytest

from tests.journeys.patient import WALK_NAMES, WALKS

pytestmark = pytest.mark.once


@pytest.mark.parametrize(("walk", "scripts"), WALKS, ids=WALK_NAMES)
def test_journey(hand, walk, scripts):
    walk(hand(javascript=scripts, scheme="dark"))
