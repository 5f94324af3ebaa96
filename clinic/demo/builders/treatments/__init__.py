"""The demo's treatments."""

from .index import build_index, fill_index
from .infusion import build_infusion, fill_infusion
from .injection import build_injection, fill_injection
from .therapy import build_therapy, fill_therapy


def build_treatments(demo):
    """Add the treatments that are missing."""
    build_index(demo)
    build_infusion(demo)
    build_injection(demo)
    build_therapy(demo)


def fill_treatments(demo):
    """Complete the treatments of this run with what was built after them."""
    fill_index(demo)
    fill_infusion(demo)
    fill_injection(demo)
    fill_therapy(demo)
