"""Every page and form of the desk with what is rare: an emergency, damage, contents or colleagues gone.

None of them fails. What can't be opened says so with a page of its own.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import Outcome, Status
from consults.models import ConsultRequest
from consults.triage.viewsets import ConsultRequestViewSet
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
DOORS = sorted(pattern.name for pattern in ConsultRequestViewSet().get_urlpatterns())
CANT_BE_OPENED = "This request can't be opened"


def everything(consult):
    """Return what all the forms of the desk together send."""
    later = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    return {
        "version": consult.version,
        "outcome": Outcome.ASKED_TO_STOP,
        "again_at": later,
        "until": later,
        "assignee": consult.assignee_id or "",
        "priority": 1,
        "status": Status.CLOSED,
        "reason": "asked_to_stop",
        "text": consult.reference,
        "same_as": consult.pk,
        "on_hold": "yes",
        "request": consult.pk,
        "ticked": f"{consult.pk}:{consult.version}",
        "action": "spam",
        "confirmed": "yes",
        "contents": "opened",
        "kind": "csv",
    }


def url(door, consult):
    """Return the address of a door, for this request where it has a number."""
    args = {"found": ["x"], "view": [1], "delete_view": [1], "calendar": [consult.pk, 1]}.get(door)
    by_number = any(p.name == door and "<int:pk>" in str(p.pattern) for p in urls()) and not args
    return reverse(f"consult_requests:{door}", args=args or ([consult.pk] if by_number else []))


def urls():
    return ConsultRequestViewSet().get_urlpatterns()


def emergency():
    user = UserFactory(superuser=True)
    workflow.break_glass(actor=user, reason="Nobody of the front desk is here.")
    return user


USERS = {
    "front desk": lambda: UserFactory(group="Front desk"),
    "manager": lambda: UserFactory(group="Managers"),
    "emergency": emergency,
}


def whole():
    return make_consult(claimed_by=UserFactory(group="Front desk"))


def ended():
    return make_consult(claimed_by=UserFactory(group="Front desk"), status=Status.CLOSED, reason="cost")


def damaged():
    """One that somebody has, and that nobody could read."""
    consult = whole()
    ConsultRequest.objects.filter(pk=consult.pk).update(envelope=b"\x01\x00\x01changed")
    consult.refresh_from_db()
    return consult


def damaged_and_ended():
    consult = ended()
    ConsultRequest.objects.filter(pk=consult.pk).update(envelope=b"\x01\x00\x01changed")
    return consult


def purged():
    consult = ended()
    for _ in range(2):
        workflow.erase(consult, actor=UserFactory(group="Managers"), version=consult.version)
        consult.refresh_from_db()
    assert consult.purged_at
    return consult


def with_nobody_there():
    """One whose colleague may not sign in any more."""
    consult = whole()
    consult.assignee.is_active = False
    consult.assignee.save()
    consult.assignee.groups.clear()
    return consult


STATES = [whole, ended, damaged, damaged_and_ended, purged, with_nobody_there]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", USERS)
def test_no_page_and_no_form_of_the_desk_fails(client, who, state):
    consult = state()
    client.force_login(USERS[who]())
    failed = {}
    for door in DOORS:
        for send in (client.get, client.post):
            # Each form meets the request as it was made.
            with transaction.atomic():
                response = send(url(door, consult), everything(consult))
                transaction.set_rollback(True)
            if response.status_code >= 500 and CANT_BE_OPENED not in response.content.decode():
                failed[door] = response.status_code
    assert failed == {}


@pytest.mark.parametrize("state", [whole, damaged, purged])
def test_in_an_emergency_the_sheet_is_printed_and_noted(client, state):
    consult, user = state(), emergency()
    client.force_login(user)
    assert client.get(url("print", consult)).status_code == 200
    event = consult.timeline.last()
    assert (event.action, event.actor) == ("print", user)
