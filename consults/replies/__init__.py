"""Prepared words: what may be filled into them, and what a voicemail, a text or an e-mail must not name."""

from .lint import telling_words
from .placeholders import IN_SUBJECT, fill, gaps_in, placeholders_for, problems_with

__all__ = ["IN_SUBJECT", "fill", "gaps_in", "placeholders_for", "problems_with", "telling_words"]
