"""What the front desk sees first after signing in."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, Count, Min, Q, Value, When
from django.utils import timezone
from wagtail.admin.ui.components import Component

from consults.enums import Status
from consults.models import ConsultRequest
from consults.models.requests import by_anyone_of_thread, is_agreed_call

from .lists.order import is_for_now
from .lists.reasons import minutes_left
from .lists.sections import hours_at

# Older than this by the wall; the few that are left are reckoned in minutes they could be called.
MOST_UNANSWERED = 500


class WaitingPanel(Component):
    """Who waits, since when, who is late, and what is due."""

    name = "consult-requests"
    order = 50
    template_name = "consults/triage/waiting_panel.html"

    class Media:
        css = {"all": ["consults/css/triage.css"]}

    def get_context_data(self, parent_context):
        """Count, in three queries."""
        now = timezone.now()
        counts = _of_people(now).aggregate(
            count=Count("pk", filter=Q(status=Status.NEW)),
            oldest=Min("arrived_at", filter=Q(status=Status.NEW)),
            due=Count("pk", filter=Q(is_due=1)),
            for_now=Count("pk", filter=Q(is_due=1, is_now=1)),
            call_backs=Count("pk", filter=Q(is_due=1, is_now=1, is_agreed=1)),
        )
        suspected = ConsultRequest.objects.from_people().suspected_counts()
        waiting = counts["due"] - counts["for_now"]
        return {**counts, **suspected, "hours": hours_at(now), "waiting": waiting, "late": _late(now)}


def _of_people(now):
    """Return the open requests as the desk counts them: those that are linked as one."""
    people = ConsultRequest.objects.from_people().open().leading().with_thread()
    return people.annotate(
        is_due=_one_if(by_anyone_of_thread(Q(next_action_at__lte=now))),
        is_now=_one_if(is_for_now(now)),
        is_agreed=_one_if(by_anyone_of_thread(is_agreed_call(now))),
    )


def _one_if(condition):
    return Case(When(condition, then=Value(1)), default=Value(0))


def _late(now):
    """Return how many wait for a first attempt longer than the target, in minutes they could be called."""
    old_enough = now - timedelta(minutes=settings.CONSULTS_ATTEMPT_MINUTES)
    unanswered = ConsultRequest.objects.from_people().unanswered().filter(created_at__lte=old_enough)
    columns = ["created_at", "first_attempt_at", "location", "best_times", "time_zone"]
    requests = unanswered.oldest_first().only(*columns)[:MOST_UNANSWERED]
    return sum(minutes_left(consult, now) < 0 for consult in requests)
