"""The audit, for auditors. Reading it is an event of its own."""

import django_filters
from django.urls import path
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView

from consults.admin_pages import MenuViewSet
from consults.audited_views import AuditedMixin
from consults.enums import AuditAction
from consults.models import AuditEvent
from consults.permissions import can_read_audit


class AuditFilterSet(WagtailFilterSet):
    """By what was done, by whom, and to which request."""

    action = django_filters.ChoiceFilter(choices=AuditAction.choices, empty_label="Everything")
    actor_name = django_filters.CharFilter(label="Who")
    references = django_filters.CharFilter(label="Reference", lookup_expr="icontains")

    class Meta:
        model = AuditEvent
        fields = ["action", "actor_name", "references"]


class AuditView(AuditedMixin, IndexView):
    """The events, the newest first."""

    is_allowed = staticmethod(can_read_audit)
    noted_as = AuditAction.AUDIT
    model = AuditEvent
    template_name = "consults/triage/oversight/audit.html"
    # Wagtail's own speaks in a heading that is an alert, which a heading can't be.
    results_template_name = "consults/triage/index_results.html"
    page_title = "Audit of consultation requests"
    header_icon = "history"
    index_url_name = "consult_audit:index"
    index_results_url_name = "consult_audit:index_results"
    filterset_class = AuditFilterSet
    is_searchable = False
    FORMATS = ()
    paginate_by = 50
    default_ordering = "-seq"
    columns = [
        Column("seq", label="No."),
        DateColumn("at", label="When"),
        Column("actor_name", label="Who", accessor=lambda event: event.actor_name or "The site"),
        Column("action", label="What", accessor="get_action_display"),
        Column("purpose", label="What for", accessor="get_purpose_display"),
        Column("references", label="Requests"),
        Column("detail", label="More"),
    ]


class AuditViewSet(MenuViewSet):
    """One list; nothing in it leads anywhere."""

    name = "consult_audit"
    url_prefix = "consult-audit"
    icon = "history"
    menu_label = "Audit of requests"
    menu_name = "consult-audit"
    menu_order = 95
    is_allowed = staticmethod(can_read_audit)

    def get_urlpatterns(self):
        """Return the addresses of the list."""
        return [
            path("", AuditView.as_view(), name="index"),
            path("results/", AuditView.as_view(results_only=True), name="index_results"),
        ]
