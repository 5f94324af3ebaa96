"""Who may open requests: members of a group that may, and nobody by being a superuser."""

from django.contrib.auth.models import Permission


def can_read_requests(user):
    """Whether the user may see the inbox and open requests."""
    return _has_through_group(user, "view_consultrequest")


def can_change_requests(user):
    """Whether the user may claim, move and note."""
    return _has_through_group(user, "change_consultrequest")


def can_read_reports(user):
    """Whether the user may read the figures on requests."""
    return _has_through_group(user, "report_consultrequest")


def sees_troubles(user):
    """Whether the user is told that mail or worker fail: the front desk, and who manages it."""
    return _has_through_group(user, "view_consultrequest", "add_consentwording")


def _has_through_group(user, *codenames):
    """Ask the groups themselves: Django answers yes to everything for a superuser."""
    if not user.is_active:
        return False
    held = Permission.objects.filter(group__user=user, content_type__app_label="consults")
    return held.filter(codename__in=codenames).exists()
