"""Prepared words: what may be filled into them, and what a voicemail, a text or an e-mail must not name."""

from .placeholders import IN_SUBJECT, fill, gaps_in, placeholders_for, problems_with
from .sensitive_terms import sensitive_terms

__all__ = ["IN_SUBJECT", "fill", "gaps_in", "placeholders_for", "problems_with", "sensitive_terms"]
