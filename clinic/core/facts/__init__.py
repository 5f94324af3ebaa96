"""The clinic's facts: published from what editors write, read without a database."""

from .publish import FACTS, publish_facts, read_facts, write_facts
from .snapshot import ClinicFacts, Place, default_facts

__all__ = ["FACTS", "ClinicFacts", "Place", "default_facts", "publish_facts", "read_facts", "write_facts"]
