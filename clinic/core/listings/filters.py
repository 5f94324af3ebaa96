"""Filters of the lists of pages."""

from datetime import timedelta

from django.db.models import Q
from django.forms import RadioSelect
from django.utils import timezone
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet

from clinic.core.bounded_forms import BoundedForm
from clinic.core.page_states import is_scheduled, is_submitted

SOON = timedelta(days=30)
STATES = {
    "live": lambda: Q(live=True),
    "draft": lambda: Q(live=False),
    "changed": lambda: Q(live=True, has_unpublished_changes=True),
    "submitted": is_submitted,
    "scheduled": is_scheduled,
}


class StateFilters(WagtailFilterSet):
    """Where a page stands on its way to readers."""

    state = ChoiceFilter(
        label="Status",
        method="of_state",
        empty_label="All",
        widget=RadioSelect,
        choices=[
            ("live", "Readers see it"),
            ("draft", "Not published"),
            ("changed", "Changed since it was published"),
            ("submitted", "Waiting for approval"),
            ("scheduled", "Scheduled"),
        ],
    )

    class Meta:
        form = BoundedForm
        fields = []

    def of_state(self, pages, name, value):
        """Keep the pages of this state."""
        return pages.filter(STATES[value]())


class ClinicalFilters(StateFilters):
    """The same, and when a page has to be checked again."""

    review = ChoiceFilter(
        label="Next review",
        method="of_review",
        empty_label="All",
        widget=RadioSelect,
        choices=[("over", "Overdue"), ("soon", "Within 30 days"), ("none", "No date")],
    )

    def of_review(self, pages, name, value):
        """Keep the pages whose next review is overdue, near or not set."""
        today = timezone.localdate()
        days = {
            "over": {"next_review_on__lt": today},
            "soon": {"next_review_on__range": (today, today + SOON)},
            "none": {"next_review_on__isnull": True},
        }
        return pages.filter(**days[value])
