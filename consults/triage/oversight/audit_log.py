"""The audit, for auditors. Reading it is an event of its own."""

from datetime import timedelta
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db.models import Q
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from clinic.core.bounded_forms import BoundedForm
from consults.admin_pages import MenuViewSet
from consults.audited_views import AuditedMixin
from consults.enums import SHOWING_ACTIONS, AuditAction, Purpose
from consults.models import AuditEvent, ConsultRequest
from consults.permissions import can_read_audit
from consults.references import parse_reference
from consults.triage.appointments.clocks import YEARS

from .moments import in_full
from .verifying import VerifyView

# Of these somebody read the name, or all that was written.
SAW = "saw"
# A file without names and contacts has no purpose.
SHOWED = Q(action__in=SHOWING_ACTIONS) | Q(action=AuditAction.EXPORT, purpose=Purpose.EXPORT)
MOST_REFERENCES = 50
UNKNOWN = "No request has this reference. Compare it with the one that you were told."
NO_REFERENCE = (
    "That is no reference: it has ten letters and digits, such as AB2-CD3-EF4G, and is asked for in full "
    "here. A part of one is found under “Reference”."
)
AT_A_MINUTE = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PeriodForm(BoundedForm):
    """Filters of which two are the ends of a period, by the reader's clock, and one names a person."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["since"].label, self.fields["until"].label = f"From ({zone})", f"Until ({zone})"

    def clean_person(self):
        """Say it where no request bears the reference: nothing found would read as nothing done."""
        person = self.cleaned_data["person"]
        if person and not references_of_person(letters_of(person)):
            raise forms.ValidationError(UNKNOWN if parse_reference(person) else NO_REFERENCE)
        return person

    def clean(self):
        """Say it where the end lies before the start, or where no calendar of ours leads."""
        data = super().clean()
        for name in ("since", "until"):
            if data.get(name) and data[name].year not in YEARS:
                self.add_error(name, f"Choose a time between {YEARS[0]} and {YEARS[-1]}.")
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "The end lies before the start. Choose them again.")
        return data


class AuditFilterSet(WagtailFilterSet):
    """By what was done, by whom, when, and to which request."""

    action = django_filters.ChoiceFilter(
        label="What",
        choices=[(SAW, "Saw a name, or what was written"), *AuditAction.choices],
        empty_label="Everything",
        method="by_kind",
    )
    actor_name = django_filters.CharFilter(label="Who", method="by_name")
    references = django_filters.CharFilter(label="Reference", method="by_reference")
    person = django_filters.CharFilter(
        label="Person, by one of their references", method="by_person", help_text="All linked requests."
    )
    since = django_filters.DateTimeFilter(field_name="at", lookup_expr="gte", widget=AT_A_MINUTE)
    until = django_filters.DateTimeFilter(widget=AT_A_MINUTE, method="by_end")

    class Meta:
        model = AuditEvent
        form = PeriodForm
        fields = ["action", "actor_name", "references", "person", "since", "until"]

    def by_kind(self, queryset, name, value):
        """Keep one kind of event, or all in which somebody saw something."""
        return queryset.filter(SHOWED if value == SAW else Q(action=value))

    def by_name(self, queryset, name, value):
        """Keep the events of whoever bears a part of a name: the login of then, or the name of now."""
        now = Q(actor__first_name__icontains=value) | Q(actor__last_name__icontains=value)
        return queryset.filter(Q(actor_name__icontains=value) | now)

    def by_end(self, queryset, name, value):
        """Keep what was before the end of that minute."""
        return queryset.filter(at__lt=value + timedelta(minutes=1))

    def by_reference(self, queryset, name, value):
        """Keep what is about a request, by a part of its reference, however that is written."""
        letters = letters_of(value)
        return queryset.filter(references__contains=letters) if letters else queryset.none()

    def by_person(self, queryset, name, value):
        """Keep what is about any request of one person: those that are linked with the one named in full."""
        about = Q(pk__in=[])
        for reference in references_of_person(letters_of(value)):
            about |= Q(references__contains=reference)
        return queryset.filter(about)


def references_of_person(reference):
    """Return the references of all requests that are linked with this one, itself among them."""
    one = ConsultRequest.objects.filter(reference=reference).only("same_as").first()
    if one is None:
        return []
    linked = ConsultRequest.objects.of_thread(one.same_as_id or one.pk)
    return list(linked.order_by("pk").values_list("reference", flat=True))


def letters_of(value) -> str:
    """Return a reference, or a part of one, as it is stored, however it was spoken."""
    return "".join(char for char in value.upper() if char.isalnum())


class ReferencesColumn(Column):
    """The requests of an event; each leads to whoever saw it."""

    cell_template_name = "consults/triage/oversight/references.html"

    def get_cell_context_data(self, instance, parent_context):
        """Add the references with their addresses."""
        context = super().get_cell_context_data(instance, parent_context)
        references = instance.references.split()
        context["saw"] = [(reference, who_saw(reference)) for reference in references[:MOST_REFERENCES]]
        context["more"] = len(references) - len(context["saw"])
        return context


def who_saw(reference) -> str:
    """Return the address of the events in which somebody saw a request."""
    return f"{reverse('consult_audit:index')}?{urlencode({'action': SAW, 'references': reference})}"


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
        Column("at", label="When", width="16%", accessor=lambda event: in_full(event.at)),
        Column("actor_name", label="Who", accessor=lambda event: event.actor_name or "The site"),
        Column("action", label="What", accessor="get_action_display"),
        Column("purpose", label="What for", accessor="get_purpose_display"),
        ReferencesColumn("references", label="Requests"),
        Column("detail", label="More"),
    ]

    def filter_queryset(self, queryset):
        """Show nothing where a filter says what can't be: everything would look like an answer."""
        return super().filter_queryset(queryset) if self.filters.is_valid() else queryset.none()

    @property
    def no_results_message(self):
        """Say it where it is a filter that can't be."""
        return super().no_results_message if self.filters.is_valid() else "Nothing was looked for."

    @cached_property
    def header_buttons(self):
        """Lead to the page that verifies it."""
        return [
            HeaderButton(label="Verify the audit", url=reverse("consult_audit:verify"), icon_name="check")
        ]


class AuditViewSet(MenuViewSet):
    """One list; a reference in it leads to whoever saw that request."""

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
            path("verify/", VerifyView.as_view(), name="verify"),
            path("results/", AuditView.as_view(results_only=True), name="index_results"),
        ]
