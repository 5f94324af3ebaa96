"""Whether a page may go live, and if not, why: apps register their rules here, everybody asks here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wagtail.models import Page


@dataclass(frozen=True)
class Reason:
    """Why a page may not go live: a sentence that says what to do, and the field that mends it."""

    sentence: str
    field: str = ""


Rule = Callable[[Page], Iterable[Reason]]
_rules: list[Rule] = []


def live_rule(rule: Rule) -> Rule:
    """Register a rule: a function that yields what speaks against a page as it is in memory."""
    _rules.append(rule)
    return rule


def reasons_against(page: Page) -> list[Reason]:
    """Return everything that speaks against showing this page, in the order of the rules."""
    return [reason for rule in _rules for reason in rule(page)]
