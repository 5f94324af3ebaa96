"""Whether a reviewer put up, with a reason, with what the content checks found on a page as it is in memory.

Who finds and who keeps the reasons don't know each other; they meet here.
"""

from collections.abc import Callable

from wagtail.models import Page

Keeper = Callable[[Page], bool]
_keepers: list[Keeper] = []


def keeps_overrides(keeper: Keeper) -> Keeper:
    """Register a function that knows whether somebody gave a reason for this very text."""
    _keepers.append(keeper)
    return keeper


def findings_are_overridden(page: Page) -> bool:
    """Return whether somebody who may gave a reason why the findings don't matter."""
    return any(keeper(page) for keeper in _keepers)
