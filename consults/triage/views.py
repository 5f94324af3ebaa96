"""Inbox, one request, and what can be done to it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from consults import workflow
from consults.models import ConsentReceipt, ConsultRequest
from consults.permissions import can_change_requests
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem

from .access import ChangeMixin, FrontDeskMixin
from .banners import troubles_panel
from .columns import BestTimesColumn, best_times_in_words, clock_in_words
from .contents import contents_for_display
from .filters import ConsultRequestFilterSet
from .forms import NoteForm, StatusForm, VersionForm

STALE = "{} was changed by somebody else in the meantime. Nothing was saved; this is how it stands now."
NOT_POSSIBLE = "{} can't be moved there from where it stands."


class InboxView(FrontDeskMixin, IndexView):
    """The requests, oldest first, without a word of what they say."""

    model = ConsultRequest
    template_name = "consults/triage/inbox.html"
    page_title = "Consultation requests"
    header_icon = "mail"
    index_url_name = "consult_requests:index"
    index_results_url_name = "consult_requests:index_results"
    filterset_class = ConsultRequestFilterSet
    is_searchable = False
    # Wagtail hands out the list as a file to whoever asks by address.
    FORMATS = ()
    paginate_by = 25
    columns = [
        TitleColumn("reference", label="Reference", url_name="consult_requests:detail"),
        DateColumn("created_at", label="Received"),
        Column("status", label="Status", accessor="get_status_display"),
        Column(
            "assignee",
            label="With",
            accessor=lambda r: r.assignee.get_username() if r.assignee else "Nobody yet",
        ),
        BestTimesColumn("best_times", label="Good times"),
    ]

    def get_context_data(self, **kwargs):
        """Say above the list what fails unseen and what looks like spam."""
        context = super().get_context_data(**kwargs)
        if not self.results_only:
            context["troubles_panel"] = troubles_panel(self.request.user)
            context["suspected"] = ConsultRequest.objects.from_people().quarantined().count()
        return context

    def get_base_queryset(self):
        """Leave the envelopes in the database."""
        return (
            ConsultRequest.objects.from_people().select_related("assignee").defer("envelope").oldest_first()
        )

    def filter_queryset(self, queryset):
        """Show the open ones where a status is asked for that doesn't exist."""
        queryset = super().filter_queryset(queryset)
        return queryset if self.filters.is_valid() else queryset.open()

    @cached_property
    def header_buttons(self):
        """Lead those who may change requests to the form for a request by phone."""
        if not can_change_requests(self.request.user):
            return []
        url = reverse("consult_entry:index")
        return [HeaderButton(label="New request by phone", url=url, icon_name="plus")]

    def order_queryset(self, queryset):
        """Keep the oldest first: nobody is overtaken."""
        return queryset


class RequestView(FrontDeskMixin, View):
    """One request, opened. Looking is noted."""

    def get(self, request, pk):
        """Show the request."""
        return show(request, get_object_or_404(ConsultRequest.objects.from_people(), pk=pk))


class ClaimView(ChangeMixin, View):
    """Taking a new request."""

    def post(self, request, pk):
        """Claim it, or say who was faster."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        form = VersionForm(request.POST)
        if form.is_valid():
            carry_out(request, consult, workflow.claim, version=form.cleaned_data["version"])
        return redirect("consult_requests:detail", pk=pk)


class StatusView(ChangeMixin, View):
    """Moving a request."""

    def post(self, request, pk):
        """Move it, or show what is missing."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        form = StatusForm(request.POST, current=consult.status)
        if (
            not form.is_valid()
            and "version" in form.cleaned_data
            and form.cleaned_data["version"] == consult.version
        ):
            return show(request, consult, status_form=form)
        carry_out(
            request,
            consult,
            workflow.change_status,
            version=form.cleaned_data.get("version", 0),
            status=form.cleaned_data.get("status", ""),
            reason=form.cleaned_data.get("reason", ""),
        )
        return redirect("consult_requests:detail", pk=pk)


class NoteView(ChangeMixin, View):
    """Adding a note."""

    def post(self, request, pk):
        """Seal and keep the note; nothing that was typed gets lost."""
        consult = get_object_or_404(ConsultRequest.objects.from_people(), pk=pk)
        form = NoteForm(request.POST)
        if not form.is_valid():
            return show(request, consult, note_form=form)
        try:
            workflow.add_note(consult, actor=request.user, text=form.cleaned_data["text"])
        except (EnvelopeProblem, KeyProblem) as problem:
            return unreadable(request, consult, problem, unsaved=form.cleaned_data["text"])
        messages.success(request, f"Note added to {consult}.")
        return redirect("consult_requests:detail", pk=pk)


def carry_out(request, consult, change, **values):
    """Make a change and say how it went, by reference only."""
    try:
        change(consult, actor=request.user, **values)
    except workflow.StaleRequest:
        messages.error(request, STALE.format(consult))
    except workflow.InvalidTransition:
        messages.error(request, NOT_POSSIBLE.format(consult))
    else:
        messages.success(request, f"{consult}: {consult.get_status_display()}.")


def show(request, consult, *, status_form=None, note_form=None):
    """Render one request; an envelope that doesn't open is said loudly."""
    try:
        contents, notes = workflow.read(consult, actor=request.user)
    except (EnvelopeProblem, KeyProblem) as problem:
        return unreadable(request, consult, problem)
    has_errors = any(form and form.errors for form in (status_form, note_form))
    context = {
        "consult": consult,
        "contents": contents_for_display(contents),
        "best_times": best_times_in_words(consult.best_times),
        "their_clock": clock_in_words(consult.time_zone, timezone.now()),
        "receipts": ConsentReceipt.objects.filter(reference=consult.reference),
        "notes": notes,
        "timeline": consult.timeline.select_related("actor"),
        "version_form": VersionForm(initial={"version": consult.version}),
        "status_form": status_form
        or StatusForm(current=consult.status, initial={"version": consult.version}),
        "note_form": note_form or NoteForm(),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {"url": reverse("consult_requests:index"), "label": "Consultation requests"},
            {"url": "", "label": str(consult)},
        ],
    }
    return render(request, "consults/triage/request.html", context, status=422 if has_errors else 200)


def unreadable(request, consult, problem, *, unsaved=""):
    """Say loudly that an envelope doesn't open, and give back a note that could not be kept."""
    context = {"consult": consult, "problem": problem, "unsaved": unsaved}
    return render(request, "consults/triage/unreadable.html", context, status=500)
