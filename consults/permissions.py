"""Who may open requests: whoever the managers put at the desk, and nobody by a group or by being a superuser.

The table of the desk (``DeskGrant``) says who has which role, and ``clinic.roles`` what a role may. A right
that a clinic took from a role's group stays taken; what was given to a group gives nobody anything.
"""

from functools import lru_cache

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection

from clinic.roles import ROLES
from consults.enums import DeskRole
from consults.models import DeskGrant


def _codenames(role):
    for model, verbs in ROLES["consults"][role.label].items():
        app, _, name = model.partition(".")
        if app == "consults":
            yield from (f"{verb}_{name}" for verb in verbs.split())


RIGHTS = {role: frozenset(_codenames(role)) for role in DeskRole}


def can_read_requests(user):
    """Whether the user may see the inbox and open requests."""
    return has_right(user, "view_consultrequest")


def can_change_requests(user):
    """Whether the user may claim, move and note."""
    return has_right(user, "change_consultrequest")


def answering_users():
    """Return the users who may be given a request."""
    question, values = _question(("change_consultrequest",))
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return get_user_model().objects.filter(pk__in=[pk for (pk,) in cursor]).order_by("username")


def can_export_requests(user):
    """Whether the user may take the list away as a file."""
    return has_right(user, "export_consultrequest")


def can_export_opened_requests(user):
    """Whether the user may take names and contacts away: a right beyond reading and exporting."""
    return (
        can_read_requests(user)
        and can_export_requests(user)
        and has_right(user, "export_opened_consultrequest")
    )


def can_erase_requests(user):
    """Whether the user may keep contents beyond their time, and ask to remove them earlier."""
    return has_right(user, "erase_consultrequest")


def can_read_audit(user):
    """Whether the user may read the audit: auditors alone."""
    return has_right(user, "view_auditevent")


def can_read_reports(user):
    """Whether the user may read the figures on requests."""
    return has_right(user, "report_consultrequest")


def can_guard_facts(user):
    """Whether the user may change numbers and addresses of every page, and who is told: managers alone."""
    return has_right(user, "add_guardedfacts")


def can_write_wordings(user):
    """Whether the user may write what people agree to: managers alone."""
    return has_right(user, "add_consentwording")


def can_read_wordings(user):
    """Whether the user may read every version of what people agreed to."""
    return has_right(user, "view_consentwording")


def sees_troubles(user):
    """Whether the user is told that mail or worker fail: the front desk, and who manages it."""
    return has_right(user, "view_consultrequest", "add_consentwording")


def can_manage_people(user):
    """Whether the user says who is at the desk."""
    return has_role(user, DeskRole.MANAGER)


def can_take_back(user):
    """Whether the user may see and take back what waits for a second person."""
    return has_role(user, DeskRole.MANAGER, DeskRole.AUDITOR)


def has_role(user, *roles):
    """Whether the user has one of these roles at the desk now."""
    if not user.is_active or user.pk is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(ROLES_HELD, [user.pk])
        return not set(roles).isdisjoint(role for (role,) in cursor)


def has_right(user, *codenames):
    """Whether a role at the desk gives the user one of these; Django says yes to all for a superuser."""
    if not user.is_active or user.pk is None:
        return False
    question, values = _question(codenames)
    with connection.cursor() as cursor:
        cursor.execute(f"{question} AND held.user_id = %s LIMIT 1", [*values, user.pk])
        return cursor.fetchone() is not None


def rights_of(user):
    """Return all that the roles of a user give."""
    if not user.is_active:
        return set()
    held = DeskGrant.objects.in_force().filter(user=user).values_list("role", flat=True)
    roles = {DeskRole(role).label: DeskRole(role) for role in held}
    left = Permission.objects.filter(content_type__app_label="consults", group__name__in=roles)
    return {
        right for right, name in left.values_list("codename", "group__name") if right in RIGHTS[roles[name]]
    }


# By hand, since every page asks it several times: putting it together anew took longer than the answer.
ROLES_HELD = """
SELECT held.role FROM consults_deskgrant AS held
JOIN auth_user ON auth_user.id = held.user_id
WHERE held.user_id = %s AND held.until IS NULL AND auth_user.is_active
"""
QUESTION = """
SELECT DISTINCT held.user_id FROM consults_deskgrant AS held
JOIN auth_user ON auth_user.id = held.user_id
JOIN auth_group ON auth_group.name = CASE held.role {names} END
JOIN auth_group_permissions ON auth_group_permissions.group_id = auth_group.id
JOIN auth_permission ON auth_permission.id = auth_group_permissions.permission_id
JOIN django_content_type ON django_content_type.id = auth_permission.content_type_id
WHERE held.until IS NULL AND auth_user.is_active
AND django_content_type.app_label = 'consults' AND ({rights})
"""


@lru_cache
def _question(codenames):
    """Return the query for whoever has one of these rights, with its values: roles and what they give."""
    names, rights, values = [], [], []
    for role, given in RIGHTS.items():
        names.append(f"WHEN '{role.value}' THEN '{role.label}'")
        for codename in sorted(given.intersection(codenames)):
            rights.append("(held.role = %s AND auth_permission.codename = %s)")
            values += [role.value, codename]
    return QUESTION.format(names=" ".join(names), rights=" OR ".join(rights) or "1 = 0"), values
