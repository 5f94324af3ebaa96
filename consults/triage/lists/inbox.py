"""All requests: a list to filter, without a word of what they say."""

from operator import attrgetter

from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from consults.audited_views import FrontDeskMixin
from consults.enums import AuditAction, Status
from consults.models import ConsultRequest, SavedView
from consults.permissions import can_change_requests, can_export_requests, can_read_requests
from consults.triage.in_words import BestTimesColumn, next_in_words
from consults.triage.oversight.banners import troubles_panel

from .bulk import BulkForm, TickColumn
from .filters import ConsultRequestFilterSet, query_of
from .positions import List, Position, filters_in
from .reasons import handed_in_words
from .site_changes import WhoIsAway


def status_in_words(consult):
    """Return the status, and that the clinician knows of it."""
    return ", ".join(filter(None, [consult.get_status_display(), handed_in_words(consult)]))


class InboxView(FrontDeskMixin, IndexView):
    """The requests: what is marked first, then the oldest, unless another order is asked for."""

    noted_as = AuditAction.LIST
    model = ConsultRequest
    template_name = "consults/triage/lists/inbox.html"
    results_template_name = "consults/triage/lists/inbox_results.html"
    page_title = "All requests"
    header_icon = "mail"
    index_url_name = "consult_requests:all"
    index_results_url_name = "consult_requests:all_results"
    filterset_class = ConsultRequestFilterSet
    is_searchable = False
    # Wagtail hands out the list as a file to whoever asks by address.
    FORMATS = ()
    paginate_by = 25
    default_ordering = ("-priority", "created_at")
    columns = [
        TickColumn("ticked", label="Tick"),
        TitleColumn("reference", label="Reference", get_url=attrgetter("url")),
        DateColumn("created_at", label="Received", sort_key="created_at"),
        Column("status", label="Status", accessor=status_in_words, sort_key="status"),
        Column(
            "assignee",
            label="With",
            accessor="held_by",
        ),
        Column("attempts", label="Tries", sort_key="attempts"),
        # Wagtail's column of times has no words for what is still to come.
        Column("next_action_at", label="Next", accessor=next_in_words, sort_key="next_action_at"),
        BestTimesColumn("best_times", label="Good times"),
    ]

    def get_context_data(self, **kwargs):
        """Say above the list what fails unseen and what looks like spam."""
        context = super().get_context_data(**kwargs)
        self.references = [consult.reference for consult in context["object_list"]]
        self.suspected = [
            consult.pk for consult in context["object_list"]
            if consult.status == Status.QUARANTINE and consult.shown_at is None
        ]  # fmt: skip
        here = Position(List.ALL, 0, filters_in(self.request))
        away = WhoIsAway(self.request.user)
        for place, consult in enumerate(context["object_list"], context["page_obj"].start_index() - 1):
            consult.url = here.url_of(consult.pk, at=place)
            holder = consult.assignee.get_username() if consult.assignee else "Nobody yet"
            consult.held_by = "; ".join(away.of(consult)) or holder
        if not self.results_only:
            context["troubles_panel"] = troubles_panel(self.request.user)
            context |= ConsultRequest.objects.from_people().suspected_counts()
            if can_change_requests(self.request.user):
                context["bulk_form"] = BulkForm()
        # With the results: they are replaced without the page when somebody filters.
        context["query"] = query_of(self.filters)
        context["may_export"] = can_export_requests(self.request.user)
        if can_read_requests(self.request.user):
            context["saved_views"] = SavedView.objects.visible_to(self.request.user)
        return context

    def listed(self, response):
        """Return what the page shows."""
        return self.references

    def get_base_queryset(self):
        """Leave the envelopes in the database."""
        requests = ConsultRequest.objects.from_people().with_handed_at().with_later()
        return requests.select_related("assignee").defer("envelope")

    def filter_queryset(self, queryset):
        """Show the open ones where a filter says what can't be."""
        queryset = super().filter_queryset(queryset)
        return queryset if self.filters.is_valid() else queryset.open()

    def order_queryset(self, queryset):
        """Make every order certain."""
        return (
            super().order_queryset(queryset).order_by(*super().order_queryset(queryset).query.order_by, "pk")
        )

    @cached_property
    def header_buttons(self):
        """Lead those who may change requests to the form for a request by phone."""
        if not can_change_requests(self.request.user):
            return []
        url = reverse("consult_entry:index")
        return [HeaderButton(label="New request by phone", url=url, icon_name="plus")]
