"""Several at once: only what was ticked, only after a look, and nothing that changed meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.models import AuditEvent, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
URL = "/admin/requests/bulk/"


def ticks(*requests):
    return [f"{consult.pk}:{consult.version}" for consult in requests]


def statuses():
    return list(ConsultRequest.objects.order_by("pk").values_list("status", flat=True))


def test_a_look_comes_before_the_doing(client, desk):
    first, second, other = make_consult(), make_consult(), make_consult()
    sent = {"action": "spam", "ticked": ticks(first, second)}
    page = client.post(URL, sent).content.decode()
    assert first.reference in page
    assert other.reference not in page
    assert statuses() == ["new", "new", "new"]
    assert client.post(URL, {**sent, "confirmed": "yes"}).status_code == 302
    assert statuses() == ["spam", "spam", "new"]
    assert AuditEvent.objects.filter(action="change").count() == 2


def test_each_action(client, desk):
    colleague = UserFactory(group="Front desk")
    consult = make_consult()
    until = timezone.now() + timedelta(days=2)
    for action in (
        {"action": "assign", "assignee": colleague.pk},
        {"action": "snooze", "until": f"{timezone.localtime(until):%Y-%m-%dT%H:%M}"},
    ):
        consult.refresh_from_db()
        client.post(URL, {**action, "ticked": ticks(consult), "confirmed": "yes"})
    consult.refresh_from_db()
    assert (consult.assignee, consult.status, consult.version) == (colleague, "working", 3)
    assert abs(consult.next_action_at - until) < timedelta(minutes=2)
    ConsultRequest.objects.update(status="quarantine", next_action_at=None, assignee=None)
    client.post(URL, {"action": "ham", "ticked": ticks(consult), "confirmed": "yes"})
    consult.refresh_from_db()
    assert consult.status == "new"


def test_what_somebody_changed_meanwhile_is_left_and_named(client, desk):
    ours, theirs = make_consult(), make_consult()
    sent = {"action": "spam", "ticked": ticks(ours, theirs), "confirmed": "yes"}
    workflow.claim(theirs, actor=UserFactory(group="Front desk"), version=1)
    client.post(URL, sent)
    assert statuses() == ["spam", "working"]
    page = client.get(reverse("consult_requests:all")).content.decode()
    assert f"Not done: 1. {theirs.reference} was changed by somebody meanwhile" in page
    assert f"Done: 1. {ours.reference}: Spam." in page


@pytest.mark.parametrize(
    "ticked", [[], ["x"], ["1"], ["1:x"], ["-1:1"], ["1:1:1"], ["9" * 30 + ":1"], ["999999:1"], ["٣:1"]]
)
def test_strange_ticks_change_nothing(client, desk, ticked):
    make_consult()
    response = client.post(URL, {"action": "spam", "ticked": ticked, "confirmed": "yes"})
    assert response.status_code == 302
    assert statuses() == ["new"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"action": "assign"}, "Choose to whom."),
        ({"action": "assign", "assignee": "0"}, "Select a valid choice."),
        ({"action": "snooze"}, "Choose a time from now on, within 14 days."),
        ({"action": "snooze", "until": "2020-01-01T10:00"}, "Choose a time from now on, within 14 days."),
        ({"action": "delete"}, "Select a valid choice."),
        ({}, "This field is required."),
    ],
)
def test_what_is_missing_is_said(client, desk, sent, said):
    client.post(URL, {**sent, "ticked": ticks(make_consult()), "confirmed": "yes"})
    assert said in client.get(reverse("consult_requests:all")).content.decode()
    assert statuses() == ["new"]


def test_fifty_are_enough(client, desk):
    ticked = [f"{number}:1" for number in range(1, 52)]
    client.post(URL, {"action": "spam", "ticked": ticked, "confirmed": "yes"})
    assert "at most 50" in client.get(reverse("consult_requests:all")).content.decode()


def test_the_list_has_a_box_for_each_row(client, desk):
    consult = make_consult()
    page = client.get(reverse("consult_requests:all")).content.decode()
    assert f'name="ticked" value="{consult.pk}:1" form="bulk"' in page


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite holds all of itself.")
def test_all_that_is_ticked_is_held_before_the_audit_is(client, desk):
    """In one order, and before the last event, which every change holds: or two wait for each other."""
    requests = [make_consult() for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        client.post(URL, {"action": "spam", "ticked": ticks(*reversed(requests)), "confirmed": "yes"})
    made = [query["sql"] for query in queries]
    held = next(n for n, sql in enumerate(made) if "FOR NO KEY UPDATE" in sql and "consultrequest" in sql)
    assert held < next(n for n, sql in enumerate(made) if "auditevent" in sql)
    assert statuses() == ["spam"] * 3
