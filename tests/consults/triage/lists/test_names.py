"""Show names on this page: all rows at once, one event with their references, and no name stays anywhere."""

import pytest

from consults.models import AuditEvent, ConsultRequest
from consults.triage.lists import desk as page_of_desk
from consults.workflow import stop_contact
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
INDEX = "/admin/requests/"
BUTTON = "Show names on this page"


def named(client, query=""):
    return client.post(INDEX + query, {"names": "page"})


def test_all_names_of_the_page_stand_there_and_are_one_event(client, desk):
    shown = [make_consult(name=f"Marker {n}", way="call", phone=f"(555) 555-010{n}") for n in range(3)]
    assert BUTTON in client.get(INDEX).content.decode()
    response = named(client)
    page = response.content.decode()
    for n in range(3):
        assert f"<strong>Marker {n}</strong>" in page
        assert f"(555) 555-010{n}" in page
    assert BUTTON not in page
    assert "data-names-there>" in page
    [event] = AuditEvent.objects.filter(action="reveal")
    assert event.actor == desk
    assert set(event.references.split()) == {consult.reference for consult in shown}
    for consult in shown:
        assert [row.action for row in consult.timeline.filter(actor=desk)] == ["reveal"]
    # A look at names is no reading of the requests.
    assert not ConsultRequest.objects.exclude(seen_at=None).exists()


def test_only_the_page_that_is_shown_is_opened(client, desk, monkeypatch):
    monkeypatch.setattr(page_of_desk, "PER_PAGE", 2)
    for n in range(3):
        make_consult(name=f"Marker {n}")
    first, second = named(client).content.decode(), named(client, "?p=2").content.decode()
    assert (first.count("<strong>Marker"), second.count("<strong>Marker")) == (2, 1)
    opened = [event.references.split() for event in AuditEvent.objects.filter(action="reveal")]
    assert sorted(map(len, opened)) == [1, 2]


def test_they_are_in_no_cache_title_session_or_log(client, desk, caplog):
    make_consult(name="Markername", email="marker.address@example.org")
    response = named(client)
    page = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    title = page.partition("<title>")[2].partition("</title>")[0]
    kept = [title, dict(client.session), list(AuditEvent.objects.values()), caplog.text]
    assert "marker" not in str(kept).lower()
    # The next look shows none.
    assert "Markername" not in client.get(INDEX).content.decode()


def test_without_a_script_they_go_by_themselves(client, desk):
    make_consult(name="Markername")
    assert (
        'http-equiv="refresh" content="300; url=/admin/requests/?p=1&amp;names=no"'
        in named(client).content.decode()
    )
    assert 'http-equiv="refresh"' not in client.get(INDEX).content.decode()


def test_what_warns_of_one_warns_on_the_page_too(client, desk):
    consult = make_consult(name="Marker")
    stop_contact(consult, actor=desk)
    wrong = make_consult(name="Marker two", phone="(555) 555-0199", email="two@example.org")
    ConsultRequest.objects.filter(pk=wrong.pk).update(mark=b"wrong")
    page = named(client).content.decode()
    assert "Do not contact" in page
    assert "was not accepted by the form" in page


def test_one_that_does_not_open_keeps_no_other_back(client, desk):
    damaged = make_consult(name="Marker one")
    ConsultRequest.objects.filter(pk=damaged.pk).update(envelope=b"\x01damaged")
    whole = make_consult(name="Marker two", phone="(555) 555-0199", email="two@example.org")
    page = named(client).content.decode()
    assert "Marker two" in page
    assert damaged.reference in page
    assert AuditEvent.objects.get(action="reveal").references == whole.reference


def test_thirty_ask_the_database_as_often_as_one(client, desk, count_queries):
    make_consult(phone="(555) 555-0100", email="")
    one = count_queries(lambda: named(client))
    for n in range(1, 20):
        make_consult(phone=f"(555) 555-01{n:02}", email="")
    assert count_queries(lambda: named(client)) == one


@pytest.mark.parametrize("role", [{"group": "Editors"}, {"group": "Auditors"}, {"superuser": True}])
def test_nobody_else_sees_names(client, role):
    make_consult(name="Markername")
    client.force_login(UserFactory(**role))
    response = named(client)
    assert response.status_code == 403
    assert "Markername" not in response.content.decode()


def test_an_empty_page_opens_nobody(client, desk):
    assert BUTTON not in client.get(INDEX).content.decode()
    assert named(client).status_code == 200
    assert [event.action for event in AuditEvent.objects.all()] == ["list", "list"]
