"""The one place where reading a report is noted."""

from consults import audit
from consults.enums import AuditAction


def note_reading(request, what):
    """Note that the user read ``what``: "reports" for the page, or the name of a table taken as a file.

    Raises AuditProblem.
    """
    audit.append(AuditAction.REPORT, actor=request.user, detail=what)
