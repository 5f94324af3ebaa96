"""The blocks that editors build pages with, by family."""

from .cards import FactListBlock, KeyPointsBlock
from .clinical import SafetyBlock
from .story import StoryBlock
from .text import SHORT_TEXT_FEATURES, TEXT_FEATURES

__all__ = [
    "SHORT_TEXT_FEATURES",
    "TEXT_FEATURES",
    "FactListBlock",
    "KeyPointsBlock",
    "SafetyBlock",
    "StoryBlock",
]
