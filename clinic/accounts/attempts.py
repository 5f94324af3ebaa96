"""What the forms of users and groups don't give, posted all the same: noted and told."""

from django.contrib.auth.models import Group, Permission

from clinic.roles import AT_THE_DESK

from .events import Action, Tell, note

# The app whose permissions no form of groups gives.
OF_REQUESTS = "consults"
NOT_A_ROLE_OF_WAGTAIL = "Who is at the desk is said by the managers, on People at the desk. It was noted."


def groups_of_wagtail():
    """Return the groups that the forms give: without those that follow the desk."""
    return Group.objects.exclude(name__in=AT_THE_DESK)


def note_groups(request, posted, *, about=None, kept=()):
    """Note that somebody tried to give a role at the desk; return whether they did."""
    tried = Group.objects.filter(pk__in=_keys(posted), name__in=AT_THE_DESK).exclude(name__in=kept)
    return _note(request, [f"the role {group.name}" for group in tried], about)


def note_permissions(request, posted, *, group):
    """Note that somebody tried to give a group permissions over requests; return whether they did."""
    known = group.permissions.values("pk") if group and group.pk else []
    tried = Permission.objects.filter(pk__in=_keys(posted), content_type__app_label=OF_REQUESTS)
    return _note(request, [f"the permission {right.codename}" for right in tried.exclude(pk__in=known)], None)


def _note(request, tried, about):
    if tried:
        detail = f"tried to give {', '.join(tried)}"[:160] + " in a form of Wagtail; refused"
        note(
            Action.GRANT,
            actor=request.user,
            about=about,
            detail=detail,
            tell=[Tell.OWNER, Tell.AUDITORS],
        )
    return bool(tried)


def _keys(posted):
    return [key for key in posted if key.isascii() and key.isdecimal() and len(key) <= 9]
