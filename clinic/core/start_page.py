"""What editors see first after signing in: apps register what they offer and what waits for somebody."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

# How many rows a section shows. One more tells that there are others.
MOST_ROWS = 8


class Row(NamedTuple):
    """One thing that waits for somebody: what it is, where it is mended, and since or until when."""

    title: str
    address: str
    note: str = ""


class Section(NamedTuple):
    """Things that wait, under one heading; ``rows`` takes who looks and returns what is theirs."""

    heading: str
    order: int
    rows: Callable[[object], Iterable[Row]]


class Action(NamedTuple):
    """Something to begin; ``address`` takes who looks and returns None where they may not."""

    label: str
    icon: str
    order: int
    address: Callable[[object], str | None]


_sections: list[Section] = []
_actions: list[Action] = []


def start_section(heading: str, *, order: int):
    """Register a function as a section. Of many rows it returns the first ``MOST_ROWS`` and one more.

    A section without rows isn't shown. The number of queries doesn't grow with the rows.
    """

    def register(rows):
        _sections.append(Section(heading, order, rows))
        return rows

    return register


def start_action(label: str, *, icon: str, order: int):
    """Register a function that returns where something is begun, or None for whoever may not."""

    def register(address):
        _actions.append(Action(label, icon, order, address))
        return address

    return register


def sections() -> list[Section]:
    """Return all sections, in their order."""
    return sorted(_sections, key=lambda section: section.order)


def actions() -> list[Action]:
    """Return all actions, in their order."""
    return sorted(_actions, key=lambda action: action.order)
