"""A clinic with several locations: people choose one, and its own hours count for their request."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from clinic.core.facts import ClinicFacts, Location, read_facts, write_facts
from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults import workflow
from consults.enums import Outcome
from consults.models import ConsultRequest, OutboxMessage
from consults.notices.escalation import queue_escalations
from consults.reports.catalogue import wanted_reports
from consults.reports.periods import last_days
from consults.reports.rounding import exact
from consults.spool import files
from consults.triage.lists.reasons import minutes_left
from tests.consults.passing_time import zone_where_it_is
from tests.factories.consults import make_consult
from tests.factories.forms import form_data
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
DENVER, NEW_YORK = "America/Denver", "America/New_York"
LUNCH = (Period(time(9), time(12)), Period(time(13), time(17)))
LATE = (Period(time(12), time(20)),)
FEAST = Exceptional(date(2026, 12, 2), date(2026, 12, 2), (), "Feast")
WEST = Schedule(zone=DENVER, week=dict.fromkeys(range(5), LUNCH))
EAST = Schedule(zone=NEW_YORK, week=dict.fromkeys(range(5), LATE), exceptions=(FEAST,))
LOCATIONS = [Location("1", "West", WEST), Location("2", "East", EAST)]


@pytest.fixture
def two_locations(settings, tmp_path):
    """The facts of a clinic in two time zones."""
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    write_facts(ClinicFacts(name="Two", hours=WEST, locations=LOCATIONS))


@pytest.fixture
def desk(client):
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


def at(zone, day, hour, minute=0):
    """Return a moment of December 2026 by the clock of a zone."""
    return datetime(2026, 12, day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_the_snapshot_gives_places_and_hours_back(two_locations):
    facts = read_facts()
    assert facts.locations == LOCATIONS
    assert (facts.hours_of("2"), facts.hours_of(""), facts.hours_of("9")) == (EAST, WEST, WEST)
    assert (facts.name_of("2"), facts.name_of("9")) == ("East", "")


@pytest.mark.parametrize("path", ["/consultation/", "/consultation/es/"])
def test_people_choose_among_several_places(client, two_locations, path):
    page = client.get(path).content.decode()
    assert 'name="location"' in page
    assert page.index(">West<") < page.index(">East<")
    client.post(path, form_data(location="2"))
    assert ConsultRequest.objects.get().location == "2"


def test_a_single_place_is_no_question(client):
    assert 'name="location"' not in client.get("/consultation/").content.decode()
    client.post("/consultation/", form_data(location="2"))
    assert ConsultRequest.objects.get().location == ""


@pytest.mark.parametrize("location", ["", "9", "x" * 500, None])
def test_a_place_that_is_no_more_stops_nobody(client, two_locations, location):
    assert client.post("/consultation/", form_data(location=location)).status_code == 303
    assert ConsultRequest.objects.get().location == ""


def test_a_spooled_request_keeps_its_place_and_an_older_file_has_none(two_locations, settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"
    for number, columns in enumerate(({"location": "2"}, {})):
        consult = make_consult(name=f"Spooled {number}", **columns)
        sealed = sealed_again(consult, columns)
        forget_all()
        files.write(settings.CONSULTS_SPOOL_DIR, sealed.idempotency_key, *for_file(sealed), max_bytes=10**6)
        workflow.replay_spool()
        assert ConsultRequest.objects.get().location == columns.get("location", "")
        forget_all()


def forget_all():
    ConsultRequest.objects.all().delete()
    OutboxMessage.objects.all().delete()


def sealed_again(consult, columns):
    """Return what the spool would have been given for a request."""
    return workflow.Submission(
        idempotency_key=consult.idempotency_key,
        contents={"name": "Spooled", "email": "", "phone_e164": ""},
        columns=workflow.Columns(best_times=0, time_zone=DENVER, **columns),
    ).sealed()


def for_file(sealed):
    clear = sealed.for_spool()
    if not clear["columns"]["location"]:
        # As a release wrote it that knew no locations.
        del clear["columns"]["location"]
    return clear, sealed.envelope


# Monday 30 November to Wednesday 2 December 2026.
@pytest.mark.parametrize(
    ("location", "arrived", "now", "left"),
    [
        # Half past eleven in Denver is half past one in New York.
        ("1", at(DENVER, 1, 11, 30), at(DENVER, 1, 13, 10), 15 - 40),
        ("2", at(DENVER, 1, 11, 30), at(DENVER, 1, 13, 10), 15 - 100),
        # The evening is open in the east alone, its morning in the west alone.
        ("1", at(DENVER, 1, 17, 0), at(DENVER, 1, 17, 50), 15),
        ("2", at(DENVER, 1, 17, 0), at(DENVER, 1, 17, 50), 15 - 50),
        ("1", at(DENVER, 1, 9, 0), at(DENVER, 1, 9, 10), 5),
        ("2", at(DENVER, 1, 9, 0), at(DENVER, 1, 9, 10), 15),
        # Over midnight into a day on which the east is closed.
        ("2", at(NEW_YORK, 1, 19, 55), at(NEW_YORK, 2, 15, 0), 10),
        ("1", at(NEW_YORK, 1, 19, 55), at(NEW_YORK, 2, 15, 0), 15 - 180),
    ],
)
def test_the_clock_runs_by_the_hours_of_the_location(two_locations, location, arrived, now, left):
    consult = ConsultRequest(location=location, created_at=arrived)
    assert minutes_left(consult, now) == left


@pytest.mark.parametrize(("location", "minutes"), [("1", 40), ("2", 100)])
def test_an_attempt_stops_that_very_clock(two_locations, desk, location, minutes):
    with time_machine.travel(at(DENVER, 1, 11, 30), tick=False):
        consult = make_consult(location=location)
    with time_machine.travel(at(DENVER, 1, 13, 10), tick=False):
        workflow.record_outcome(consult, actor=desk, version=1, outcome=Outcome.NO_ANSWER)
    assert consult.attempt_minutes == minutes


def test_the_next_try_lies_in_the_hours_of_the_location(two_locations, desk):
    with time_machine.travel(at(DENVER, 1, 11)):
        requests = [make_consult(location=key, times=[]) for key in ("1", "2")]
        for consult in requests:
            workflow.record_outcome(consult, actor=desk, version=1, outcome=Outcome.NO_ANSWER)
    west, east = (consult.next_action_at for consult in requests)
    assert WEST.is_open(west)
    assert EAST.is_open(east)


def test_the_desk_sees_and_filters_places(client, desk, two_locations):
    with time_machine.travel(at(DENVER, 1, 11), tick=False):
        client.force_login(desk)
        west, east = make_consult(location="1"), make_consult(location="2")
        anywhere = make_consult(location="")
        page = client.get(reverse("consult_requests:all"), {"location": "2"}).content.decode()
        assert [r.reference in page for r in (west, east, anywhere)] == [False, True, False]
        address = reverse("consult_requests:detail", args=[east.pk])
        assert "<dt>Place</dt><dd>East</dd>" in client.get(address).text
        assert "<li>West</li>" in client.get(reverse("consult_requests:index")).text
    with time_machine.travel(at(DENVER, 1, 12), tick=False):
        client.force_login(desk)
        page = client.get(reverse("consult_requests:index")).text
        assert "<li>West, closed until today at 1\xa0pm</li>" in page
        assert "<li>East</li>" in page


def test_with_one_place_the_desk_sees_no_filter(client, desk):
    assert 'name="location"' not in client.get(reverse("consult_requests:all")).content.decode()


def test_the_report_counts_by_location(client, two_locations):
    for key, number in (("1", 6), ("2", 5), ("9", 3), ("8", 2)):
        for _ in range(number):
            consult = make_consult()
            ConsultRequest.objects.filter(pk=consult.pk).update(location=key)
    rows = dict(row[:2] for row in wanted_reports()["location"].table_of(last_days(30), exact).rows)
    assert rows == {"West": 6, "East": 5, "No longer known": 5}


def test_the_worker_tells_by_the_hours_of_the_location(two_locations, settings):
    """The database's clock can't be moved, so the requests are moved: one always open, one never."""
    always = Schedule(zone="UTC", week=dict.fromkeys(range(7), (Period(time(0), time(23, 59)),)))
    today = datetime.now(UTC).date()
    closed = Exceptional(today - timedelta(days=1), today, (), "Moving")
    never = Schedule(zone="UTC", week=always.week, exceptions=(closed,))
    write_facts(
        ClinicFacts(hours=never, locations=[Location("1", "Open", always), Location("2", "Shut", never)])
    )
    waiting = {key: make_consult(location=key) for key in ("1", "2")}
    anytime = {"best_times": 0, "time_zone": zone_where_it_is(14)}
    ConsultRequest.objects.update(created_at=datetime.now(UTC) - timedelta(minutes=20), **anytime)
    for _ in range(2):
        queue_escalations()
    told = OutboxMessage.objects.filter(template="escalation").values_list("reference", flat=True)
    assert list(told) == [waiting["1"].reference]
