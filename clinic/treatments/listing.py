"""The list of all treatments for whoever writes."""

from django_filters import ModelChoiceFilter

from clinic.core.listings import (
    WIDE,
    ClinicalFilters,
    NextReviewColumn,
    PageList,
    PageListView,
    PersonColumn,
    state_columns,
    title_columns,
)

from .models import TreatmentPage


def _people(request):
    return TreatmentPage._meta.get_field("reviewer").related_model.objects.order_by("title")


class TreatmentFilters(ClinicalFilters):
    """By state, review and reviewer."""

    reviewer = ModelChoiceFilter(queryset=_people)

    class Meta(ClinicalFilters.Meta):
        model = TreatmentPage


class TreatmentListView(PageListView):
    """The treatments."""

    shown_parts = ("reviewer",)


class TreatmentList(PageList):
    """All treatments."""

    model = TreatmentPage
    name = "treatments"
    icon = "clipboard-list"
    menu_label = "Treatments"
    menu_order = 111
    index_view_class = TreatmentListView
    filterset_class = TreatmentFilters
    list_display = [
        *title_columns("picture"),
        PersonColumn("reviewer", classname=WIDE),
        NextReviewColumn("next_review_on", label="Next review", sort_key="next_review_on"),
        *state_columns(),
    ]
