"""Staff take down a request by phone; it joins the same queue as any other."""

import pytest
from django.urls import reverse

from consults import workflow
from consults.consent_wordings import BUILT_IN
from consults.models import ConsentReceipt, ConsultRequest, OutboxMessage
from tests.factories.forms import answers
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


def enter(client, **changes):
    data = answers(**{"channel": "phone", "locale": "en", **changes})
    return client.post(reverse("consult_entry:index"), data)


def test_it_joins_the_queue_sealed_and_with_its_receipts(client, desk):
    response = enter(client, name="Markername", section=None)
    consult = ConsultRequest.objects.get()
    assert response.url == reverse("consult_requests:detail", args=[consult.pk])
    assert (consult.status, consult.channel, consult.locale) == ("new", "phone", "en")
    assert b"Markername" not in bytes(consult.envelope)
    contents, _notes = workflow.open_consult(consult, actor=desk, purpose="triage")
    assert contents["name"] == "Markername"
    assert not {"channel", "locale"} & set(contents)
    receipts = ConsentReceipt.objects.values_list("purpose", "text", "channel", "page")
    assert list(receipts) == [
        (purpose, BUILT_IN["en"][purpose], "phone", "/admin/requests-by-phone/")
        for purpose in ("contact", "voicemail")
    ]
    assert consult.timeline.get(action="submit").actor == desk
    assert OutboxMessage.objects.get().reference == consult.reference


def test_spanish_consents_are_read_in_spanish(client, desk):
    page = client.get(reverse("consult_entry:index"), {"locale": "es"}).content.decode()
    assert BUILT_IN["es"]["voicemail"] in page
    enter(client, locale="es")
    assert {r.text for r in ConsentReceipt.objects.all()} <= set(BUILT_IN["es"].values())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Tell us what to call you."),
        ({"age": "minor"}, "people under 18"),
        ({"contact": None}, "Tick the box"),
        ({"channel": "web"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(client, desk, changes, said):
    response = client.post(
        reverse("consult_entry:index"),
        answers(**{"channel": "phone", "locale": "en", "note": "Keep this.", **changes}),
    )
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Keep this." in response.content.decode()
    assert not ConsultRequest.objects.exists()


def test_twice_the_same_is_one_request(midday, client, desk):
    assert enter(client).url == enter(client).url
    assert ConsultRequest.objects.count() == 1


@pytest.mark.parametrize("who", [{"group": "Editors"}, {"superuser": True}])
def test_others_stay_outside(client, who):
    client.force_login(UserFactory(**who))
    assert client.get(reverse("consult_entry:index")).status_code == 403
    assert enter(client).status_code == 403
    assert not ConsultRequest.objects.exists()


def test_the_inbox_leads_there(client, desk):
    assert reverse("consult_entry:index") in client.get(reverse("consult_requests:index")).content.decode()
