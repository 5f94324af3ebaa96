"""What consultation requests register with Wagtail."""

from django.conf import settings
from wagtail import hooks

from consults import workflow
from consults.spool import files

from . import account_events
from .permissions import can_read_requests
from .reports.viewsets import ConsultReportsViewSet
from .staff_entry.viewsets import StaffEntryViewSet
from .triage.oversight.audit_log import AuditViewSet
from .triage.oversight.banners import troubles_panel
from .triage.oversight.leaving import keep_who_worked
from .triage.oversight.wordings import ConsentWordingViewSet
from .triage.panels import WaitingPanel
from .triage.replies.templates import ReplyTemplateViewSet
from .triage.viewsets import ConsultRequestViewSet


@hooks.register("register_admin_viewset")
def register_inbox():
    """Add the front desk's pages, the form of staff, the reports, the prepared words, and the audit."""
    return [
        ConsultRequestViewSet(),
        StaffEntryViewSet(),
        ConsultReportsViewSet(),
        ConsentWordingViewSet(),
        ReplyTemplateViewSet(),
        AuditViewSet(),
    ]


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request, panels):
    """Tell the front desk, and only them, who waits."""
    if can_read_requests(request.user):
        panels.append(WaitingPanel())


@hooks.register("works_without_database")
def can_spool():
    """Requests are taken in while the spool takes them."""
    return files.takes_more(settings.CONSULTS_SPOOL_DIR, max_bytes=settings.CONSULTS_SPOOL_MAX_BYTES)


@hooks.register("construct_homepage_panels")
def add_troubles_panel(request, panels):
    """Tell the front desk and its managers what fails."""
    if panel := troubles_panel(request.user):
        panels.append(panel)


@hooks.register("register_log_actions")
def name_actions(actions):
    """Name what Wagtail's history shows of requests."""
    for action in workflow.IN_WAGTAIL_LOG:
        actions.register_action(workflow.wagtail_log_name(action), action.label, action.label)


@hooks.register("note_account_event")
def note_account_event(action, **event):
    """Keep in the audit what happens to accounts."""
    account_events.note_account_event(action, **event)


@hooks.register("idle_minutes")
def idle_minutes_of_readers(user):
    """Whoever may open requests is signed out sooner."""
    return settings.CONSULTS_IDLE_MINUTES if workflow.may_open(user) else None


@hooks.register("before_delete_user")
def keep_account(request, user):
    """Offer to switch off the account of somebody whose work names them."""
    return keep_who_worked(request, [user])


@hooks.register("before_bulk_action")
def keep_accounts(request, action_type, objects, action):
    """The same for several users at once."""
    return keep_who_worked(request, objects) if action_type == "delete" else None
