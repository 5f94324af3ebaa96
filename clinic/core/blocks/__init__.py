"""The blocks that editors build pages with, by family."""

from .cards import FactListBlock, KeyPointsBlock
from .clinical import SafetyBlock
from .story import StoryBlock
from .text import CITING_SHORT_TEXT_FEATURES, CITING_TEXT_FEATURES, SHORT_TEXT_FEATURES, TEXT_FEATURES

__all__ = [
    "CITING_SHORT_TEXT_FEATURES",
    "CITING_TEXT_FEATURES",
    "SHORT_TEXT_FEATURES",
    "TEXT_FEATURES",
    "FactListBlock",
    "KeyPointsBlock",
    "SafetyBlock",
    "StoryBlock",
]
