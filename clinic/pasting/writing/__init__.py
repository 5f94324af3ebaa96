"""Writes what was read as our rich text, or as the blocks of a page."""

from .rich_text import write_rich_text
from .story import Story, write_story

__all__ = ["Story", "write_rich_text", "write_story"]
