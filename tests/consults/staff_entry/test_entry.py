"""Staff take down a request by phone; it joins the same queue as any other."""

import re

import pytest
from django.urls import reverse

from consults import workflow
from consults.consent_wordings import BUILT_IN
from consults.models import AuditEvent, ConsentReceipt, ConsultRequest, OutboxMessage
from tests.factories.consults import make_consult
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
        ({"name": ""}, "Enter what to call them."),
        ({"age": "minor"}, "people under 18"),
        ({"contact": None}, "Read it aloud and tick the box"),
        ({"way": "text"}, "once they agree to texts"),
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


# --- who asked before -------------------------------------------------------------------------------


def look(client, door="index", **changes):
    data = {"channel": "phone", "locale": "en", "look": "yes", **changes}
    return client.post(reverse(f"consult_entry:{door}"), data)


@pytest.mark.parametrize("door", ["index", "earlier"])
@pytest.mark.parametrize("contact", [{"phone": "555 555 0177"}, {"email": "One@Example.org"}])
def test_who_is_on_the_line_may_have_asked_before(client, desk, door, contact):
    before = make_consult(phone="(555) 555-0177", email="one@example.org", note="Nobody else reads this.")
    make_consult(phone="(555) 555-0178", email="two@example.org")
    page = look(client, door, name="Half typed", **contact).content.decode()
    assert before.reference in page
    assert reverse("consult_requests:detail", args=[before.pk]) in page
    assert "Nobody else reads this." not in page
    # Nothing is judged yet, and nothing is lost.
    assert "error-message" not in page
    assert ("Half typed" in page) == (door == "index")
    event = AuditEvent.objects.latest("seq")
    assert (event.action, event.references, event.actor) == ("search", before.reference, desk)
    # Looking in vain is noted as well.
    assert "Nobody asked before" in look(client, door, phone="(555) 555-0999").content.decode()
    assert AuditEvent.objects.latest("seq").references == ""


def test_without_a_whole_number_nobody_is_looked_for(client, desk):
    make_consult()
    events = AuditEvent.objects.count()
    assert "Enter a whole number or address first" in look(client, phone="555").content.decode()
    assert AuditEvent.objects.count() == events


def test_an_open_request_is_shown_once_before_another_one_is_stored(client, desk):
    before = make_consult()
    answer = enter(client, name="Again")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "they have an open request" in page
    assert before.reference in page
    assert ConsultRequest.objects.count() == 1
    assert enter(client, name="Again", seen=before.reference, same_as=before.pk).status_code == 302
    new = ConsultRequest.objects.latest("pk")
    assert (new.channel, new.same_as) == ("phone", before)


def test_one_that_ended_holds_nobody_up(client, desk):
    before = make_consult(claimed_by=desk, status="closed", reason="not_now")
    assert enter(client, name="Again").status_code == 302
    assert before.reference in look(client, phone="(555) 555-0123").content.decode()


def test_nothing_is_linked_that_is_of_somebody_else(client, desk):
    other = make_consult(phone="(555) 555-0177", email="one@example.org")
    assert enter(client, same_as=other.pk).status_code == 302
    assert ConsultRequest.objects.latest("pk").same_as is None


def test_the_language_changes_and_nothing_is_lost(client, desk):
    page = client.post(
        reverse("consult_entry:index"), {**answers(note="Keep this."), "locale": "en", "language": "es"}
    ).content.decode()
    assert BUILT_IN["es"]["voicemail"] in page
    assert "Keep this." in page
    assert 'name="locale" value="es"' in page
    assert "error-message" not in page


@pytest.mark.parametrize(
    "patients", ["What should we call you?", "Your time zone", "Call me", "For me", "E-mail me"]
)
def test_it_speaks_as_staff_do(client, desk, patients):
    page = client.get(reverse("consult_entry:index")).content.decode()
    assert "What should we call them?" in page
    assert not re.search(rf">\s*{re.escape(patients)}\s*<", page)


def test_what_script_and_button_find_is_for_the_desk_alone(client):
    make_consult()
    client.force_login(UserFactory(group="Editors"))
    for door in ("index", "earlier"):
        assert look(client, door, phone="(555) 555-0123").status_code == 403
