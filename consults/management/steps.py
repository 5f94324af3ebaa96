"""Everything that has to happen again and again, as one table. A new duty is one line of STEPS.

The worker is its only runner. Each step fails alone; what worked leaves a sign of life, and the banner names
a step whose sign is older than twice its pause.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.db import connection

from clinic.accounts import guessing, mailing
from clinic.accounts.events import Tell
from clinic.core.kept_pages.watch import withdraw_old
from clinic.core.kept_pages.writer import keep_pages
from clinic.core.old_revisions import remove_old_revisions
from clinic.core.renditions import make_missing_renditions
from clinic.core.scheduled_pages import publish_on_time
from clinic.core.share_cards.keeping import keep_cards, pages_may_be_written
from clinic.core.site_address import follow_site_url
from clinic.core.snapshots import refresh_snapshots
from clinic.due.mails import queue_mails, send_waiting
from clinic.removal.not_found.counting import count as count_not_found
from clinic.removal.purging import remove_what_is_over
from clinic.review import mailing as review_mailing
from clinic.review.watching import look_at_live_pages
from clinic.search.keeper import keep_index
from clinic.search.misses import count as count_misses
from consults import audit, workflow
from consults.account_events import note_account_event
from consults.enums import AuditAction
from consults.models.protection import missing_triggers
from consults.notices.digest import queue_digest
from consults.notices.escalation import queue_escalations
from consults.notices.outbox import send_due
from consults.notices.suspected import queue_suspected
from consults.notices.unaccepted import look_for_unaccepted
from consults.spam.networks import forget_unnamed_proxies

logger = logging.getLogger(__name__)

ALWAYS = timedelta()
A_MINUTE = timedelta(minutes=1)
TEN_MINUTES = timedelta(minutes=10)
AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One duty: its name in log and database, its name in the banner, its pause, and what does it."""

    name: str
    label: str
    every: timedelta
    run: Callable[[], object]


def clear_sessions():
    """Remove the sessions that nobody can use any more."""
    call_command("clearsessions")


def remove_old_contents():
    """Remove old contents; a number that is unusual waits for a person."""
    try:
        workflow.purge_due()
    except workflow.TooMany as unusual:
        logger.critical("worker: the contents of %d requests are due, see consults_purge", unusual.number)
        raise


def forget_networks():
    """Remove what is left of visitors' networks, and the notes of proxies that nobody named."""
    workflow.forget_networks()
    forget_unnamed_proxies()


def publish_and_take_down():
    """Publish what is due; what is taken down is not handed out while the steps after this one work."""
    try:
        publish_on_time()
    finally:
        withdraw_old()


def write_public_pages():
    """Write pages as files once their cards are drawn: pages written without would be written again."""
    keep_pages(may_begin=pages_may_be_written())


class Unprotected(Exception):
    """The database would let consents or the audit be changed."""


def look_at_protection():
    """Fail, so that the banner tells, where a trigger of the database is missing; note each change."""
    if change := audit.unnoted_change():
        detail = audit.detail_of_change(change)
        # The first look at a new site is no news.
        tell = [] if change == audit.ALL_THERE else [Tell.OWNER, Tell.AUDITORS]
        note_account_event(AuditAction.PROTECT, actor=None, detail=detail, tell=tell)
    if missing := missing_triggers(connection):
        logger.critical("worker: missing in the database, see consults_protect: %s", ", ".join(missing))
        raise Unprotected


def forget_what_is_over():
    """Remove counts of wrong tries that count no more, and mails about accounts that are long over."""
    guessing.forget_ended()
    mailing.forget_old()


# In the order of each round: what waits is brought in before the mail about it goes out.
STEPS = (
    Step("spool", "Bringing in what was kept beside the database", ALWAYS, workflow.replay_spool),
    Step("escalation", "Reminding of requests that wait too long", ALWAYS, queue_escalations),
    Step("suspected", "Telling of what looks like spam", A_MINUTE, queue_suspected),
    Step("digest", "Preparing the weekly mail", TEN_MINUTES, queue_digest),
    Step("outbox", "Sending mail", ALWAYS, send_due),
    Step("account_mail", "Sending links for passwords and addresses", ALWAYS, mailing.send_waiting),
    Step("due", "Preparing the mail on what is due", TEN_MINUTES, queue_mails),
    Step("due_mail", "Sending the mail on what is due", A_MINUTE, send_waiting),
    Step("review_mail", "Sending mail about the review of pages", ALWAYS, review_mailing.send_waiting),
    Step("publish", "Publishing pages on time", A_MINUTE, publish_and_take_down),
    Step("snapshots", "Renewing what pages show without a database", A_MINUTE, refresh_snapshots),
    Step("search_index", "Renewing the index of the search", ALWAYS, keep_index),
    Step("search_misses", "Counting what people searched and didn’t find", A_MINUTE, count_misses),
    Step("not_found", "Counting addresses that were not found", A_MINUTE, count_not_found),
    Step("leavers", "Giving back what people held who left", A_MINUTE, workflow.release_from_leavers),
    Step("appointments", "Following what the old release booked", A_MINUTE, workflow.follow_release_before),
    Step("closures", "Moving what was planned for closed days", A_MINUTE, workflow.move_for_closures),
    Step("threads", "Putting right what linked requests point to", A_MINUTE, workflow.straighten_threads),
    Step("decisions", "Doing what managers decided a day ago", A_MINUTE, workflow.carry_out_due),
    Step("pictures", "Making the sizes of pictures", ALWAYS, make_missing_renditions),
    Step("share_cards", "Drawing the cards of shared links", ALWAYS, keep_cards),
    Step("audit_heads", "Writing down how far the audit goes", TEN_MINUTES, audit.publish_head),
    Step("receipts", "Linking consents into the audit", A_MINUTE, audit.link_receipts),
    Step("marks", "Looking whether requests came through the form", AN_HOUR, look_for_unaccepted),
    Step("template_names", "Sealing the names of templates", AN_HOUR, workflow.seal_template_names),
    Step("protection", "Protecting consents and the audit from changes", TEN_MINUTES, look_at_protection),
    Step("site_address", "Following the address of the site", TEN_MINUTES, follow_site_url),
    Step("tries", "Forgetting wrong tries to sign in", AN_HOUR, forget_what_is_over),
    Step("networks", "Forgetting visitors’ networks", AN_HOUR, forget_networks),
    Step("purge", "Removing the contents of old requests", A_DAY, remove_old_contents),
    Step("hand_overs", "Removing old words of one shift to the next", AN_HOUR, workflow.forget_hand_overs),
    Step("counting", "Counting what was removed", AN_HOUR, workflow.count_removed),
    Step("sessions", "Removing sessions that are over", TEN_MINUTES, clear_sessions),
    Step("live_pages", "Looking whether live pages hold", TEN_MINUTES, look_at_live_pages),
    Step("removed_pages", "Removing for good what was removed a month ago", A_DAY, remove_what_is_over),
    Step("revisions", "Removing old versions of pages", A_DAY, remove_old_revisions),
    # Last: what the others changed is in it.
    Step("kept_pages", "Writing the public pages as files", ALWAYS, write_public_pages),
)
