"""The desk: the right order, the reason for it, and no name before somebody asks for it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from consults import workflow
from consults.enums import CallWindow, Outcome, Priority
from consults.models import AuditEvent, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 12, 14, tzinfo=ZoneInfo("America/Denver"))
INDEX = "/admin/requests/"


@pytest.fixture(autouse=True)
def clinic(open_on_weekdays):
    """A quarter past twelve on a Tuesday."""
    with time_machine.travel(NOW, tick=False):
        yield


def arrived(*, minutes=11, **columns):
    """Make a request that came some minutes ago, of somebody who can be called at any time."""
    consult = make_consult(name=f"Marker {minutes}", times=[])
    created = NOW - timedelta(minutes=minutes)
    columns = {"created_at": created, "next_action_at": created, **columns}
    ConsultRequest.objects.filter(pk=consult.pk).update(**columns)
    return consult.reference


def listed(client, **query):
    return [str(row.consult) for row in rows(client, **query)]


def rows(client, **query):
    return client.get(INDEX, query).context["rows"]


def test_the_order(client, desk):
    """Marked, then callable now, then the longest due; what is planned for later isn't there."""
    midday, evening = CallWindow.WEEKDAY_MIDDAY, CallWindow.WEEKDAY_EVENING
    expected = [
        arrived(minutes=1, priority=Priority.NOW, best_times=evening),
        arrived(minutes=2, priority=Priority.FIRST),
        arrived(minutes=50, best_times=midday),
        arrived(minutes=40),
        arrived(minutes=60, best_times=evening),
        # It is a quarter past nine in Honolulu.
        arrived(minutes=30, best_times=midday, time_zone="Pacific/Honolulu"),
    ]
    arrived(next_action_at=NOW + timedelta(hours=2))
    assert listed(client) == expected


def test_what_was_agreed_for_now_comes_before_every_wish(client, desk):
    """Only as long as it was agreed: after another try the wish counts again."""
    evening = CallWindow.WEEKDAY_EVENING
    now = arrived(minutes=60)
    asked = ConsultRequest.objects.get(reference=arrived(minutes=50, best_times=evening))
    marked = arrived(minutes=5, priority=Priority.FIRST)
    with time_machine.travel(NOW - timedelta(minutes=40), tick=False):
        again = {"outcome": Outcome.CALL_BACK, "again_at": NOW - timedelta(minutes=2)}
        workflow.record_outcome(asked, actor=desk, version=asked.version, **again)
    assert listed(client) == [marked, asked.reference, now]
    assert "call back agreed for 12:12\xa0pm" in rows(client)[1].reasons
    with time_machine.travel(NOW - timedelta(minutes=1), tick=False):
        workflow.record_outcome(asked, actor=desk, version=asked.version, outcome=Outcome.NO_ANSWER)
    ConsultRequest.objects.filter(pk=asked.pk).update(next_action_at=NOW - timedelta(hours=2))
    assert listed(client) == [marked, now, asked.reference]
    assert "next try 10:14\xa0am" in rows(client)[2].reasons


def test_nobody_is_late_while_they_may_not_be_called(client, desk):
    """It is a quarter past nine in Honolulu, and ten in the morning was still seven there."""
    arrived(minutes=150, time_zone="Pacific/Honolulu")
    arrived(minutes=149, best_times=CallWindow.WEEKDAY_AFTERNOON)
    arrived(minutes=148, best_times=CallWindow.WEEKDAY_MIDDAY)
    by_wish = {row.consult.best_times: row.reasons[1] for row in rows(client)}
    assert by_wish == {
        0: "first call 59 min late",
        CallWindow.WEEKDAY_AFTERNOON: "15 min left for the first call",
        CallWindow.WEEKDAY_MIDDAY: "1 min left for the first call",
    }
    panel = client.get("/admin/").content.decode()
    assert "1 late for the first call" in panel


@pytest.mark.parametrize(
    ("columns", "reasons"),
    [
        (
            {"best_times": CallWindow.WEEKDAY_MIDDAY},
            ["asked for this time; 12:14\xa0pm their time", "4 min left for the first call"],
        ),
        (
            {"time_zone": "America/New_York", "minutes": 90, "priority": Priority.FIRST},
            ["Read first", "any time; 2:14\xa0pm their time", "first call 1 h 15 min late"],
        ),
        (
            {"best_times": CallWindow.WEEKEND_EVENING},
            ["asked for Weekend evening, 5 to 8; 12:14\xa0pm their time", "4 min left for the first call"],
        ),
    ],
)
def test_each_row_says_why_it_stands_there(client, desk, columns, reasons):
    arrived(**columns)
    [row] = rows(client)
    assert row.reasons == reasons


def test_no_name_shows_before_somebody_asks_and_that_is_noted(client, desk):
    first, second = arrived(minutes=20), arrived(minutes=10)
    assert "Marker" not in client.get(INDEX).content.decode()
    pk = ConsultRequest.objects.get(reference=first).pk
    page = client.post(INDEX, {"request": pk}).content.decode()
    assert page.count("<strong>Marker") == 1
    assert 'href="tel:+15555550123"' in page
    event = AuditEvent.objects.first()
    assert (event.action, event.purpose, event.references) == ("reveal", "reveal", first)
    # A look at the name is no reading of the request.
    assert ConsultRequest.objects.get(reference=first).seen_at is None
    assert second in page


@pytest.mark.parametrize("sent", ["", "x", "0", "999999"])
def test_what_does_not_exist_is_not_revealed(client, desk, sent):
    assert client.post(INDEX, {"request": sent}).status_code == 404


def test_thirty_ask_the_database_as_often_as_one(client, desk, count_queries):
    arrived()
    one = count_queries(lambda: client.get(INDEX))
    for minutes in range(30):
        arrived(minutes=minutes, assignee=UserFactory(group="Front desk"))
    assert count_queries(lambda: client.get(INDEX)) == one


def test_the_same_person_is_hinted_at_on_the_page(client, desk):
    first = make_consult(phone="(555) 555-0177", email="one@example.org")
    ConsultRequest.objects.update(created_at=NOW - timedelta(days=1))
    second = make_consult(phone="555 555 0177", email="two@example.org")
    make_consult(phone="(555) 555-0178", email="three@example.org")
    page = client.get(reverse("consult_requests:detail", args=[second.pk])).content.decode()
    assert "Also with this number or address" in page
    assert first.reference in page
    for door, label in (("link", "Link to this one"), ("unlink", "Remove the link")):
        second.refresh_from_db()
        page = client.get(reverse("consult_requests:detail", args=[second.pk])).content.decode()
        assert label in page
        sent = {"version": second.version, "same_as": first.pk}
        client.post(reverse(f"consult_requests:{door}", args=[second.pk]), sent)
        second.refresh_from_db()
        assert (second.same_as == first) == (door == "link")
