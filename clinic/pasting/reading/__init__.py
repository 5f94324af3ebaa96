"""Reads the HTML of a clipboard, whichever program wrote it."""

from .clipboard import read_clipboard

__all__ = ["read_clipboard"]
