"""Words that sound like danger: plain lists that put a request to the front, and decide nothing else."""

from .flag import clinician, free_texts, priority_for
from .reading import language_of, matches, priority_of
from .words import versions

__all__ = ["clinician", "free_texts", "language_of", "matches", "priority_for", "priority_of", "versions"]
