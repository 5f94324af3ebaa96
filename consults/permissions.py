"""Who may open requests: members of a group that may, and nobody by being a superuser."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef


def can_read_requests(user):
    """Whether the user may see the inbox and open requests."""
    return _has_through_group(user, "view_consultrequest")


def can_change_requests(user):
    """Whether the user may claim, move and note."""
    return _has_through_group(user, "change_consultrequest")


def answering_users():
    """Return the users who may be given a request."""
    held = Permission.objects.filter(
        codename="change_consultrequest", content_type__app_label="consults", group__user=OuterRef("pk")
    )
    return get_user_model().objects.filter(Exists(held), is_active=True).order_by("username")


def can_export_requests(user):
    """Whether the user may take the list away as a file."""
    return _has_through_group(user, "export_consultrequest")


def can_export_opened_requests(user):
    """Whether the user may take names and contacts away: a right beyond reading and exporting."""
    return (
        can_read_requests(user)
        and can_export_requests(user)
        and _has_through_group(user, "export_opened_consultrequest")
    )


def can_erase_requests(user):
    """Whether the user may keep contents beyond their time, and remove them earlier."""
    return _has_through_group(user, "erase_consultrequest")


def can_read_audit(user):
    """Whether the user may read the audit: auditors alone."""
    return _has_through_group(user, "view_auditevent")


def can_read_reports(user):
    """Whether the user may read the figures on requests."""
    return _has_through_group(user, "report_consultrequest")


def can_guard_facts(user):
    """Whether the user may change numbers and addresses of every page, and who is told: managers alone."""
    return _has_through_group(user, "add_guardedfacts")


def can_write_wordings(user):
    """Whether the user may write what people agree to: managers alone."""
    return _has_through_group(user, "add_consentwording")


def can_read_wordings(user):
    """Whether the user may read every version of what people agreed to."""
    return _has_through_group(user, "view_consentwording")


def sees_troubles(user):
    """Whether the user is told that mail or worker fail: the front desk, and who manages it."""
    return _has_through_group(user, "view_consultrequest", "add_consentwording")


def _has_through_group(user, *codenames):
    """Ask the groups themselves: Django answers yes to everything for a superuser."""
    if not user.is_active:
        return False
    held = Permission.objects.filter(group__user=user, content_type__app_label="consults")
    return held.filter(codename__in=codenames).exists()
