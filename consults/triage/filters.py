"""What all requests can be narrowed to: clear columns alone, so that every view is an address to keep."""

import django_filters
from django import forms
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from consults.enums import Channel, HeardFrom, Locale, Priority, SourceSection, Status
from consults.models import ConsultRequest
from consults.permissions import answering_users


class RangeForm(forms.Form):
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
        label="With", queryset=lambda request: answering_users(), empty_label="Anybody"
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
            "received",
        ]

    def filter_queryset(self, queryset):
        """Keep the open ones where no status was chosen."""
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("status") else queryset.open()
