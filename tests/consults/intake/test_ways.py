"""Only what belongs to the chosen way is asked, read and kept; changing language or address loses nothing."""

import html
import re
from dataclasses import replace
from datetime import time

import pytest
from django.conf import settings as django_settings

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults.consent_wordings import BUILT_IN
from consults.models import ConsentReceipt, ConsultRequest
from consults.sealing.envelope import open_envelope
from consults.sealing.keys import parse_sealing_keys

pytestmark = pytest.mark.django_db

FORM = "/consultation/"
EVERYTHING = {
    "layout": "2",
    "for_whom": "me",
    "name": "Way Person",
    "phone": "(555) 555-0101",
    "second_phone": "(555) 555-0102",
    "email": "first@example.org",
    "second_email": "second@example.org",
    "voicemail": "yes",
    "texting": "yes",
    "times": ["1"],
    "time_zone": "America/Chicago",
    "contact": "yes",
}
DENVER = "America/Denver"


@pytest.fixture(autouse=True)
def clinic():
    week = dict.fromkeys(range(5), (Period(time(9), time(17)),))
    write_facts(replace(default_facts(), hours=Schedule(zone=DENVER, week=week)))


def send(client, **changes):
    data = {**EVERYTHING, **changes}
    return client.post(FORM, {name: value for name, value in data.items() if value is not None})


def kept():
    [request] = ConsultRequest.objects.all()
    keys = parse_sealing_keys(django_settings.CONSULTS_SEALING_PRIVATE_KEYS)
    contents = open_envelope(request.envelope, reference=request.reference, private_keys=keys)[0]
    return request, contents, {receipt.purpose for receipt in ConsentReceipt.objects.all()}


@pytest.mark.parametrize(
    ("way", "phone", "email", "purposes", "times", "zone"),
    [
        ("call", "0101", "second@example.org", {"contact", "voicemail"}, 1, "America/Chicago"),
        ("text", "0101", "second@example.org", {"contact", "texting"}, 1, "America/Chicago"),
        ("email", "0102", "first@example.org", {"contact"}, 0, DENVER),
    ],
)
def test_what_belongs_to_another_way_is_never_stored(client, way, phone, email, purposes, times, zone):
    assert send(client, way=way).status_code == 303
    request, contents, agreed = kept()
    assert contents["phone"].endswith(phone)
    assert contents["email"] == email
    assert agreed == purposes
    assert (request.best_times, request.time_zone) == (times, zone)
    let_go = {"555-0101", "555-0102", "first@", "second@"} - {f"555-{phone}", email.partition("e")[0]}
    assert not [text for text in let_go - {email[: email.index("@") + 1]} if text in str(contents)]


@pytest.mark.parametrize(
    ("way", "wrong"),
    [
        ("call", {"email": "no address", "second_phone": "12"}),
        ("text", {"email": "x" * 60_000, "second_phone": "12"}),
        ("email", {"phone": "12", "second_email": "nobody", "times": "x", "time_zone": "Mars"}),
    ],
)
def test_nobody_is_held_up_by_what_they_did_not_choose(client, way, wrong):
    assert send(client, way=way, **wrong).status_code == 303


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"way": "call", "phone": ""}, "phone"),
        ({"way": "text", "phone": ""}, "phone"),
        ({"way": "text", "texting": None}, "texting"),
        ({"way": "email", "email": ""}, "email"),
        ({"way": "call", "second_email": "nobody"}, "second_email"),
        ({"way": "email", "second_phone": "12"}, "second_phone"),
        ({"way": None}, "way"),
    ],
)
def test_what_is_missing_for_the_chosen_way_is_asked_for_and_nothing_typed_is_lost(client, changes, field):
    data = {**EVERYTHING, **changes}
    response = send(client, **changes)
    page = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert f'href="#id_{field}"' in page
    assert [link for link in re.findall(r'href="#(id_\w+)"', page)] == [f"id_{field}"]
    for name in ("name", "phone", "second_phone", "email", "second_email"):
        assert re.search(rf'name="{name}" type="\w+" value="{re.escape(data[name] or "")}"', page)
    assert not ConsultRequest.objects.exists()


def test_two_typed_fields_and_four_taps_are_enough(client):
    least = {
        "layout": "2",
        "for_whom": "me",
        "name": "A",
        "way": "call",
        "phone": "5555550123",
        "contact": "yes",
    }
    assert client.post(FORM, least).status_code == 303
    request, contents, agreed = kept()
    assert (contents["age"], contents["topic"], agreed) == ("adult", "", {"contact"})
    assert (request.best_times, request.time_zone, request.wants_copy) == (0, DENVER, False)


@pytest.mark.parametrize("changes", [{"note": "x" * 5001}, {"second_email": "nobody"}, {"time_zone": "Mars"}])
def test_a_fold_with_an_error_is_open(client, changes):
    page = send(client, way="call", **changes).content.decode()
    [target] = re.findall(r'href="#(id_\w+)"', page)
    before = page[: page.index(f'id="{target}"')]
    assert before.rindex("<details") == before.rindex("<details", 0, before.rindex(" open>"))


def test_folds_without_an_answer_are_closed(client):
    page = client.get(FORM).content.decode()
    main = page[page.index("<main") :]
    assert main.count("<details") == 3
    assert " open>" not in main


