"""What the front desk sees first after signing in."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Min, Q
from django.utils import timezone
from wagtail.admin.ui.components import Component

from consults.enums import Status
from consults.models import ConsultRequest
from consults.models.requests import is_agreed_call

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
        due = Q(next_action_at__lte=now)
        counts = (
            ConsultRequest.objects.from_people()
            .open()
            .aggregate(
                count=Count("pk", filter=Q(status=Status.NEW)),
                oldest=Min("created_at", filter=Q(status=Status.NEW)),
                due=Count("pk", filter=due),
                for_now=Count("pk", filter=due & is_for_now(now)),
                call_backs=Count("pk", filter=due & is_agreed_call(now) & is_for_now(now)),
            )
        )
        suspected = ConsultRequest.objects.from_people().suspected_counts()
        waiting = counts["due"] - counts["for_now"]
        return {**counts, **suspected, "hours": hours_at(now), "waiting": waiting, "late": _late(now)}


def _late(now):
    """Return how many wait for a first attempt longer than the target, in minutes they could be called."""
    old_enough = now - timedelta(minutes=settings.CONSULTS_ATTEMPT_MINUTES)
    unanswered = ConsultRequest.objects.from_people().unanswered().filter(created_at__lte=old_enough)
    columns = ["created_at", "first_attempt_at", "location", "best_times", "time_zone"]
    requests = unanswered.oldest_first().only(*columns)[:MOST_UNANSWERED]
    return sum(minutes_left(consult, now) < 0 for consult in requests)
