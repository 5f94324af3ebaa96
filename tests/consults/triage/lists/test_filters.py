"""All requests can be narrowed by every clear column, and the view is an address to keep."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consults.models import ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
ALL = "/admin/requests/all/"


def listed(response):
    return [str(consult) for consult in response.context["object_list"]]


@pytest.mark.parametrize(
    ("columns", "query"),
    [
        ({"priority": 2}, {"priority": 2}),
        ({"channel": "phone"}, {"channel": "phone"}),
        ({"source_section": "fees"}, {"source_section": "fees"}),
        ({"heard_from": "event"}, {"heard_from": "event"}),
        ({"locale": "es"}, {"locale": "es"}),
        ({"campaign": "print"}, {"campaign": "print"}),
        ({"spam_score": 1}, {"spam_score": "little"}),
        ({"spam_score": 4}, {"spam_score": "little"}),
        ({"spam_score": 5}, {"spam_score": "suspected"}),
        ({"status": "quarantine", "next_action_at": None}, {"status": "quarantine"}),
    ],
)
def test_by_a_column(client, desk, columns, query):
    make_consult()
    sought = make_consult()
    ConsultRequest.objects.filter(pk=sought.pk).update(**columns)
    assert listed(client.get(ALL, query)) == [sought.reference]


def test_by_who_has_it(client, desk):
    make_consult()
    sought = make_consult(claimed_by=desk)
    assert listed(client.get(ALL, {"assignee": desk.pk})) == [sought.reference]
    outsider = UserFactory()
    assert len(listed(client.get(ALL, {"assignee": outsider.pk}))) == 2


def test_by_the_days_on_which_they_came(client, desk):
    old, new = make_consult(), make_consult()
    ConsultRequest.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=9))
    day = (timezone.localdate() - timedelta(days=3)).isoformat()
    assert listed(client.get(ALL, {"received_from": day})) == [new.reference]
    assert listed(client.get(ALL, {"received_to": day})) == [old.reference]


@pytest.mark.parametrize(
    ("hours", "age"), [(23, "1"), (25, "3"), (71, "3"), (73, "7"), (167, "7"), (169, "more")]
)
def test_by_how_long_ago_they_came(client, desk, hours, age):
    consult = make_consult()
    ConsultRequest.objects.filter(pk=consult.pk).update(created_at=timezone.now() - timedelta(hours=hours))
    found = {choice: listed(client.get(ALL, {"age": choice})) for choice in ("1", "3", "7", "more")}
    assert [choice for choice, references in found.items() if references] == [age]


def test_by_nothing_odd(client, desk):
    odd, plain = make_consult(), make_consult()
    ConsultRequest.objects.filter(pk=odd.pk).update(spam_score=1)
    assert listed(client.get(ALL, {"spam_score": "none"})) == [plain.reference]


def test_an_end_before_the_start_is_said(client, desk):
    make_consult()
    response = client.get(ALL, {"received_from": "2026-11-20", "received_to": "2026-11-10"})
    assert response.status_code == 200
    assert "The last day lies before the first one." in response.content.decode()
    assert len(listed(response)) == 1
