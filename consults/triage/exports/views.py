"""The page on which somebody takes the list away. Asked for it is a form, posted it makes the file."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from clinic.accounts import fresh
from consults import audit, csv_files, workflow
from consults.admin_pages import ALL_REQUESTS, PageMixin
from consults.audited_views import AuditedMixin, is_key
from consults.enums import AuditAction, ClosedReason, Status
from consults.models import ConsultRequest, SavedView
from consults.permissions import can_export_opened_requests, can_export_requests
from consults.triage.lists.filters import ConsultRequestFilterSet, list_with, query_of
from consults.triage.lists.saved_views import MOST_VIEWS

from . import xlsx_file
from .columns import clear_table, local_moment, opened_table
from .forms import FIRST_TIME, LAST_MONTH, MASKED, WITH_NAMES, ExportForm, choice_of

MOST_ROWS = {MASKED: 5000, WITH_NAMES: 500}
TOO_MANY = "Such a file holds {:,} requests at most. Narrow the list first."
WRITERS = {
    "csv": (csv_files.csv_file, csv_files.CONTENT_TYPE),
    "xlsx": (xlsx_file.file_of, xlsx_file.CONTENT_TYPE),
}


class MonthFilterSet(ConsultRequestFilterSet):
    """The filters of the list, for what is no longer open as well."""

    def filter_queryset(self, queryset):
        """Keep whatever status there is where none was chosen, but for what is or looks like spam."""
        queryset = super(ConsultRequestFilterSet, self).filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("status") else without_spam(queryset)


class ExportView(AuditedMixin, PageMixin, View):
    """A file with the requests that the filters keep."""

    is_allowed = staticmethod(can_export_requests)
    page_title = "As a file"
    template_name = "consults/triage/exports/export.html"

    def setup(self, request, *args, **kwargs):
        """Understand the filters in the address."""
        super().setup(request, *args, **kwargs)
        self.everything = ConsultRequest.objects.from_people().select_related("assignee").defer("envelope")
        self.filters = ConsultRequestFilterSet(request.GET, queryset=self.everything, request=request)

    def get(self, request):
        """Show the form, filled in as somebody kept it where the address names that."""
        kept = self.kept_by(request.GET.get("kept", ""))
        return self.show(self.form(initial=choice_of(kept.file) if kept else FIRST_TIME))

    def post(self, request):
        """Return the file. Posted, so that no link and no preview makes one."""
        kept = self.kept_by(request.POST.get("kept", ""))
        form = self.form(choice_of(kept.file) if kept else request.POST)
        # The right may be gone since the form was shown.
        if form.asks_for_names and not self.may_open:
            return self.refuse(request, "Export with names")
        if not form.is_valid():
            return self.show(form, status=422)
        if form.keeps:
            return self.keep(form)
        if form.asks_for_names and not fresh.is_fresh(request):
            return fresh.ask_first(request)
        most = MOST_ROWS[form.cleaned_data["contents"]]
        wanted = self.wanted(form.cleaned_data["span"])
        rows = list((wanted.defer(None) if form.asks_for_names else wanted).oldest_first()[: most + 1])
        if len(rows) > most:
            form.add_error(None, TOO_MANY.format(most))
            return self.show(form, status=422)
        return self.file_of(rows, form)

    def wanted(self, span=""):
        """Return the requests that the list shows, or those of last month that its other filters keep."""
        if span != LAST_MONTH:
            return self.filters.qs if self.filters.is_valid() else self.filters.queryset.open()
        data = self.request.GET.copy()
        for name in ("received_from", "received_to", "age"):
            data.pop(name, None)
        begins, ends = last_month()
        came = self.everything.filter(created_at__gte=begins, created_at__lt=ends)
        # Colleagues who try the form are nobody who came.
        came = came.exclude(closed_reason=ClosedReason.TEST)
        filters = MonthFilterSet(data, queryset=came, request=self.request)
        return filters.qs if filters.is_valid() else without_spam(came)

    def form(self, data=None, **options):
        """Return the form for what this user may."""
        return ExportForm(data, may_open=self.may_open, **options)

    @cached_property
    def may_open(self):
        """Whether this user may take names away."""
        return can_export_opened_requests(self.request.user)

    @property
    def own(self):
        """The choices that this user kept."""
        return SavedView.objects.files_of(self.request.user)

    def kept_by(self, key):
        """Return the choice that this user kept under a key; None without one."""
        return get_object_or_404(self.own, pk=key if is_key(key) else 0) if key else None

    def keep(self, form):
        """Keep filters and choice under a name; one of the same name is replaced."""
        name = form.cleaned_data["keep_as"]
        if self.own.exclude(name=name).count() >= MOST_VIEWS:
            form.add_error("keep_as", f"You have kept {MOST_VIEWS}. Delete one of them first.")
            return self.show(form, status=422)
        if SavedView.objects.filter(owner=self.request.user, name=name, file="").exists():
            form.add_error("keep_as", "A view of your list has this name. Choose another one.")
            return self.show(form, status=422)
        kept = {"query": query_of(self.filters), "file": form.kept}
        SavedView.objects.update_or_create(owner=self.request.user, name=name, defaults=kept)
        messages.success(self.request, f"Kept as {name}. No file was made.")
        return redirect(export_with(query_of(self.filters)))

    def file_of(self, rows, form):
        """Return the answer with the file; who took what is noted."""
        table = self.opened(rows, form) if form.asks_for_names else self.masked(rows, form)
        kind = form.cleaned_data["kind"]
        write, content_type = WRITERS[kind]
        response = HttpResponse(write(table), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="requests.{kind}"'
        return response

    def masked(self, rows, form):
        """Return the table without names."""
        table = [*clear_table(rows, form.chosen), [f"{self.made} Names and contacts are left out."]]
        audit.append(
            AuditAction.EXPORT,
            actor=self.request.user,
            references=[row.reference for row in rows],
            detail=f"{len(rows)} rows, masked, {form.said}",
        )
        return table

    def opened(self, rows, form):
        """Return the table with names. Each request is opened by the workflow, which notes it."""
        reason = form.cleaned_data["reason"]
        contacts = workflow.open_for_export(rows, actor=self.request.user, reason=reason, columns=form.said)
        table = opened_table(rows, contacts, form.chosen)
        return [*table, [f"{self.made} With names and contacts, because: {reason}"]]

    @property
    def made(self):
        """Who makes the file and when: its last line."""
        made_at = local_moment(timezone.now()).isoformat(" ", "minutes")
        return f"Made by {self.request.user.get_username()}, {made_at}."

    @property
    def back(self):
        """The list that leads here, with its filters."""
        return list_with(query_of(self.filters))

    @property
    def breadcrumbs_items(self):
        """The same as a breadcrumb."""
        return [{**ALL_REQUESTS, "url": self.back}]

    def show(self, form, status=200):
        """Render the page."""
        context = {
            "form": form,
            "query": query_of(self.filters),
            "back": self.back,
            "number": self.wanted().count(),
            "own": [(view, choice_of(view.file)) for view in self.own],
            "most": {contents: f"{rows:,}" for contents, rows in MOST_ROWS.items()},
        }
        return self.show_page(context, status)


def without_spam(queryset):
    """Leave out what is spam, and what looks like it."""
    return queryset.exclude(status__in=[Status.QUARANTINE, Status.SPAM])


def last_month():
    """Return when the month before this one began, and when it ended, by the reader's clock."""
    this = timezone.localdate().replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    return [timezone.make_aware(datetime.combine(day, time.min)) for day in (last, this)]


def export_with(query) -> str:
    """Return the address of the form with these filters."""
    return reverse("consult_requests:export") + (f"?{query}" if query else "")
