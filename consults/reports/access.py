"""The door of the reports."""

from consults import audit
from consults.audited_views import AuditedMixin
from consults.enums import AuditAction
from consults.permissions import can_read_reports


class ReportsMixin(AuditedMixin):
    """For those whose group may read the reports."""

    is_allowed = staticmethod(can_read_reports)
    forbidden_template = "consults/reports/forbidden.html"


def note_reading(request, what, days):
    """Note that the user read ``what`` of these days, the first and the last.

    ``what`` is "reports" or "rounded reports" for the page, or the name of a table taken as a file. Raises
    AuditProblem.
    """
    first, last = days
    audit.append(AuditAction.REPORT, actor=request.user, detail=f"{what}, {first} to {last}")
