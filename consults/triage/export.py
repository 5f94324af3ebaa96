"""The list as a file: clear columns alone, bounded, safe to open in a spreadsheet, and noted."""

import csv
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from consults import audit
from consults.audited_views import AuditedMixin
from consults.enums import AuditAction
from consults.models import ConsultRequest
from consults.permissions import can_export_requests

from .filters import ConsultRequestFilterSet

MOST_ROWS = 5000
TOO_MANY = "That is more than 5,000 requests. Narrow the list first."
# What a spreadsheet takes for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = {
    "Reference": lambda r: r.reference,
    "Received": lambda r: _moment(r.created_at),
    "Status": lambda r: r.get_status_display(),
    "Closed because": lambda r: r.get_closed_reason_display(),
    "With": lambda r: r.assignee.get_username() if r.assignee else "",
    "Tries": lambda r: r.attempts,
    "Opening minutes to the first try": lambda r: r.attempt_minutes,
    "Opening minutes until reached": lambda r: r.reach_minutes,
    "Next": lambda r: _moment(r.next_action_at),
    "Came by": lambda r: r.get_channel_display(),
    "Part of the site": lambda r: r.get_source_section_display(),
    "Campaign": lambda r: r.get_campaign_display(),
    "Heard of us": lambda r: r.get_heard_from_display() if r.heard_from else "",
    "Language": lambda r: r.get_locale_display(),
}


class ExportView(AuditedMixin, View):
    """A file with the requests that the filters keep; what was typed stays sealed."""

    is_allowed = staticmethod(can_export_requests)

    def post(self, request):
        """Return the file. Posted, so that no link and no preview makes one."""
        requests = ConsultRequest.objects.from_people().select_related("assignee").defer("envelope")
        filters = ConsultRequestFilterSet(request.GET, queryset=requests, request=request)
        wanted = filters.qs if filters.is_valid() else requests.open()
        rows = list(wanted.order_by("created_at", "pk")[: MOST_ROWS + 1])
        if len(rows) > MOST_ROWS:
            messages.error(request, TOO_MANY)
            return redirect(f"{reverse('consult_requests:all')}?{urlencode(request.GET, doseq=True)}")
        audit.append(
            AuditAction.EXPORT,
            actor=request.user,
            references=[row.reference for row in rows],
            detail=f"{len(rows)} rows, masked",
        )
        return as_csv(rows, request.user)


def as_csv(rows, user):
    """Return the rows as a file that says in its last line who made it and when."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="requests.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([safe(value_of(row)) for value_of in COLUMNS.values()])
    writer.writerow(
        [f"Made by {user.get_username()}, {_moment(timezone.now())}. Names and contacts are left out."]
    )
    return response


def safe(value):
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _moment(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
