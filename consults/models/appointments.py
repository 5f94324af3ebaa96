"""Appointments: what was agreed, each earlier time as well. Nothing in a row was typed by a patient."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models

from consults.enums import REPLACED_STATES, AppointmentState, Manner

from .requests import ConsultRequest
from .timeline import TimelineEvent

# In minutes.
USUAL_LENGTH, LONGEST = 60, 480


class AppointmentQuerySet(models.QuerySet):
    """Appointments as their readers ask for them."""

    def planned(self):
        """Keep those of which nobody said yet what became of them."""
        return self.filter(state=AppointmentState.PLANNED)

    def standing(self):
        """Leave out the earlier ones, which another one took the place of."""
        return self.exclude(state__in=REPLACED_STATES)

    def with_is_last(self):
        """Add whether no later one of the same request stands."""
        later = self.model.objects.standing().filter(consult=models.OuterRef("consult"))
        return self.annotate(is_last=~models.Exists(later.filter(pk__gt=models.OuterRef("pk"))))

    def between(self, begin, end):
        """Keep those that start from one aware moment on and before another one."""
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def counts_by_state(self):
        """Return ``{state: how many}`` of those that are there, in one query.

        Earlier times count as moved or corrected, so ``no_show`` is once for each time nobody came.
        """
        counted = self.order_by().values_list("state").annotate(models.Count("pk"))
        return {AppointmentState(state): number for state, number in counted}


class Appointment(models.Model):
    """One time that was agreed. Whoever moves or corrects it writes another row, and this one stays.

    Once the contents of its request are removed, ``starts_at`` is the beginning of its day, and place,
    length, manner and with whom are what stands where nobody said anything.
    """

    wagtail_reference_index_ignore = True

    consult = models.ForeignKey(
        ConsultRequest, on_delete=models.CASCADE, related_name="appointments", editable=False
    )
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField("length", default=USUAL_LENGTH)
    # The key of a place of the facts; empty where the clinic has one.
    location = models.CharField(max_length=12, blank=True)
    with_whom = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    manner = models.CharField(max_length=12, choices=Manner, default=Manner.IN_PERSON)
    state = models.CharField(
        max_length=12, choices=AppointmentState, default=AppointmentState.PLANNED, editable=False
    )
    # What made it and what it ended with: they say who and when.
    made_in = models.ForeignKey(TimelineEvent, on_delete=models.CASCADE, related_name="+", editable=False)
    ended_in = models.ForeignKey(
        TimelineEvent, null=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    # The one before it, whose place it took.
    instead_of = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="replaced_by", editable=False
    )
    # What calendars know it by, through all its times, and how often it changed. Made at random, and gone
    # with the contents.
    calendar_id = models.UUIDField(null=True, default=uuid.uuid4, editable=False)
    revision = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["starts_at"], name="appointment_starts")]
        constraints = [
            models.UniqueConstraint(
                fields=["consult"],
                condition=models.Q(state=AppointmentState.PLANNED),
                name="appointment_planned_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=AppointmentState.values), name="appointment_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(manner__in=Manner.values), name="appointment_manner_known"
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=LONGEST), name="appointment_length_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=AppointmentState.PLANNED, ended_in=None)
                | (~models.Q(state=AppointmentState.PLANNED) & models.Q(ended_in__isnull=False)),
                name="appointment_ended_by_something",
            ),
        ]

    def __str__(self):
        return f"Appointment of {self.consult_id}"

    @property
    def ends_at(self):
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_planned(self):
        """Whether nobody said yet what became of it."""
        return self.state == AppointmentState.PLANNED
