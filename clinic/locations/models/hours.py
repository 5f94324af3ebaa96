"""When a location is open."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from clinic.core.models import OpeningPeriod
from clinic.core.opening_hours import Exceptional, Period

from .pages import LocationPage


class LocationHours(OpeningPeriod):
    """A stretch of opening in the location's usual week."""

    page = ParentalKey(LocationPage, on_delete=models.CASCADE, related_name="hours")


class LocationClosure(Orderable):
    """Days that differ: closed, or open at other times."""

    page = ParentalKey(LocationPage, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField(help_text="The same as the first day for a single day.")
    opens = models.TimeField(null=True, blank=True, help_text="Leave both times empty for closed.")
    closes = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=100, help_text="Shown to visitors, such as “Thanksgiving”.")

    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldPanel("reason"),
    ]

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="closure_ends_after_start"
            )
        ]

    def __str__(self):
        return self.reason

    def clean(self):
        """Refuse days or times in the wrong order, and half of a pair of times."""
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "The last day must not be before the first."})
        if bool(self.opens) != bool(self.closes):
            raise ValidationError({"closes": "Give both times, or none for closed."})
        if self.opens and self.closes <= self.opens:
            raise ValidationError({"closes": "The closing time must be later than the opening time."})

    def as_exception(self):
        """Return the exception for the schedule."""
        periods = (Period(self.opens, self.closes),) if self.opens else ()
        return Exceptional(self.first_day, self.last_day, periods, self.reason)
