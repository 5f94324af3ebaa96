"""A form that was loaded before the release and is sent after it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone

from consults.consent_wordings import EARLIER_TEXTING
from consults.intake.token import issue_token
from consults.models import ConsentReceipt, ConsultRequest, OutboxMessage
from consults.sealing.envelope import open_envelope
from consults.sealing.keys import parse_sealing_keys

from .earlier_form import earlier_post

pytestmark = pytest.mark.django_db

FORM = "/consultation/"
# As release 0.3.0 reckoned it.
KEY_OF_THEN = "7604e790e6dd439da1c4467e8892dd084436c77518aa96c6c22388a7d0e8902b"


def token_of_age(age):
    with time_machine.travel(timezone.now() - age, tick=False):
        return issue_token("en-0")


def contents_of(request):
    keys = parse_sealing_keys(django_settings.CONSULTS_SEALING_PRIVATE_KEYS)
    return open_envelope(request.envelope, reference=request.reference, private_keys=keys)[0]


@pytest.mark.parametrize("days", [0, 1, 6.9])
def test_it_is_taken_as_it_was_for_seven_days(client, days):
    response = client.post(FORM, earlier_post(token_of_age(timedelta(days=days, minutes=1))))
    assert response.status_code == 303
    [request] = ConsultRequest.objects.all()
    contents = contents_of(request)
    assert contents["email"] == "earlier.person@example.org"
    assert contents["phone"] == "(555) 555-0142"
    assert (request.best_times, request.time_zone, request.heard_from) == (5, "America/Chicago", "person")
    assert "patient_copy" in {message.template for message in OutboxMessage.objects.all()}


def test_its_receipts_have_the_words_it_showed(client):
    client.post(FORM, earlier_post(token_of_age(timedelta(hours=2))))
    receipts = {r.purpose: r for r in ConsentReceipt.objects.all()}
    assert set(receipts) == {"contact", "texting", "voicemail", "voicemail_name"}
    assert receipts["texting"].text == EARLIER_TEXTING["en-0"]
    assert {(r.version, r.version_is_proven) for r in receipts.values()} == {("en-0", True)}


def test_its_key_is_what_it_was(client, settings):
    """Sent before the release and once more after it, it is one request."""
    settings.CONSULTS_IDEMPOTENCY_KEY = "dGhlIHNhbWUgaW5kZXggaW4gZWFjaCBydW4gb2YgdGU"
    with time_machine.travel("2026-11-24 18:05:00Z", tick=False):
        client.post(FORM, earlier_post(issue_token("en-0")))
    assert ConsultRequest.objects.get().idempotency_key == KEY_OF_THEN


def test_after_seven_days_it_is_read_by_the_questions_of_today(client):
    """It still goes through; what was agreed to for other ways than the chosen one does not."""
    response = client.post(FORM, earlier_post(token_of_age(timedelta(days=7, minutes=1))))
    assert response.status_code == 303
    contents = contents_of(ConsultRequest.objects.get())
    assert contents["email"] == "earlier.person@example.org"
    assert {r.purpose for r in ConsentReceipt.objects.all()} == {"contact", "voicemail", "voicemail_name"}


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"name": ""}, ['name="second_email" type="email" value="earlier.person@example.org"']),
        ({"way": "email", "email": ""}, ['name="second_phone" type="tel" value="(555) 555-0142"']),
        ({"way": None}, ['name="phone" type="tel" value="(555) 555-0142"']),
        ({"age": None}, ['value="Earlier Person"']),
    ],
)
def test_with_a_mistake_it_comes_back_as_the_page_of_today_with_everything(client, changes, kept):
    response = client.post(FORM, earlier_post(token_of_age(timedelta(hours=2)), **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert 'name="layout" value="2"' in page
    for text in [*kept, "Ring twice.", "An interpreter"]:
        assert text in page


def test_whoever_was_not_asked_for_the_age_is_asked_who_it_is_for(client):
    page = client.post(FORM, earlier_post(token_of_age(timedelta(hours=2)), age=None)).content.decode()
    assert "Choose who it is for." in page


def test_its_under_age_answer_still_leads_to_the_page_and_back(client):
    response = client.post(FORM, earlier_post(token_of_age(timedelta(hours=2)), age="minor"))
    assert "We treat adults only" in response.content.decode()
    assert not ConsultRequest.objects.exists()


def test_a_copy_without_an_address_is_no_error_any_more(client):
    response = client.post(FORM, earlier_post(token_of_age(timedelta(hours=2)), email=""))
    assert response.status_code == 303
