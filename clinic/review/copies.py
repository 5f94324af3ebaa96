"""Copies and aliases of clinical pages, judged before the first of them is made."""

from copy import copy

from clinic.core.live_rules import MayNotGoLive, Reason, reasons_against

COPIES_ARE_DRAFTS = Reason(
    "A copy begins without a review. Copy it without “Publish copied pages”, then submit the copy for medical"
    " review."
)


def refuse_unreviewed_copies(page, *, is_alias, with_subpages) -> None:
    """Let pages be copied live that may be. Raises MayNotGoLive, before anything is copied."""
    for original in _live_ones(page, with_subpages):
        new = copy(original)
        new.pk = new.id = None
        new.alias_of_id = original.pk if is_alias else None
        if reasons := reasons_against(new):
            raise MayNotGoLive(original, reasons if is_alias else [COPIES_ARE_DRAFTS])


def _live_ones(page, with_subpages):
    pages = page.get_descendants(inclusive=True) if with_subpages else type(page).objects.filter(pk=page.pk)
    return pages.live().specific().iterator()
