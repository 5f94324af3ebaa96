"""Every report there is: of a clinic that named the clinician for the word lists."""

import pytest


@pytest.fixture(autouse=True)
def in_charge(settings):
    """Somebody answers for the word lists."""
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
