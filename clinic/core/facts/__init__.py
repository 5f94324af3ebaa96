"""The clinic's facts: published from what editors write, read without a database."""

from .publish import FACTS, publish_facts, read_facts, write_facts
from .snapshot import ClinicFacts, Location, default_facts, schedule_from

__all__ = [
    "FACTS",
    "ClinicFacts",
    "Location",
    "default_facts",
    "publish_facts",
    "read_facts",
    "schedule_from",
    "write_facts",
]
