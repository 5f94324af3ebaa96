"""The inbox: what waits, oldest first, and not a word of what anybody wrote."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consults.enums import OPEN_STATUSES, UNCLAIMED_STATUSES, Status
from consults.models import ConsultRequest, TimelineEvent
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, put_at_the_desk

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Markername",
    "phone": "(555) 555-0177",
    "email": "marker@example.net",
    "note": "Markernote",
    "topic": "cost",
    "needs": "Markerneeds",
}


@pytest.fixture
def desk(client):
    """The front desk, signed in."""
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


def inbox(client, name="all", **query):
    return client.get(reverse(f"consult_requests:{name}"), query)


def listed(response):
    """Return the references in the order they stand in the list."""
    pks = re.findall(r'href="/admin/requests/(\d+)/\?', response.content.decode())
    references = dict(ConsultRequest.objects.values_list("pk", "reference"))
    return [references[int(pk)] for pk in dict.fromkeys(pks)]


def make_one_of_each(assignee):
    """Store a request of every status and return their references by status."""
    references = {}
    for status in Status:
        consult = make_consult()
        ConsultRequest.objects.filter(pk=consult.pk).update(
            status=status,
            assignee=None if status in UNCLAIMED_STATUSES else assignee,
            closed_reason="cost" if status == Status.CLOSED else "",
        )
        references[status] = consult.reference
    return references


@pytest.mark.parametrize("name", ["all", "all_results"])
def test_open_requests_show_by_default(client, desk, name):
    references = make_one_of_each(desk)
    response = inbox(client, name)
    assert response.status_code == 200
    assert set(listed(response)) == {references[status] for status in OPEN_STATUSES}


@pytest.mark.parametrize("name", ["all", "all_results"])
@pytest.mark.parametrize("status", Status)
def test_the_inbox_narrows_to_a_status(client, desk, name, status):
    references = make_one_of_each(desk)
    assert listed(inbox(client, name, status=status)) == [references[status]]


def test_an_empty_inbox_is_a_page(client, desk):
    response = inbox(client)
    assert response.status_code == 200
    assert listed(response) == []


@pytest.mark.parametrize("query", [{}, {"ordering": "nonsense"}, {"q": "x"}])
def test_the_oldest_comes_first_unless_another_order_is_asked_for(client, desk, query):
    requests = [make_consult() for _ in range(3)]
    ages = (1, 3, 2)
    for consult, days in zip(requests, ages, strict=True):
        created = timezone.now() - timedelta(days=days)
        ConsultRequest.objects.filter(pk=consult.pk).update(created_at=created)
    expected = [requests[place].reference for place in (1, 2, 0)]
    assert listed(inbox(client, **query)) == expected


def test_the_newest_come_first_where_asked(client, desk):
    references = [make_consult().reference for _ in range(3)]
    assert listed(inbox(client, ordering="-created_at")) == references[::-1]


def test_the_second_page_goes_on_where_the_first_ended(client, desk):
    references = [make_consult().reference for _ in range(30)]
    pages = [listed(inbox(client, p=number)) for number in (1, 2)]
    assert pages == [references[:25], references[25:]]


def test_a_row_says_who_has_it_and_when_to_call(client, desk):
    make_consult(times=["1", "128"], claimed_by=desk)
    make_consult(times=[])
    page = inbox(client).content.decode()
    for shown in ("Weekday morning, 8 to 12; Weekend evening, 5 to 8", "Any time", "Nobody yet"):
        assert shown in page
    assert "Working on it" in page
    assert desk.get_username() in page


@pytest.mark.parametrize("name", ["all", "all_results"])
def test_nothing_that_was_typed_is_in_the_list(client, desk, name):
    make_consult(**TYPED)
    page = inbox(client, name).content.decode().lower()
    for typed in (*TYPED.values(), "555-0177", "5555550177", "ketamine"):
        assert typed.lower() not in page


def test_looking_at_the_list_opens_no_envelope(client, desk, settings):
    make_consult()
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    assert inbox(client).status_code == 200
    assert [event.action for event in TimelineEvent.objects.all()] == ["submit"]


def test_the_list_is_not_handed_out_as_a_file(client, desk):
    make_consult()
    for kind in ("csv", "xlsx"):
        response = inbox(client, export=kind)
        assert response["Content-Type"].startswith("text/html")
        assert "Content-Disposition" not in response


@pytest.mark.parametrize("name", ["all", "all_results"])
def test_the_list_stays_out_of_caches(client, desk, name):
    response = inbox(client, name)
    assert {"no-store", "private"} <= set(re.split(r",\s*", response["Cache-Control"]))
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["all", "all_results"])
def test_thirty_requests_ask_the_database_as_often_as_one(client, desk, count_queries, name):
    make_consult(claimed_by=desk)
    one = count_queries(lambda: inbox(client, name))
    for number in range(29):
        make_consult(claimed_by=UserFactory(group="Front desk") if number % 2 else None)
    assert count_queries(lambda: inbox(client, name)) == one


# --- the page after signing in -------------------------------------------------------------------------


def home(client):
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(("number", "said"), [(0, "0 requests"), (1, "1 request"), (2, "2 requests")])
def test_the_front_desk_sees_how_many_wait(client, desk, number, said):
    make_consult(claimed_by=desk)
    for place in range(number):
        consult = make_consult(**{**TYPED, "name": f"Markername {place}"})
        created = timezone.now() - timedelta(hours=3)
        ConsultRequest.objects.filter(pk=consult.pk).update(created_at=created)
    page = home(client)
    assert f"{said} waiting" in page
    assert ("The oldest has waited for 3\xa0hours." in page) is bool(number)
    for typed in TYPED.values():
        assert typed not in page


def test_the_page_after_signing_in_does_not_ask_more_for_more(client, desk, count_queries):
    make_consult()
    one = count_queries(lambda: home(client))
    for _ in range(9):
        make_consult()
    assert count_queries(lambda: home(client)) == one


@pytest.mark.parametrize("values", [{"group": "Editors"}, {"superuser": True}])
def test_nobody_else_sees_that_requests_wait(client, values):
    make_consult()
    client.force_login(UserFactory(**values))
    page = home(client)
    assert "triage-waiting" not in page
    assert "/admin/requests/" not in page


def test_an_editor_who_joins_the_front_desk_sees_both(client):
    user = UserFactory(group="Editors")
    put_at_the_desk(user, "Front desk")
    client.force_login(user)
    page = home(client)
    assert "triage-waiting" in page
    assert "/admin/requests/" in page


def test_an_unknown_status_shows_what_is_open(client, desk):
    waiting = make_consult()
    make_consult(claimed_by=desk, status=Status.CLOSED, reason="cost")
    assert listed(inbox(client, status="nonsense")) == [waiting.reference]


def test_what_looks_like_spam_is_counted_where_people_look(client, desk):
    assert "suspected of spam" not in inbox(client).content.decode()
    for _ in range(2):
        ConsultRequest.objects.filter(pk=make_consult().pk).update(status=Status.QUARANTINE)
    for page in (inbox(client), client.get(reverse("wagtailadmin_home"))):
        assert 'href="/admin/requests/#suspected-title">2 suspected of spam</a>' in page.content.decode()
    assert len(listed(inbox(client, status="quarantine"))) == 2
