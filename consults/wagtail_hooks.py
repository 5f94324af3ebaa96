"""What consultation requests register with Wagtail."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from wagtail import hooks

from clinic.core.models import ClinicSettings
from consults import audit, guarded_facts, workflow
from consults.spool import files

from . import account_events
from .people.panels import people_panel
from .people.viewsets import PeopleViewSet
from .people.waiting import WaitingViewSet
from .permissions import can_read_requests
from .reports.viewsets import ConsultReportsViewSet
from .staff_entry.viewsets import StaffEntryViewSet
from .triage.appointments.viewsets import AppointmentsViewSet
from .triage.days.closed_days import tell_of_closed_days
from .triage.oversight.audit_log import AuditViewSet
from .triage.oversight.banners import troubles_panel
from .triage.oversight.every_page.viewsets import EveryPageViewSet
from .triage.oversight.leaving import keep_who_worked
from .triage.oversight.wordings import ConsentWordingViewSet
from .triage.panels import WaitingPanel
from .triage.replies.templates import ReplyTemplateViewSet
from .triage.viewsets import ConsultRequestViewSet

LEFT_AS_THEY_ARE = (
    "Numbers and addresses were left as they are: managers change them under “On every page”. "
    "That you tried is noted, and the owner is told."
)


@hooks.register("register_admin_viewset")
def register_inbox():
    """Add the pages of the front desk, its form, reports, prepared words, audit and people."""
    return [
        ConsultRequestViewSet(),
        AppointmentsViewSet(),
        StaffEntryViewSet(),
        ConsultReportsViewSet(),
        EveryPageViewSet(),
        ConsentWordingViewSet(),
        ReplyTemplateViewSet(),
        AuditViewSet(),
        PeopleViewSet(),
        WaitingViewSet(),
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


@hooks.register("construct_homepage_panels")
def add_people_panel(request, panels):
    """Tell managers and auditors what waits, and that a second manager is missing."""
    if panel := people_panel(request.user):
        panels.append(panel)


@hooks.register("roles_at_the_desk")
def roles_at_the_desk(user):
    """Say who has which role, also where the account is off: switched on, it would have them again."""
    return [grant.get_role_display() for grant in user.desk_grants.filter(until=None)]


@hooks.register("invite_account")
def invite_account(user, *, actor):
    """Send a new account its invitation."""
    workflow.invite_account(user, actor=actor)


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


@hooks.register("construct_clinic_facts")
def add_guarded_facts(facts):
    """Put the numbers and the address that managers wrote on every page, whatever site is the default."""
    return guarded_facts.in_facts(facts, guarded_facts.current())


@hooks.register("owner_addresses")
def owner_addresses():
    """Say where the owner is told of things, as managers wrote it."""
    return guarded_facts.current().owners


@hooks.register("before_edit_setting")
def refuse_guarded_facts(request, instance):
    """Say and note it where somebody sends numbers or addresses to the form that has them no more."""
    if request.method != "POST" or not isinstance(instance, ClinicSettings):
        return
    try:
        tried = guarded_facts.note_attempt(request.POST, actor=request.user)
    except audit.AuditProblem:
        return render(request, "consults/triage/no_audit.html", status=503)
    if tried:
        messages.error(request, LEFT_AS_THEY_ARE)


@hooks.register("after_publish_page")
def tell_of_closed_days_of_location(request, page):
    """Say what other hours of a location do to requests."""
    # Locations are another app's; this is what makes them one here.
    if hasattr(page, "schedule"):
        tell_of_closed_days(request)


@hooks.register("after_edit_setting")
def tell_of_closed_days_of_clinic(request, instance):
    """Say what other hours of the clinic do to requests."""
    if isinstance(instance, ClinicSettings):
        tell_of_closed_days(request)