@pytest.mark.parametrize(
    ("hours", "offered"), [((9, 12), ["1"]), ((13, 14), ["2"]), ((9, 18), ["1", "2", "4", "8"])]
)
def test_only_times_in_which_somebody_works_are_offered(client, hours, offered):
    week = dict.fromkeys(range(5), (Period(time(hours[0]), time(hours[1])),))
    write_facts(replace(default_facts(), hours=Schedule(zone=DENVER, week=week)))
    page = client.get(FORM).content.decode()
    assert re.findall(r'name="times"[^>]*value="(\d+)"', page) == offered


def test_a_time_that_is_offered_no_more_stays_ticked(client):
    page = send(client, way="call", name="", times=["128"]).content.decode()
    assert re.search(r'name="times"[^>]*value="128" checked', page)


def test_a_clinic_whose_voicemails_name_it_says_so_in_the_one_box(client):
    write_facts(replace(default_facts(), voicemail_names_clinic=True))
    page = html.unescape(client.get(FORM).content.decode())
    words = BUILT_IN["en"]
    assert f"{words['voicemail']} {words['voicemail_name']}" in page
    assert 'name="voicemail"' not in page
    send(client, way="call", voicemail=None, voicemail_name="yes")
    assert kept()[2] == {"contact", "voicemail", "voicemail_name"}
    assert {r.text for r in ConsentReceipt.objects.all()} <= set(words.values())


@pytest.mark.parametrize(
    ("here", "there", "word"), [("", "es/", "¿Para quién es?"), ("es/", "", "Who is it for?")]
)
def test_the_other_language_keeps_everything_and_stores_nothing(client, here, there, word):
    page = client.get(FORM + here).content.decode()
    button = re.search(r'<button[^>]*name="language"[^>]*formaction="([^"]+)"', page)
    assert button[1] == FORM + there
    response = client.post(button[1], {**EVERYTHING, "way": "text", "note": "Ring <b>", "language": "x"})
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert word in page
    for name in ("name", "phone", "second_phone", "email", "second_email"):
        assert f'value="{EVERYTHING[name]}"' in page
    assert re.search(r'id="id_way_1" value="text"[^>]* checked', page)
    assert re.search(r'id="id_texting"[^>]* checked', page)
    assert "Ring <b>" in page
    assert not ConsultRequest.objects.exists()


def test_the_enter_key_sends_and_changes_no_language(client):
    """The button it presses is the first of the form's in the document."""
    page = client.get(FORM).content.decode()
    buttons = re.findall(r'<button type="submit"[^>]*>', page)
    of_form = [button for button in buttons if 'form="consultation"' in button or "name=" in button]
    assert "name=" not in of_form[0]


def test_a_likely_slip_is_asked_about_once(client):
    first = send(client, way="email", email="some.name@gmial.com")
    page = first.content.decode()
    assert first.status_code == 422
    assert "some.name@gmail.com" in page and "There is a problem" not in page
    assert re.search(r'name="asked" value="yes" data-asked>', page)
    assert not ConsultRequest.objects.exists()
    assert send(client, way="email", email="some.name@gmial.com", asked="yes").status_code == 303
    contents = kept()[1]
    assert (contents["email"], contents["likely_email"]) == ("some.name@gmial.com", "some.name@gmail.com")


@pytest.mark.parametrize(("way", "field"), [("email", "email"), ("call", "second_email")])
def test_one_tap_takes_the_likely_address_and_sends(client, way, field):
    assert send(client, way=way, **{field: " Some.Name@GMIAL.com "}, take_meant="yes").status_code == 303
    assert kept()[1]["email"] == "Some.Name@gmail.com"


def test_a_slip_beside_an_error_has_its_button_there(client):
    page = send(client, way="email", email="some.name@gmial.com", name="").content.decode()
    assert "some.name@gmail.com" in page
    page = send(client, way="email", email="some.name@gmial.com", name="", take_meant="yes").content.decode()
    assert 'value="some.name@gmail.com"' in page


def test_under_18_is_a_link_to_a_page_that_asks_nothing(client):
    page = client.get(FORM).content.decode()
    address = re.search(r'href="([^"]+)">Under 18', page)[1]
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-cache"
    assert "We treat adults only" in response.content.decode()
    assert "Nothing of what you wrote" not in response.content.decode()
    assert client.get("/consultation/es/under-18/").status_code == 200


def test_what_must_be_answered_says_so_to_screen_readers_and_the_rest_says_optional(client):
    page = client.get(FORM).content.decode()
    for field in ("name", "phone", "email", "texting", "contact"):
        assert re.search(rf'<input[^>]*name="{field}"[^>]* (aria-required="true"|required)', page), field
    for field in ("voicemail", "second_email", "second_phone", "needs", "topic", "times"):
        assert not re.search(rf'<input[^>]*name="{field}"[^>]*required', page), field
    assert page.count('role="radiogroup" aria-required="true"') == 2
    # The fold, three questions in it, two second ways, when, the zone and the voicemail.
    assert page.count("(optional)") == 9


def test_the_privacy_notice_opens_beside_the_form(client):
    write_facts(replace(default_facts(), privacy_url="/privacy/"))
    assert '<a href="/privacy/" target="_blank"' in client.get(FORM).content.decode()
