"""Whether a page may go live, and if not, why: apps register their rules here, everybody asks here.

The same for what pages share; it goes live by its form alone, and who publishes it answers for it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.models import Page


@dataclass(frozen=True)
class Reason:
    """Why a page may not go live: a sentence that says what to do, and the field that mends it.

    ``is_noted`` where the editor's notes tell it too, with its place in the text.
    """

    sentence: str
    field: str = ""
    is_noted: bool = False


Rule = Callable[[Page], Iterable[Reason]]
_rules: list[Rule] = []
SharedRule = Callable[..., Iterable[Reason]]
_shared_rules: list[SharedRule] = []


class MayNotGoLive(ValidationError):
    """Something speaks against showing this page; whoever tried is told what."""

    def __init__(self, page: Page, reasons: list[Reason]):
        super().__init__({NON_FIELD_ERRORS: [reason.sentence for reason in reasons]})
        self.page = page
        self.reasons = reasons


def live_rule(rule: Rule) -> Rule:
    """Register a rule: a function that yields what speaks against a page as it is in memory."""
    _rules.append(rule)
    return rule


def reasons_against(page: Page) -> list[Reason]:
    """Return everything that speaks against showing this page, in the order of the rules."""
    return [reason for rule in _rules for reason in rule(page)]


def judge(page: Page) -> None:
    """Let a page pass that may go live. Raises MayNotGoLive."""
    if reasons := reasons_against(page):
        raise MayNotGoLive(page, reasons)


def shared_rule(rule: SharedRule) -> SharedRule:
    """Register a rule: a function of shared content and of who would publish it, which yields reasons."""
    _shared_rules.append(rule)
    return rule


def reasons_against_publishing(content, user) -> list[Reason]:
    """Return everything that speaks against publishing what pages share, as it is in memory."""
    return [reason for rule in _shared_rules for reason in rule(content, user)]
