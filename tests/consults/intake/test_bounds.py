"""However long a text is, only a short one is looked at; what was typed comes back as far as it was read.

The work is counted, not timed; where it can't be counted, the bound is so wide that only work beyond
measure passes it.
"""

import time
import unicodedata

import phonenumbers
import pytest
from django.urls import reverse

from consults.models import ConsultRequest
from tests.factories.consults import form_data
from tests.factories.forms import form_data as public_data
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Twice the longest note, for line breaks, and a little.
LONGEST_LOOKED_AT = 10_200
# Seconds of the processor; what is mended here took ten times as long, or forever.
PATIENCE = 5
MARKS = "\u0323\u0301" * 15_000
TEXTS = ["name", "phone", "email", "needs", "note"]
FORMS = ["/consultation/", "/consultation/es/", "/admin/requests-by-phone/"]


@pytest.fixture
def looked_at(monkeypatch):
    """The lengths of all texts that reached the normaliser and the library of numbers."""
    lengths = [0]

    def noting(real):
        def note(*args, **kwargs):
            lengths.extend(len(text) for text in args if isinstance(text, str))
            return real(*args, **kwargs)

        return note

    monkeypatch.setattr(unicodedata, "normalize", noting(unicodedata.normalize))
    monkeypatch.setattr(phonenumbers, "parse", noting(phonenumbers.parse))
    return lengths


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


def send(client, path, **changes):
    staff = {"channel": "phone", "locale": "en"} if path.startswith("/admin/") else {}
    return client.post(path, form_data(**{**staff, **changes}))


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("field", TEXTS)
def test_only_a_short_text_is_looked_at(client, desk, looked_at, path, field):
    response = send(client, path, **{field: MARKS})
    assert response.status_code == 422
    assert max(looked_at) <= LONGEST_LOOKED_AT
    assert not ConsultRequest.objects.exists()


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("typed", ["1" * 60_000 + "!", "1 " * 30_000, "+" * 60_000, "1x" * 30_000])
def test_no_number_stops_the_site(client, desk, path, typed):
    before = time.process_time()
    response = send(client, path, phone=typed)
    assert time.process_time() - before < PATIENCE
    assert response.status_code == 422


@pytest.mark.parametrize("path", FORMS[:2])
@pytest.mark.parametrize("name", sorted(set(public_data()) - set(TEXTS)))
def test_no_choice_is_longer_than_a_choice(client, path, name):
    response = send(client, path, **{name: "9" * 60_000})
    assert response.status_code in (303, 422)
    assert b"9" * 201 not in response.content


@pytest.mark.parametrize("path", FORMS)
def test_what_was_too_long_comes_back_as_far_as_it_was_read(client, desk, path):
    page = send(client, path, note="Please ring twice. " * 1000, name="Markername").content.decode()
    assert "Please ring twice. Please ring twice." in page
    assert page.count("Please ring twice.") < 600
    assert "Markername" in page


@pytest.mark.parametrize("path", FORMS[:2])
def test_invisible_marks_do_not_make_half_a_text_the_whole(client, path):
    """What was cut is refused also where the part that was read would do."""
    assert send(client, path, phone="303-555-0123" + "\u200b" * 300 + " or 720-555-0199").status_code == 422
    assert not ConsultRequest.objects.exists()


def test_a_token_of_any_length_is_none(client):
    assert send(client, FORMS[0], token="9" * 50_000, canary="9:" * 5_000).status_code == 303


def test_an_address_with_an_endless_query_is_one_without(client):
    short = client.get("/consultation/", {"utm_source": "google"})
    assert short.context["form"].initial["campaign"] == "paid_search"
    long = client.get("/consultation/", {"utm_source": "google", "gclid": "x" * 5000})
    assert long.status_code == 200
    assert long.context["form"].initial["campaign"] == ""


@pytest.mark.parametrize(
    "query",
    [
        {"p": "9" * 3900},
        {"p": "²"},
        {"query": "9" * 3900},
        {"status": "9" * 3900},
        {"assignee": "9" * 3900},
        {"received_from": "9" * 3900},
        {"list": "all", "at": "9" * 3900},
        {"ordering": "a" * 3900},
        {"days": "9" * 3900},
        {"locale": "9" * 3900},
    ],
)
def test_no_query_of_the_desk_is_too_long(client, desk, query):
    for name in ("consult_requests:index", "consult_requests:all", "consult_entry:index"):
        response = client.get(reverse(name), query)
        assert response.status_code == 200
        assert b"9" * 201 not in response.content
    assert client.get("/search/", query).status_code == 200


@pytest.mark.parametrize("key", ["9" * 5000, "9" * 13, "²", "٣", "x", ""])
def test_what_is_no_key_of_a_request_finds_none(client, desk, key):
    assert client.post(reverse("consult_requests:index"), {"request": key}).status_code == 404


def test_the_desks_search_reads_a_short_text(client, desk, looked_at):
    response = client.post(reverse("consult_requests:search"), {"text": MARKS + "1" * 60_000})
    assert "longer than any name, number or address" in response.content.decode()
    assert max(looked_at) <= LONGEST_LOOKED_AT
