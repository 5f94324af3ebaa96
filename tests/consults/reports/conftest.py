"""Every report there is: of a clinic with two locations that named the clinician for the word lists."""

from dataclasses import replace

import pytest

from clinic.core.facts import Location, default_facts, write_facts
from clinic.core.opening_hours import Schedule


@pytest.fixture(autouse=True)
def all_there_is(settings, tmp_path):
    """A clinic for which no report is left out."""
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Sample"
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    locations = [Location(key, name, Schedule()) for key, name in (("1", "West"), ("2", "East"))]
    write_facts(replace(default_facts(), locations=locations))
