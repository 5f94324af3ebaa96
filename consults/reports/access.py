"""The door of the reports."""

from consults.audited_views import AuditedMixin
from consults.permissions import can_read_reports


class ReportsMixin(AuditedMixin):
    """For those whose group may read the reports."""

    is_allowed = staticmethod(can_read_reports)
    forbidden_template = "consults/reports/forbidden.html"
