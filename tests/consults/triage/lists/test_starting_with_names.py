"""A desk that starts with names: opened by whoever asks for its page, never by what a page does by itself."""

import pytest

from clinic.accounts.idle import BY_ITSELF_HEADER
from consults import workflow
from consults.enums import Status
from consults.models import AuditEvent, ConsultRequest, DeskStart
from consults.triage.lists import desk as page_of_desk
from consults.triage.lists.names import IN_PLACE_HEADER
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only
from tests.site.http import Document

pytestmark = pytest.mark.django_db
INDEX = "/admin/requests/"
BUTTON = "Show names on this page"


@pytest.fixture(autouse=True)
def started_with_names():
    """What managers chose."""
    DeskStart.objects.create(pk=1, with_names=True)


def shown(client, query="", **headers):
    return client.get(INDEX + query, headers=headers).content.decode()


def revealed():
    """Return the references of each event by which names were shown."""
    return [set(e.references.split()) for e in AuditEvent.objects.filter(action="reveal").order_by("seq")]


def test_the_page_opens_with_its_names_as_the_button_would(client, desk):
    made = [make_consult(name=f"Marker {n}", phone=f"(555) 555-010{n}") for n in range(3)]
    page = shown(client)
    assert page.count("<strong>Marker") == 3
    assert BUTTON not in page
    references = {consult.reference for consult in made}
    assert revealed() == [references]
    for consult in made:
        assert [row.action for row in consult.timeline.filter(actor=desk)] == ["reveal"]
    # Whoever presses the button leaves the same two: what was listed, and whose names were shown.
    events = AuditEvent.objects.order_by("seq").values_list("action", "purpose", "detail", "references")
    by_setting = list(events)
    DeskStart.objects.update(with_names=False)
    client.get(INDEX)
    client.post(INDEX, {"names": "page"})
    assert sorted(events.all()[len(by_setting) :]) == sorted(by_setting)
    # No look at names is a reading of the request.
    assert not ConsultRequest.objects.exclude(seen_at=None).exists()


def test_each_page_of_the_list_opens_its_own(client, desk, monkeypatch):
    monkeypatch.setattr(page_of_desk, "PER_PAGE", 2)
    for n in range(3):
        make_consult(name=f"Marker {n}")
    assert [shown(client, f"?p={p}").count("<strong>Marker") for p in (1, 2)] == [2, 1]
    assert sorted(map(len, revealed())) == [1, 2]


@pytest.mark.parametrize(
    "headers",
    [
        {BY_ITSELF_HEADER: "anything"},
        {"Sec-Purpose": "prefetch"},
        {"Sec-Purpose": "prefetch;prerender"},
        {IN_PLACE_HEADER: "yes"},
    ],
)
def test_what_nobody_asked_for_opens_nothing(client, desk, headers):
    make_consult(name="Marker")
    page = shown(client, **headers)
    assert "Marker" not in page
    assert BUTTON in page
    assert revealed() == []


def test_the_list_that_asks_again_opens_nothing_and_leaves_the_new_to_the_button(client, desk):
    old = make_consult(name="Marker old")
    [listed] = Document(shown(client).encode()).tree.findall(".//*[@data-fresh]")
    proven = listed.get("data-fresh")
    new = make_consult(name="Marker new")
    before = AuditEvent.objects.count()
    page = shown(client, **{BY_ITSELF_HEADER: proven})
    assert "Marker" not in page
    assert new.reference in page
    assert AuditEvent.objects.count() == before
    page = client.post(INDEX, {"names": "page", "known": str(old.pk)}).content.decode()
    assert "Marker new" in page
    assert revealed() == [{old.reference}, {new.reference}]


def test_head_opens_nothing(client, desk):
    make_consult(name="Marker")
    assert client.head(INDEX).status_code == 200
    assert revealed() == []


def test_a_page_left_alone_without_a_script_comes_again_without_names(client, desk, monkeypatch):
    monkeypatch.setattr(page_of_desk, "PER_PAGE", 1)
    make_consult(name="Marker one")
    make_consult(name="Marker two")
    page = shown(client)
    assert 'http-equiv="refresh" content="300; url=/admin/requests/?p=1&amp;names=no"' in page
    again = shown(client, "?p=1&names=no")
    assert "Marker" not in again
    assert 'http-equiv="refresh"' not in again
    # Hidden stays hidden on the next page of the list, until somebody asks for names or opens the desk anew.
    assert "?p=2&amp;names=no" in again
    assert len(revealed()) == 1
    assert "Marker" in client.post(f"{INDEX}?p=1&names=no", {"names": "page"}).content.decode()
    assert "Marker" in shown(client)
    assert len(revealed()) == 3


def test_signing_in_again_opens_them_again(client, desk):
    make_consult(name="Marker")
    shown(client)
    client.logout()
    client.force_login(desk)
    assert "Marker" in shown(client)
    assert len(revealed()) == 2


@pytest.mark.parametrize("role", [{"group": "Editors"}, {"group": "Auditors"}, {"superuser": True}])
def test_nobody_else_gets_in_by_it(client, role):
    make_consult(name="Marker")
    client.force_login(UserFactory(**role))
    response = client.get(INDEX)
    assert response.status_code == 403
    assert "Marker" not in response.content.decode()
    assert revealed() == []


def test_a_role_that_lost_the_right_sees_nothing(client):
    make_consult(name="Marker")
    client.force_login(with_only("Front desk", "change_consultrequest"))
    assert client.get(INDEX).status_code == 403
    assert revealed() == []


def test_whoever_broke_the_glass_sees_references_and_asks(client):
    make_consult(name="Marker")
    admin = sign_in(client, UserFactory(superuser=True))
    workflow.break_glass(actor=admin, reason="Nobody of the desk is here.")
    page = shown(client)
    assert "Marker" not in page
    assert BUTTON in page
    assert "Marker" in client.post(INDEX, {"names": "page"}).content.decode()


def test_an_empty_desk_is_listed_like_any_other(client, desk):
    client.get(INDEX)
    assert [event.action for event in AuditEvent.objects.all()] == ["list"]


def test_suspected_spam_counts_as_shown_all_the_same(client, desk):
    make_consult(name="Marker")
    suspected = make_consult(name="Suspected")
    ConsultRequest.objects.filter(pk=suspected.pk).update(status=Status.QUARANTINE)
    page = shown(client)
    assert "Suspected<" not in page
    suspected.refresh_from_db()
    assert suspected.shown_at
    assert suspected.reference in AuditEvent.objects.get(action="list").references


def test_thirty_ask_the_database_as_often_as_one(client, desk, count_queries):
    make_consult(phone="(555) 555-0100", email="")
    one = count_queries(lambda: shown(client))
    for n in range(1, 25):
        make_consult(phone=f"(555) 555-01{n:02}", email="")
    assert count_queries(lambda: shown(client)) == one
