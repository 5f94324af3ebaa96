"""What all requests can be narrowed to: clear columns alone, so that every view is an address to keep."""

from datetime import timedelta
from urllib.parse import urlencode

import django_filters
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from clinic.core.bounded_forms import BoundedForm
from clinic.core.facts import read_facts
from consults import workflow
from consults.enums import (
    QUARANTINE_SCORE,
    Campaign,
    Channel,
    HeardFrom,
    Locale,
    Priority,
    SourceSection,
    Status,
)
from consults.models import ConsultRequest
from consults.permissions import answering_users


class Arrived(models.TextChoices):
    """How long ago requests came, by the wall."""

    DAY = "1", "Within a day"
    THREE_DAYS = "3", "1 to 3 days ago"
    WEEK = "7", "3 to 7 days ago"
    LONGER = "more", "Longer ago"


class Oddness(models.TextChoices):
    """How much requests look like spam, by their score."""

    NONE = "none", "Nothing odd"
    LITTLE = "little", "A little odd"
    SUSPECTED = "suspected", "Like spam"


# Days ago: from, and before; None is no limit.
DAYS_AGO = {
    Arrived.DAY: (1, None),
    Arrived.THREE_DAYS: (3, 1),
    Arrived.WEEK: (7, 3),
    Arrived.LONGER: (None, 7),
}
# From and to.
SCORES = {
    Oddness.NONE: (0, 0),
    Oddness.LITTLE: (1, QUARANTINE_SCORE - 1),
    Oddness.SUSPECTED: (QUARANTINE_SCORE, None),
}


class RangeForm(BoundedForm):
    """Filters of which one is a range of days."""

    def clean(self):
        """Say it where the end lies before the start."""
        data = super().clean()
        days = data.get("received")
        if days and days.start and days.stop and days.stop < days.start:
            self.add_error("received", "The last day lies before the first one. Choose them again.")
        return data


class ConsultRequestFilterSet(WagtailFilterSet):
    """Open requests, unless the reader asks for a status."""

    status = django_filters.ChoiceFilter(choices=Status.choices, empty_label="Open requests")
    assignee = django_filters.ModelChoiceFilter(
        label="With",
        queryset=lambda request: answering_users(),
        method="by_holder",
        empty_label="Anybody",
    )
    priority = django_filters.ChoiceFilter(choices=Priority.choices, empty_label="Any")
    channel = django_filters.ChoiceFilter(label="Came by", choices=Channel.choices, empty_label="Any way")
    source_section = django_filters.ChoiceFilter(
        label="From the part of the site", choices=SourceSection.choices, empty_label="Any"
    )
    heard_from = django_filters.ChoiceFilter(
        label="Heard of us",
        choices=[choice for choice in HeardFrom.choices if choice[0]],
        empty_label="Any way",
    )
    locale = django_filters.ChoiceFilter(label="Language", choices=Locale.choices, empty_label="Any")
    location = django_filters.ChoiceFilter(
        choices=lambda: read_facts().choice_of_locations, empty_label="Any of them"
    )
    campaign = django_filters.ChoiceFilter(
        choices=[choice for choice in Campaign.choices if choice[0]], empty_label="Any"
    )
    spam_score = django_filters.ChoiceFilter(
        label="Looks", choices=Oddness.choices, method="by_oddness", empty_label="Anyhow"
    )
    age = django_filters.ChoiceFilter(
        label="Arrived", choices=Arrived.choices, method="by_age", empty_label="Any time"
    )
    received = django_filters.DateFromToRangeFilter(
        field_name="created_at", label="Received", widget=DateRangePickerWidget
    )

    class Meta:
        model = ConsultRequest
        form = RangeForm
        fields = [
            "status",
            "assignee",
            "priority",
            "channel",
            "source_section",
            "heard_from",
            "locale",
            "location",
            "campaign",
            "spam_score",
            "age",
            "received",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not read_facts().choice_of_locations:
            del self.filters["location"]

    def filter_queryset(self, queryset):
        """Keep the open ones where no status was chosen."""
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("status") else queryset.open()

    def by_holder(self, queryset, name, value):
        """Keep what somebody has, and what those have for whom they stand in now."""
        return queryset.filter(assignee__in=[value.pk, *workflow.absences().covered_by(value)])

    def by_age(self, queryset, name, value):
        """Keep what came so long ago."""
        now = timezone.now()
        since, before = (now - timedelta(days=days) if days else None for days in DAYS_AGO[value])
        if since:
            queryset = queryset.filter(created_at__gte=since)
        return queryset.filter(created_at__lt=before) if before else queryset

    def by_oddness(self, queryset, name, value):
        """Keep what has such a score."""
        least, most = SCORES[value]
        queryset = queryset.filter(spam_score__gte=least)
        return queryset if most is None else queryset.filter(spam_score__lte=most)


def query_of(filters) -> str:
    """Return what the filters keep, as an address says it; nothing where one of them can't be.

    It is written anew from what they understood, so that nothing somebody typed is handed on.
    """
    data = filters.form.cleaned_data if filters.is_valid() else {}
    said = {name: getattr(value, "pk", value) for name, value in data.items() if value and name != "received"}
    days = data.get("received")
    for end, moment in (("from", days.start), ("to", days.stop)) if days else ():
        if moment:
            said[f"received_{end}"] = f"{timezone.localtime(moment):%Y-%m-%d}"
    return urlencode(said)


def understood(data, request) -> str:
    """Return the filters of an address without anything that is none."""
    return query_of(ConsultRequestFilterSet(data, queryset=ConsultRequest.objects.none(), request=request))


def list_with(query) -> str:
    """Return the address of all requests with these filters."""
    return reverse("consult_requests:all") + (f"?{query}" if query else "")
