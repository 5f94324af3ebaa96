"""Figures on requests for the owner: counts and times from clear columns, never a word of a request."""
