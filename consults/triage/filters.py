"""What the inbox can be narrowed to."""

import django_filters
from wagtail.admin.filters import WagtailFilterSet

from consults.enums import Status
from consults.models import ConsultRequest


class ConsultRequestFilterSet(WagtailFilterSet):
    """Open requests, unless the reader asks for a status."""

    status = django_filters.ChoiceFilter(choices=Status.choices, empty_label="Open requests")

    class Meta:
        model = ConsultRequest
        fields = ["status"]

    def filter_queryset(self, queryset):
        """Keep the open ones where no status was chosen."""
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("status") else queryset.open()
