"""Removed pages are in no list of the admin: explorer, search, choosers, reports, listings."""

from functools import wraps

from wagtail.permission_policies.pages import PagePermissionPolicy

from clinic.core.live_rules import Reason, live_rule
from clinic.core.removed_pages import is_removed, without_removed

# What search, reports and listings ask, each time, for the pages that somebody may see there. Wagtail has a
# hook for the explorer and for choosers only.
ASKED = ("explorable_instances", "instances_user_has_any_permission_for")


def leave_out_removed_pages() -> None:
    """Let Wagtail's policy of pages leave out what was removed, whoever asks, site administrators too."""
    for name in ASKED:
        asked = getattr(PagePermissionPolicy, name)
        if not hasattr(asked, "leaves_out_removed"):
            setattr(PagePermissionPolicy, name, _leaving_out(asked))


def _leaving_out(asked):
    @wraps(asked)
    def without(self, *args, **kwargs):
        return without_removed(asked(self, *args, **kwargs))

    without.leaves_out_removed = True
    return without


@live_rule
def stays_away_while_removed(page):
    """A removed page goes live by no door; restoring brings it back first."""
    if page.path and is_removed(page):
        yield Reason("This page was removed. Restore it under Reports → Removed pages first.")
