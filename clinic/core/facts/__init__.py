"""The clinic's facts: published from what editors write, read without a database."""

from .publish import publish_facts
from .snapshot import ClinicFacts, default_facts, read_facts, write_facts

__all__ = ["ClinicFacts", "default_facts", "publish_facts", "read_facts", "write_facts"]
