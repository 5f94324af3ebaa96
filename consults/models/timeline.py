"""What happened to a request, and who did it; never what was in it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from consults.enums import UNCHANGING_ACTIONS, Outcome, Status, TimelineAction

from .requests import ConsultRequest


class TimelineQuerySet(models.QuerySet):
    """What happened, as its readers ask for it."""

    def last_changes(self, number):
        """Return the last so many events that changed their request, in the order in which they happened."""
        changes = self.exclude(action__in=UNCHANGING_ACTIONS).select_related("actor").order_by("-at", "-pk")
        return list(reversed(changes[:number]))

    def last_change_of(self, requests):
        """Return ``{key of a request: the last event that changed it}``, in one query."""
        changes = self.filter(consult__in=requests).exclude(action__in=UNCHANGING_ACTIONS)
        ordered = changes.select_related("actor").order_by("at", "pk")
        return {event.consult_id: event for event in ordered}

    def bookings(self):
        """Return, by request, those with a consultation that was agreed at some time and not taken back."""
        is_taken_back = models.Q(action=TimelineAction.UNDO)
        is_booked = models.Q(to_status=Status.BOOKED)
        was_booked = models.Q(from_status=Status.BOOKED)
        agreed = models.Case(
            models.When(~is_taken_back & is_booked & ~was_booked, then=1),
            models.When(is_taken_back & was_booked & ~is_booked, then=-1),
            default=0,
        )
        by_request = self.order_by().values("consult")
        return by_request.annotate(agreed=models.Sum(agreed)).filter(agreed__gt=0)


class TimelineEvent(models.Model):
    """One thing that happened. Rows are only ever added."""

    wagtail_reference_index_ignore = True

    consult = models.ForeignKey(ConsultRequest, on_delete=models.CASCADE, related_name="timeline")
    # Empty for what the site did by itself.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=12, choices=TimelineAction)
    from_status = models.CharField(max_length=12, choices=Status, blank=True)
    to_status = models.CharField(max_length=12, choices=Status, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TimelineQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self):
        return f"{self.consult_id}: {self.get_action_display()}"
