"""What changed between two versions of a page, marked for whoever reads the newer one."""

import json
from dataclasses import dataclass

from wagtail.models import Page

# What the review itself writes: no change that anybody has to read.
SET_BY_REVIEW = {"reviewer", "reviewed_on", "next_review_on"}
# Marking words takes seconds for what is longer than this (characters of both versions).
LONGEST_MARKED = 200_000


@dataclass(frozen=True)
class Change:
    """A field that changed: its name, and both texts in one with what went and what came marked."""

    label: str
    marked: str = ""
    parts: tuple = ()


def changes_between(older: Page, newer: Page, request) -> list[Change]:
    """Return what differs, field by field, in the order of the editor."""
    panel = newer.get_edit_handler().get_bound_panel(instance=newer, request=request, form=None)
    found = [compare(older, newer) for compare in panel.get_comparison()]
    changed = [one for one in found if not _is_of_review(one) and one.has_changed()]
    is_long = _length(older) + _length(newer) > LONGEST_MARKED
    return [Change(one.field_label()) if is_long else _marked(one) for one in changed]


def _is_of_review(comparison):
    return comparison.is_field and comparison.field.name in SET_BY_REVIEW


def _length(page):
    return len(json.dumps(page.serializable_data(), default=str))


def _marked(comparison):
    if comparison.is_field:
        return Change(comparison.field_label(), marked=comparison.htmldiff())
    parts = [
        Change(field.field_label(), marked=field.htmldiff())
        for child in comparison.get_child_comparisons()
        for field in child.get_field_comparisons()
    ]
    return Change(comparison.field_label(), parts=tuple(parts))
