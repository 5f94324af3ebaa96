"""The newest posts, for the block that shows them: the app that has posts says how they are found."""

from collections.abc import Callable
from typing import NamedTuple

from wagtail.models import Page

from .cards import Card


class NewestPosts(NamedTuple):
    """Cards, the newest first, and the page that lists all of them."""

    cards: list[Card]
    all_posts: Page


_finders: list[Callable[[int], NewestPosts | None]] = []


def finds_newest_posts(find):
    """Register a function that takes how many are wanted, and returns None where it has nothing to show.

    To be done when the app is ready. The number of queries doesn't grow with the posts.
    """
    _finders.append(find)
    return find


def newest_posts(most) -> NewestPosts | None:
    """Return what the first app that has posts finds."""
    return next((found for find in _finders if (found := find(most))), None)
