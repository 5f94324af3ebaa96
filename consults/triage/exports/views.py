"""The page on which somebody takes the list away. Asked for it is a form, posted it makes the file."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from clinic.accounts import fresh
from consults import audit, csv_files, workflow
from consults.admin_pages import ALL_REQUESTS, PageMixin
from consults.audited_views import AuditedMixin
from consults.enums import AuditAction
from consults.models import ConsultRequest
from consults.permissions import can_export_opened_requests, can_export_requests
from consults.triage.lists.filters import ConsultRequestFilterSet, list_with, query_of

from . import xlsx_file
from .columns import clear_table, local_moment, opened_table
from .forms import MASKED, OPENED, ExportForm

MOST_ROWS = {MASKED: 5000, OPENED: 500}
TOO_MANY = "Such a file holds {:,} requests at most. Narrow the list first."
WRITERS = {
    "csv": (csv_files.csv_file, csv_files.CONTENT_TYPE),
    "xlsx": (xlsx_file.file_of, xlsx_file.CONTENT_TYPE),
}


class ExportView(AuditedMixin, PageMixin, View):
    """A file with the requests that the filters keep."""

    is_allowed = staticmethod(can_export_requests)
    page_title = "As a file"
    template_name = "consults/triage/exports/export.html"

    def setup(self, request, *args, **kwargs):
        """Understand the filters in the address."""
        super().setup(request, *args, **kwargs)
        everything = ConsultRequest.objects.from_people().select_related("assignee").defer("envelope")
        self.filters = ConsultRequestFilterSet(request.GET, queryset=everything, request=request)

    def get(self, request):
        """Show the form."""
        return self.show(self.form())

    def post(self, request):
        """Return the file. Posted, so that no link and no preview makes one."""
        form = self.form(request.POST)
        # The right may be gone since the form was shown.
        if form.asks_for_names and not self.may_open:
            return self.refuse(request, "Export with names")
        if not form.is_valid():
            return self.show(form, status=422)
        if form.asks_for_names and not fresh.is_fresh(request):
            return fresh.ask_first(request)
        most = MOST_ROWS[form.cleaned_data["contents"]]
        wanted = self.wanted.defer(None) if form.asks_for_names else self.wanted
        rows = list(wanted.oldest_first()[: most + 1])
        if len(rows) > most:
            form.add_error(None, TOO_MANY.format(most))
            return self.show(form, status=422)
        return self.file_of(rows, form.cleaned_data)

    @property
    def wanted(self):
        """The requests that the list shows."""
        return self.filters.qs if self.filters.is_valid() else self.filters.queryset.open()

    def form(self, data=None):
        """Return the form for what this user may."""
        return ExportForm(data, may_open=self.may_open)

    @cached_property
    def may_open(self):
        """Whether this user may take names away."""
        return can_export_opened_requests(self.request.user)

    def file_of(self, rows, data):
        """Return the answer with the file; who took what is noted."""
        table = self.opened(rows, data["reason"]) if data["contents"] == OPENED else self.masked(rows)
        write, content_type = WRITERS[data["kind"]]
        response = HttpResponse(write(table), content_type=content_type)
        response["Content-Disposition"] = f'attachment; filename="requests.{data["kind"]}"'
        return response

    def masked(self, rows):
        """Return the table without names."""
        table = [*clear_table(rows), [f"{self.made} Names and contacts are left out."]]
        audit.append(
            AuditAction.EXPORT,
            actor=self.request.user,
            references=[row.reference for row in rows],
            detail=f"{len(rows)} rows, masked",
        )
        return table

    def opened(self, rows, reason):
        """Return the table with names. Each request is opened by the workflow, which notes it."""
        contacts = workflow.open_for_export(rows, actor=self.request.user, reason=reason)
        return [*opened_table(rows, contacts), [f"{self.made} With names and contacts, because: {reason}"]]

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
            "number": self.wanted.count(),
            "most": {contents: f"{rows:,}" for contents, rows in MOST_ROWS.items()},
        }
        return self.show_page(context, status)
