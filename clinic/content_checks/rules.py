"""Pages that say what may not be said don't go live, unless a reviewer gave a reason."""

from clinic.core.live_rules import Reason, live_rule
from clinic.core.overridden_findings import findings_are_overridden

from .findings import serious_findings_of

# What is told at once; the rest shows when these are mended.
MOST = 20


@live_rule
def nothing_that_may_not_be_said(page):
    """Yield the serious findings."""
    found = serious_findings_of(page)
    if found and not findings_are_overridden(page):
        for finding in found[:MOST]:
            yield Reason(finding.sentence, finding.path.partition(".")[0], is_noted=True)
        if len(found) > MOST:
            yield Reason(
                f"And {len(found) - MOST} more that the checks found. They show once these are mended.",
                is_noted=True,
            )
