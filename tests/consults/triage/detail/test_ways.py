"""The loud button is the way somebody asked for; the others are quiet, and nothing is loud against a wish."""

import re

import pytest

from consults.enums import Outcome
from consults.models import ConsultRequest, ReplyTemplate
from tests.factories.consults import make_consult

from .conftest import url

pytestmark = pytest.mark.django_db
BOTH = {"phone": "(555) 555-0177", "email": "marker@example.net"}


@pytest.fixture
def no_words():
    ReplyTemplate.objects.all().delete()


def see(client, consult):
    return client.get(url("detail", consult)).content.decode()


def buttons(page):
    """Return ``(label, address, whether it is loud)`` of the buttons that lead to the person."""
    card = page.partition('class="contact__buttons"')[2].partition("</p>")[0]
    found = re.findall(r'<a class="button([^"]*)" href="([^"]*)">([^<]*)</a>', card)
    return [(label.split()[0], address, "secondary" not in kind) for kind, address, label in found]


@pytest.mark.parametrize(
    ("way", "first", "said"),
    [
        ("call", "Call", "asked for a call"),
        ("text", "Text", "asked for a text"),
        ("email", "E-mail", "an e-mail"),
    ],
)
def test_the_way_they_asked_for_is_first_and_alone_is_loud(client, desk, way, first, said):
    page = see(client, make_consult(way=way, texting="on", **BOTH))
    shown = buttons(page)
    assert shown[0][0] == first
    assert [is_loud for _label, _address, is_loud in shown] == [True, *[False] * (len(shown) - 1)]
    assert said in page
    # Nothing else on the page calls louder.
    assert 'class="button" type="submit" formaction' not in page


def test_where_there_is_one_way_nothing_is_said_of_others(client, desk):
    page = see(client, make_consult(way="call", phone="(555) 555-0177", email=""))
    assert [label for label, *_rest in buttons(page)] == ["Call"]
    assert "They asked for" not in page


def test_nothing_is_loud_once_they_asked_us_to_stop(client, desk):
    consult = make_consult(way="call", claimed_by=desk, **BOTH)
    sent = {"version": consult.version, "outcome": Outcome.ASKED_TO_STOP}
    client.post(url("outcome", consult), sent)
    shown = buttons(see(client, consult))
    assert shown
    assert not any(is_loud for _label, _address, is_loud in shown)


def test_nothing_is_loud_of_what_the_form_never_accepted(client, desk):
    consult = make_consult(way="call", **BOTH)
    ConsultRequest.objects.update(best_times=1, mark=b"wrong")
    shown = buttons(see(client, consult))
    assert shown
    assert not any(is_loud for _label, _address, is_loud in shown)


def test_a_text_brings_its_words_and_nothing_of_the_person(client, desk, no_words):
    consult = make_consult(way="text", texting="on", name="Marker", **BOTH)
    assert buttons(see(client, consult))[0][1] == "sms:+15555550177"
    text = "This is about {reference} & more."
    ReplyTemplate.objects.create(title="T", channel="text", locale="en", text=text)
    [address] = [address for label, address, _is_loud in buttons(see(client, consult)) if label == "Text"]
    assert address.startswith("sms:+15555550177?&amp;body=This%20is%20about%20")
    assert "%20%26%20more." in address
    assert "Marker" not in address


def test_an_email_is_the_sites_own_where_it_sends_any(client, desk, no_words):
    consult = make_consult(way="email", **BOTH)
    assert buttons(see(client, consult))[0][1] == "mailto:marker@example.net"
    ReplyTemplate.objects.create(title="T", channel="email", locale="en", subject="S", text="Hello.")
    own = url("reply", consult)
    assert buttons(see(client, consult))[0][1] == own
    assert client.get(own).status_code == 200


def test_their_words_and_the_last_note_stand_beside_the_buttons(client, desk):
    consult = make_consult(note="Markerwords: do not call", needs="Markerneeds", **BOTH)
    client.post(url("note", consult), {"text": "First note."})
    client.post(url("note", consult), {"text": "Last one."})
    card = see(client, consult).partition('class="contact"')[2].partition("</section>")[0]
    for shown in ("Markerwords: do not call", "Markerneeds", "Last one."):
        assert shown in card
    assert "First note." not in card
