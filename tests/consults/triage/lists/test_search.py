"""Find: what was sealed is found again, shown by name, and kept nowhere."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consults import workflow
from consults.models import AuditEvent, ConsultRequest
from consults.triage.lists.search import SESSION_KEY
from consults.workflow.reading import searching
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
INDEX = "/admin/requests/"


def look_for(client, text):
    """Search as the page does, and return the page that shows what was found."""
    return client.post(reverse("consult_requests:search"), {"text": text}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("(555) 555-0177", True),
        ("+1 555 555 0177", True),
        ("0177", True),
        ("Find.Me@Example.org ", True),
        ("reference", True),
        ("(555) 555-0178", False),
        ("find.me@example.com", False),
        ("0178", False),
        ("AB2CD3EF4G", False),
        ("555\u20130177", True),
        ("555-0177", True),
        ("555-0178", False),
        ("(555) 555-0177 x12", True),
        ("tel:555.555.0177 cell", True),
        ("\u202a+1 555\u2011555\u20110177\u202c", True),
        ("011 1 555 555 0177", True),
        ("555-555-0177 or 303-555-0100", True),
        ("mailto:find.me@example.org", True),
        ("<find.me@example.org>.", True),
        ("find.me@\u200bexample.org", True),
    ],
)
def test_somebody_is_found_by_what_was_sealed(client, desk, text, finds):
    sought = make_consult(phone="(555) 555-0177", email="find.me@example.org")
    make_consult(phone="(555) 555-9999", email="other@example.org")
    spoken = f"{sought.reference[:3]}-{sought.reference[3:6]}-{sought.reference[6:].lower()}"
    response = client.post(
        reverse("consult_requests:search"), {"text": spoken if text == "reference" else text}
    )
    assert response.status_code == 302
    # Two digits may stand in any random address.
    assert len(text.strip()) < 3 or text.strip() not in response.url
    page = client.get(response.url).content.decode()
    assert (sought.reference in page) == finds
    event = AuditEvent.objects.filter(action="search").get()
    assert event.references == (sought.reference if finds else "")
    if "@" in text or "555" in text:
        assert text.strip() not in str(AuditEvent.objects.values()) + str(dict(client.session))


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("+44 20 7946 0958", "020 7946 0958"),
        ("+44 20 7946 0958", "011 44 20 7946 0958"),
        ("011 44 20 7946 0958", "+44 (0)20 7946 0958"),
        ("020 7946 0958", "020 7946 0958"),
        ("+52 1 55 1234 5678", "+52 55 1234 5678"),
        ("52 55 1234 5678", "+52 1 55 1234 5678"),
        ("1-800-FLOWERS", "1 800 356 9377"),
        ("303-555-0123 or 720-555-0199", "303.555.0123"),
        ("12345678", "1234-5678"),
    ],
)
def test_a_number_is_found_by_another_writing_of_it(client, desk, stored, text):
    sought = make_consult(phone=stored)
    other = make_consult(phone="(555) 555-9999")
    url = client.post(reverse("consult_requests:search"), {"text": text}).url
    page = client.get(url).content.decode()
    assert sought.reference in page
    assert other.reference not in page


def test_what_was_found_is_this_sessions_alone(client, desk):
    consult = make_consult()
    found = client.post(reverse("consult_requests:search"), {"text": consult.reference}).url
    client.force_login(UserFactory(group="Front desk"))
    assert client.get(found).url == INDEX


def test_a_hit_says_who_where_it_stands_and_what_was_done_last(client, desk):
    consult = make_consult(name="Harper Quill")
    page = look_for(client, "harp")
    assert "Harper Quill" in page
    assert "Found by: Name" in page
    workflow.claim(consult, actor=desk, version=consult.version)
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome="no_answer")
    page = look_for(client, "harp")
    assert f"No answer by {desk.get_username()}, " in page
    assert f"with {desk.get_username()}" in page
    assert "Working on it" in page


def test_a_search_is_one_event_and_each_name_another(client, desk):
    shown = {make_consult(name=f"Quill {n}").reference for n in "AB"}
    make_consult(name="Somebody Else")
    look_for(client, "quill")
    events = [(event.action, event.purpose) for event in AuditEvent.objects.order_by("seq")]
    assert events == [("search", "search"), ("reveal", "search"), ("reveal", "search"), ("list", "")]
    assert set(AuditEvent.objects.first().references.split()) == shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("%", "Type three letters or digits"),
        ("qu", "Type three letters or digits"),
        ("q" * 5000, "longer than any name"),
    ],
)
def test_what_can_not_be_looked_for_stays_in_the_field_and_says_why(client, desk, text, said):
    make_consult(name="Quill")
    response = client.post(reverse("consult_requests:search"), {"text": text})
    page = response.content.decode()
    assert said in page
    assert f'value="{text[:300]}' in page
    assert "no-store" in response["Cache-Control"]
    assert SESSION_KEY not in client.session


def test_a_name_is_in_no_address_session_title_or_log(client, desk, caplog):
    make_consult(name="Markername Quill", email="marker.address@example.org")
    sent = client.post(reverse("consult_requests:search"), {"text": "markername"})
    response = client.get(sent.url)
    page = response.content.decode()
    assert "Markername" in page
    assert "no-store" in response["Cache-Control"]
    title = page.partition("<title>")[2].partition("</title>")[0]
    kept = [sent.url, title, dict(client.session), list(AuditEvent.objects.values()), caplog.text]
    assert "marker" not in str(kept).lower()


def test_a_damaged_one_is_said_to_be_so(client, desk):
    consult = make_consult(name="Harper Quill")
    ConsultRequest.objects.update(envelope=b"\x01damaged")
    page = look_for(client, consult.reference)
    assert "can’t be opened" in page
    assert AuditEvent.objects.first().references == consult.reference


def test_nothing_grows_with_the_hits_but_what_is_noted_of_each(client, desk):
    numbers = itertools.count(100)

    def asked(more):
        for _ in range(more):
            phone = f"(555) 555-0{next(numbers)}"
            make_consult(name="Harper Quill", phone=phone, claimed_by=UserFactory(group="Front desk"))
        address = client.post(reverse("consult_requests:search"), {"text": "harper"}).url
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    one, two, twenty = asked(1), asked(1), asked(18)
    assert twenty - two == 18 * (two - one)


def test_what_was_left_out_is_said_also_where_nobody_was_found(client, desk, monkeypatch):
    monkeypatch.setattr(searching, "MOST_LOOKED_THROUGH", 1)
    for number in range(2):
        make_consult(name="Harper Quill", phone=f"(555) 555-010{number}")
    assert "oldest of those that ended were not looked through" in look_for(client, "nobody")
