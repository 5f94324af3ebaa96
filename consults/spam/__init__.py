"""Sorting out spam: signs are weighed, a person decides, and nobody is refused."""
