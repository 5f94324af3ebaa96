"""Deleting somebody who worked with requests: what can't be done, and what to do instead."""

from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.template.response import TemplateResponse

from consults.models import ConsultRequest


def keep_who_worked(request, users):
    """Return a page that says so where one of these users can't be deleted, or None where all can."""
    people = [
        {"user": user, "held": ConsultRequest.objects.open().filter(assignee=user).count()}
        for user in users
        if isinstance(user, get_user_model()) and _has_worked(user)
    ]
    return (
        TemplateResponse(request, "consults/triage/oversight/leaving.html", {"people": people})
        if people
        else None
    )


def _has_worked(user):
    """Whether something names the user that has to keep the name."""
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect([user])
    except (ProtectedError, RestrictedError):
        return True
    return False
