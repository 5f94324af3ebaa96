"""What fails unseen: a line for each trouble, saying what to do. Nothing here ever raises."""

from datetime import timedelta

import django.db
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views import View
from wagtail.admin.ui.components import Component

from consults import guarded_facts
from consults.audited_views import ChangeMixin
from consults.models import Heartbeat, OutboxMessage
from consults.permissions import can_change_requests, sees_troubles
from consults.spam.networks import REMEMBERED
from consults.spool import files

# Its sign of life comes every few seconds.
LONGEST_SILENCE = timedelta(minutes=2)
# The worker empties the spool within seconds once the database is back (seconds).
LONGEST_IN_SPOOL = 300
# Settings are read at the start: what was seen before it may be mended since.
STARTED = timezone.now()

NOTHING = "Nothing waits to be sent again: a colleague may have tried already, or it is on its way."
TELL = "Tell whoever runs the site."
GIVEN_UP = "{} could not be sent for two days. Look into the inbox yourself. " + TELL
REFUSED = "The mail server refuses {}. The site goes on trying for two days. " + TELL
DAMAGED = "{} in the spool can't be read. Nothing was deleted. " + TELL
IN_SPOOL = "{} not in the inbox yet, kept safe since the database was away. " + TELL
NO_WORKER = "No mail goes out: the worker {}. Look into the inbox yourself every hour. " + TELL
NO_STEP = "{} has failed for {}. " + TELL
NO_CANARY = "No test request has gone all the way {}. Look whether the form works. " + TELL
ONE_NETWORK = (
    "All visitors count as one network, since they come through a proxy that the site doesn’t know: "
    "copies by e-mail stop after a few an hour. " + TELL
)
NOBODY_TOLD = (
    "Nobody is told of new requests: no address is named. Look into the inbox yourself every hour. "
    "Managers name one under “On every page”."
)
NO_DATABASE = "Whether mail goes out can't be seen: the database does not answer. " + TELL
NO_SPOOL = "The spool can't be looked into. " + TELL


class TroublesPanel(Component):
    """The troubles, on the start page and above the inbox."""

    name = "consult-troubles"
    order = 20
    template_name = "consults/triage/oversight/troubles.html"

    def __init__(self, lines, *, offers_retry):
        self._lines, self._offers_retry = lines, offers_retry

    def get_context_data(self, parent_context):
        """Return the lines, and what the button needs."""
        token = parent_context.get("csrf_token")
        return {"lines": self._lines, "offers_retry": self._offers_retry, "csrf_token": token}


def troubles_panel(user) -> TroublesPanel | None:
    """Return what this user should see; None where all is well or it is none of their business."""
    try:
        if not sees_troubles(user):
            return None
        given_up, lines = _troubles()
        offers_retry = bool(given_up) and can_change_requests(user)
    # Then nobody knows who this is either.
    except django.db.Error:
        return None
    return TroublesPanel(lines, offers_retry=offers_retry) if lines else None


def _troubles():
    """Return how many notices were given up, and a line for each trouble; three queries in all."""
    try:
        mail, signs = OutboxMessage.objects.problems(), Heartbeat.signs()
        told = guarded_facts.current().notice_recipients.split()
    except django.db.Error:
        return 0, [NO_DATABASE, *_of_spool()]
    lines = [
        *_of_recipients(told), *_of_mail(mail), *_of_worker(signs), *_of_canary(signs), *_of_proxy(signs)
    ]  # fmt: skip
    return mail["given_up"], [*lines, *_of_spool()]


def _of_recipients(told):
    if not told:
        yield NOBODY_TOLD


def _of_mail(mail):
    if mail["given_up"]:
        yield GIVEN_UP.format(_counted(mail["given_up"], "notice", "notices"))
    if mail["refused"]:
        yield REFUSED.format(_counted(mail["refused"], "notice", "notices"))


def _of_worker(signs):
    """Return what the worker doesn't do; where it does nothing at all, that alone."""
    worker = signs.get(Heartbeat.Name.WORKER)
    if worker is None:
        return [NO_WORKER.format("has never run")]
    if worker.silence > LONGEST_SILENCE:
        return [NO_WORKER.format(f"has been silent for {_lasting(worker.silence)}")]
    overdue = [sign for sign in signs.values() if sign.is_overdue]
    return [NO_STEP.format(sign, _lasting(sign.silence)) for sign in sorted(overdue, key=str)]


def _of_canary(signs):
    allowed = timedelta(hours=settings.CONSULTS_CANARY_HOURS)
    canary = signs.get(Heartbeat.Name.CANARY)
    if allowed and canary is None:
        yield NO_CANARY.format("yet")
    elif allowed and canary.silence > allowed:
        yield NO_CANARY.format(f"for {_lasting(canary.silence)}")


def _of_proxy(signs):
    seen = Heartbeat.last_noted(Heartbeat.Name.PROXY, signs)
    if seen is None or seen.silence > REMEMBERED:
        return
    if not settings.TRUSTED_PROXIES or seen.at > STARTED:
        yield ONE_NETWORK


def _of_spool():
    folder = settings.CONSULTS_SPOOL_DIR
    try:
        damaged, waiting = files.damaged(folder), files.waiting_for(folder, LONGEST_IN_SPOOL)
    except OSError:
        return [NO_SPOOL]
    lines = []
    if damaged:
        lines.append(DAMAGED.format(_counted(len(damaged), "request", "requests")))
    if waiting:
        lines.append(IN_SPOOL.format(_counted(waiting, "request is", "requests are")))
    return lines


def _counted(number, one, many):
    return f"{number} {one if number == 1 else many}"


def _lasting(duration):
    """Return a duration in its largest whole unit: 5 minutes, 3 hours, 2 days."""
    for unit, length in (("day", 86400), ("hour", 3600)):
        if duration.total_seconds() >= 2 * length:
            return f"{int(duration.total_seconds() // length)} {unit}s"
    return f"{max(2, int(duration.total_seconds() // 60))} minutes"


class RetryNoticesView(ChangeMixin, View):
    """The button of the banner."""

    def post(self, request):
        """Let the worker try for another two days."""
        number = OutboxMessage.objects.try_again()
        if number:
            messages.success(request, f"The site tries again to send what could not be sent ({number}).")
        else:
            messages.warning(request, NOTHING)
        return redirect("consult_requests:index")
