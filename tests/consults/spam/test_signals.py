"""Each sign is seen, and none of them alone sends an honest request aside."""

import re
from datetime import timedelta
from itertools import combinations

import pytest
import time_machine
import tinyhtml5
from django.test import RequestFactory
from django.utils import timezone

from consults.enums import QUARANTINE_SCORE, WEIGHTS, SpamSignal, Status, score_of
from consults.intake.token import issue_token
from consults.models import ConsultRequest, OutboxMessage
from consults.spam.signals import BROWSER_HEADERS, HONEYPOT_FIELD, form_signals
from tests.factories.forms import BROWSER, form_data


def signals(*, age=timedelta(minutes=5), headers=BROWSER, **changes):
    request = RequestFactory().post("/consultation/", form_data(**changes), headers=headers)
    return form_signals(request, issued_at=None if age is None else timezone.now() - age)


def test_an_ordinary_form_shows_none():
    assert signals() == ()
    assert signals(headers={**BROWSER, "Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}) == ()
    assert signals(headers={**BROWSER, "Origin": "null"}) == ()
    older = {name: BROWSER[name] for name in BROWSER_HEADERS}
    assert signals(headers={**older, "Origin": "http://testserver"}) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({HONEYPOT_FIELD: "x"}, SpamSignal.HONEYPOT),
        # As a form that was loaded before the field got its name calls it.
        ({"suite_ref": "x"}, SpamSignal.HONEYPOT),
        ({"age": None}, SpamSignal.NO_TOKEN),
        ({"age": timedelta(seconds=1)}, SpamSignal.TOO_FAST),
        ({"age": timedelta(hours=25)}, SpamSignal.OLD_TOKEN),
        ({"note": "https://a.example http://b.example www.c.example"}, SpamSignal.LINKS),
        ({"headers": {"Sec-Fetch-Site": "same-origin"}}, SpamSignal.ODD_HEADERS),
        ({"headers": {name: BROWSER[name] for name in BROWSER_HEADERS}}, SpamSignal.NO_ORIGIN),
        ({"headers": {**BROWSER, "Origin": "http://[x"}}, SpamSignal.FOREIGN_ORIGIN),
        ({"headers": {**BROWSER, "Origin": "https://elsewhere.example"}}, SpamSignal.FOREIGN_ORIGIN),
        ({"headers": {**BROWSER, "Sec-Fetch-Site": "cross-site"}}, SpamSignal.FOREIGN_ORIGIN),
    ],
)
def test_each_sign_is_seen(changes, expected):
    assert signals(**changes) == (expected.value,)


@pytest.mark.parametrize("age", [timedelta(seconds=4), timedelta(hours=10)])
def test_slow_and_quick_people_are_no_sign(age):
    assert signals(age=age) == ()


def test_two_links_are_no_sign():
    assert signals(note="See https://a.example and www.b.example, please.") == ()


def test_a_site_that_is_known_under_two_names_is_not_another_one(settings):
    settings.SITE_URL = "https://clinic.example.org"
    assert signals(headers={**BROWSER, "Origin": "https://clinic.example.org"}) == ()


def test_no_sign_weighs_enough_by_itself():
    assert not [sign for sign in SpamSignal if WEIGHTS[sign] >= QUARANTINE_SCORE]


# What happens to people: their browser fills in a field, is old, loses the token or keeps it overnight; they
# are quick; a proxy or another tool of theirs changes where the form seems to come from.
INNOCENT = [
    SpamSignal.HONEYPOT,
    SpamSignal.NO_TOKEN,
    SpamSignal.TOO_FAST,
    SpamSignal.OLD_TOKEN,
    SpamSignal.NO_ORIGIN,
    SpamSignal.FOREIGN_ORIGIN,
]


@pytest.mark.parametrize("pair", list(combinations(INNOCENT, 2)), ids="+".join)
def test_no_two_signs_that_a_person_can_give_weigh_enough(pair):
    others_doing = [SpamSignal.REPEATED, SpamSignal.BUSY_NETWORK]
    assert score_of([*pair, *others_doing]) < QUARANTINE_SCORE


# Fragments by which browsers and password managers guess what a field is for, in English and Spanish.
GUESSED = """
    name nombre apellido surname first last middle initial title prefix suffix honorific user login pass
    mail correo phone tel mobile movil cell fax area ext address direcc addr street calle suite unit apt apart
    floor line city ciudad town state estado provinc region county zip postal codigo code country pais land
    company empresa organi business url web site card tarjeta number numero cvv cvc exp iban date fecha birth
    day month mes year ano age pin otp search query busca coupon promo amount contact location gender sex
""".split()


def hidden_field_of(client, path="/consultation/"):
    """Return the hidden field, its label, and what holds both."""
    page = tinyhtml5.parse(client.get(path).content, namespace_html_elements=False)
    [holder] = [div for div in page.iter("div") if div.find(f"input[@name='{HONEYPOT_FIELD}']") is not None]
    return holder.find("input"), holder.find("label"), holder


@pytest.mark.parametrize("path", ["/consultation/", "/consultation/es/"])
def test_no_browser_takes_the_hidden_field_for_one_of_its_own(client, path):
    field, label, _holder = hidden_field_of(client, path)
    said = f"{field.get('name')} {field.get('id')} {label.text}".lower()
    assert [word for word in GUESSED if word in said] == []
    # Any other value that is none of the standard's own counts as no value at all.
    assert field.get("autocomplete") == "off"
    assert {"placeholder", "aria-label", "title"}.isdisjoint(field.attrib)
    assert label.get("for") == field.get("id")


def test_the_hidden_field_is_hidden_without_any_stylesheet(client):
    field, _label, holder = hidden_field_of(client)
    assert "hidden" in holder.attrib
    assert field.get("tabindex") == "-1"


@pytest.mark.django_db
def test_whoever_mends_a_mistake_within_a_second_was_not_too_fast(client):
    with time_machine.travel("2026-11-24 18:00:00Z", tick=False):
        token = issue_token("en-0")
    with time_machine.travel("2026-11-24 18:05:00Z", tick=False):
        refused = client.post("/consultation/", form_data(contact=None, token=token), headers=BROWSER)
        again = re.search(r'name="token" value="([^"]+)"', refused.content.decode())[1]
        assert refused.status_code == 422
        assert client.post("/consultation/", form_data(token=again), headers=BROWSER).status_code == 303
    assert ConsultRequest.objects.get().spam_signals == ""


@pytest.mark.django_db
@pytest.mark.parametrize("field", [HONEYPOT_FIELD, "suite_ref"])
@pytest.mark.parametrize("lost", [{}, {"token": None}], ids=["", "no token"])
def test_somebody_whose_browser_filled_in_the_hidden_field_waits_like_everybody(client, field, lost):
    with time_machine.travel(timezone.now() - timedelta(minutes=2), tick=False):
        token = issue_token("en-0")
    form = form_data(**{"token": token, **lost, field: "Suite 200", "copy": "yes"})
    answer = client.post("/consultation/", form, headers=BROWSER)
    request = ConsultRequest.objects.get()
    assert answer.url.split("/")[3] == request.reference
    assert request.spam_signals.split()[0] == "honeypot"
    assert (request.status, request.next_action_at) == (Status.NEW, request.created_at)
    # A colleague hears of it, and so do they.
    assert sorted(m.template for m in OutboxMessage.objects.all()) == ["patient_copy", "staff_notice"]
