"""The desk says what is true at this moment: what is for now, what waits for the opening, what is later."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from wagtail.users.models import UserProfile

from clinic.core.facts import Location, default_facts, write_facts
from clinic.core.opening_hours import Exceptional, Period, Schedule
from consults import workflow
from consults.enums import CallWindow, Outcome, Priority, Status
from consults.models import Appointment, AuditEvent, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory
from tests.site.http import Document

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
INDEX = "/admin/requests/"
MORNING, AFTERNOON = Period(time(9), time(12)), Period(time(13), time(17))
# Closed on Thursday the 26th and on Friday, so from Wednesday evening on.
HOLIDAY = Exceptional(date(2026, 11, 26), date(2026, 11, 27), (), "Thanksgiving")
HOURS = Schedule(
    zone="America/Denver", week=dict.fromkeys(range(5), (MORNING, AFTERNOON)), exceptions=(HOLIDAY,)
)


def at(*parts):
    """A moment by the clock of the clinic and of the desk."""
    return datetime(*parts, tzinfo=DENVER)


def november(day, hour, minute=0):
    return at(2026, 11, day, hour, minute)


TUESDAY_MORNING, TUESDAY_LUNCH = november(24, 10), november(24, 12, 14)
SUNDAY_NIGHT = november(29, 3)


@pytest.fixture(autouse=True)
def hours():
    """A clinic that closes for lunch, at weekends and on a holiday."""
    write_facts(replace(default_facts(), hours=HOURS))


def comes_up(moment, **columns):
    """Make a request for which something is to be done from an aware moment on; return its reference."""
    consult = make_consult(times=[])
    columns = {"created_at": november(23, 9), "next_action_at": moment, **columns}
    ConsultRequest.objects.filter(pk=consult.pk).update(**columns)
    if columns.get("status") == Status.BOOKED:
        made_in = consult.timeline.first()
        Appointment.objects.create(consult=consult, made_in=made_in, starts_at=columns["agreed_at"])
    return consult.reference


def visit(client, desk, now, **query):
    """Return the page of the desk as it stands at a moment."""
    with time_machine.travel(now, tick=False):
        client.force_login(desk)
        return tree(client.get(INDEX, query))


def tree(response):
    return Document(response.content).tree


def in_one_line(element):
    return " ".join("".join(element.itertext()).split())


def with_class(page, name):
    return [element for element in page.iter() if name in (element.get("class") or "").split()]


def main_of(page):
    return in_one_line(page.find(".//main"))


def sections(page):
    """Return the references of each section by its heading, in the order of the page."""
    return {
        in_one_line(section.find("h2")): [
            link.text
            for link in section.iter("a")
            if re.match(r"/admin/requests/\d", link.get("href")) and link.text != "Open"
        ]
        for section in page.iter("section")
        if section.find("h2") is not None
    }


def closed(page):
    """Return what the page says of the clinic being closed."""
    return [in_one_line(said) for said in with_class(page, "desk__closed")]


def rows(page):
    return [in_one_line(row) for row in with_class(page, "desk__row")]


def lines(page):
    """Return what is planned, one line each."""
    return [in_one_line(row) for row in with_class(page, "desk-plans__row")]


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (SUNDAY_NIGHT, "tomorrow at 9 am"),
        (TUESDAY_LUNCH, "today at 1 pm"),
        (november(24, 8, 59), "today at 9 am"),
        (november(25, 17), "Monday at 9 am"),
        (november(26, 10), "Monday at 9 am"),
        (november(23, 23, 59), "tomorrow at 9 am"),
    ],
)
def test_while_the_clinic_is_closed_nobody_has_to_call(client, desk, now, until):
    reference = comes_up(november(23, 9))
    page = visit(client, desk, now)
    assert closed(page) == [f"The clinic is closed until {until}, and nobody has to call now."]
    assert sections(page) == {f"When you open, {until} (1)": [reference]}


@pytest.mark.parametrize("now", [TUESDAY_MORNING, november(24, 9), november(24, 13), november(24, 16, 59)])
def test_while_it_is_open_what_is_due_is_for_now(client, desk, now):
    reference = comes_up(november(23, 9))
    page = visit(client, desk, now)
    assert closed(page) == []
    assert sections(page) == {"Now (1)": [reference]}


def test_without_hours_it_counts_as_open(client, desk):
    write_facts(default_facts())
    reference = comes_up(november(23, 9))
    page = visit(client, desk, SUNDAY_NIGHT)
    assert closed(page) == []
    assert sections(page) == {"Now (1)": [reference]}


def test_where_no_opening_is_in_sight_none_is_named(client, desk):
    for_good = Exceptional(date(2026, 11, 1), date(2027, 11, 1), (), "Moving")
    write_facts(replace(default_facts(), hours=replace(HOURS, exceptions=(for_good,))))
    reference = comes_up(november(23, 9))
    page = visit(client, desk, TUESDAY_MORNING)
    assert closed(page) == ["The clinic is closed, and nobody has to call now."]
    assert sections(page) == {"When you open (1)": [reference]}


def test_what_is_marked_or_agreed_for_this_time_does_not_wait_for_the_opening(client, desk):
    saturday = november(28, 10)
    waits = comes_up(november(23, 9))
    agreed = {"status": Status.REACHED, "agreed_at": saturday - timedelta(minutes=59)}
    stands = comes_up(saturday - timedelta(minutes=59), **agreed)
    first = comes_up(november(23, 9), priority=Priority.FIRST)
    now = comes_up(november(23, 9), priority=Priority.NOW)
    # Agreed for an hour at which nobody called, and an appointment: no more and no call for this time.
    missed = comes_up(november(28, 9), status=Status.REACHED, agreed_at=november(28, 9))
    booked = comes_up(november(28, 9, 30), status=Status.BOOKED, agreed_at=november(28, 9, 30))
    page = visit(client, desk, saturday)
    assert closed(page) == [
        "The clinic is closed until Monday at 9 am, and nobody has to call now, "
        "except for what stands under Now."
    ]
    assert sections(page) == {
        "Now (3)": [now, first, stands],
        "When you open, Monday at 9 am (3)": [missed, waits, booked],
    }


def test_a_call_that_was_agreed_with_somebody_booked_is_a_call_for_now(client, desk):
    saturday = november(28, 10)
    at = november(28, 9, 51)
    reference = comes_up(at, status=Status.BOOKED, agreed_at=at, first_attempt_at=november(23, 10))
    Appointment.objects.update(starts_at=november(30, 11))
    page = visit(client, desk, saturday)
    assert sections(page) == {"Now (1)": [reference]}
    assert "call back agreed for 9:51 am; appointment Monday at 11 am" in main_of(page).replace("\xa0", " ")


def test_who_can_not_be_called_stands_last_and_it_is_said(client, desk):
    """At ten in Denver it is seven in Honolulu."""
    asleep = comes_up(november(23, 9), time_zone="Pacific/Honolulu")
    evening = comes_up(november(24, 9), best_times=CallWindow.WEEKDAY_EVENING)
    fits = comes_up(november(24, 9, 30))
    page = visit(client, desk, TUESDAY_MORNING)
    assert sections(page) == {"Now (3)": [fits, asleep, evening]}
    said = rows(page)
    assert "7 am their time: too early or too late to call" in said[1]
    assert "asked for Weekday evening, 5 to 8; 10 am their time" in said[2]


@pytest.mark.parametrize(
    ("moment", "heading"),
    [
        (november(24, 10), "Now (1)"),
        (november(24, 10, 1), "Later today (1)"),
        (november(24, 23, 59), "Later today (1)"),
        (november(25, 0), "Tomorrow (1)"),
        (november(25, 23, 59), "Tomorrow (1)"),
    ],
)
def test_each_section_stands_only_where_it_has_something(client, desk, moment, heading):
    reference = comes_up(moment)
    assert sections(visit(client, desk, TUESDAY_MORNING)) == {heading: [reference]}


def test_what_comes_after_tomorrow_is_counted(client, desk):
    comes_up(november(26, 0))
    comes_up(november(30, 9))
    page = visit(client, desk, TUESDAY_MORNING)
    assert sections(page) == {}
    said = main_of(page)
    assert "Nobody waits. The next one comes up Thursday at 12 am." in said
    assert "2 more are planned for later, the next Thursday at 12 am." in said


def test_where_nothing_is_planned_nobody_waits(client, desk):
    said = main_of(visit(client, desk, TUESDAY_MORNING))
    assert "Nobody waits." in said
    assert "comes up" not in said
    assert "planned for later" not in said


def test_the_order_of_the_sections_is_that_of_the_day(client, desk):
    for moment in (november(25, 9), november(24, 15), november(24, 9)):
        comes_up(moment)
    suspected = make_consult()
    suspect = {"status": Status.QUARANTINE, "next_action_at": november(24, 11)}
    ConsultRequest.objects.filter(pk=suspected.pk).update(**suspect)
    assert list(sections(visit(client, desk, TUESDAY_MORNING))) == [
        "Now (1)",
        "Later today (1)",
        "Suspected spam: look by today at 11 am (1)",
        "Tomorrow (1)",
    ]


@pytest.mark.parametrize(
    ("now", "tomorrow", "beyond"),
    [
        # The days on which the clocks change have 25 and 23 hours.
        (at(2026, 10, 31, 23, 30), at(2026, 11, 1, 23, 30), at(2026, 11, 2, 0, 0)),
        (at(2027, 3, 13, 23, 30), at(2027, 3, 14, 23, 30), at(2027, 3, 15, 0, 0)),
    ],
)
def test_days_end_at_midnight_also_where_the_clocks_change(client, desk, now, tomorrow, beyond):
    later_today = comes_up(now.replace(minute=59))
    reference = comes_up(tomorrow)
    comes_up(beyond)
    page = visit(client, desk, now)
    assert sections(page) == {"Later today (1)": [later_today], "Tomorrow (1)": [reference]}
    assert [line.split()[1] for line in lines(page)] == ["today", "tomorrow"]


def test_the_days_are_those_of_the_readers_clock(client, desk):
    """In New York it is half past midnight already."""
    UserProfile.objects.update_or_create(user=desk, defaults={"current_time_zone": "America/New_York"})
    reference = comes_up(november(24, 23))
    page = visit(client, desk, november(24, 22, 30))
    assert closed(page) == ["The clinic is closed until today at 11 am, and nobody has to call now."]
    assert sections(page) == {"Later today (1)": [reference]}
    assert "today at 1 am" in lines(page)[0]


SPOKEN = {
    "status": Status.REACHED,
    "first_attempt_at": november(23, 10),
    "reached_at": november(23, 10),
    "attempts": 2,
}


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({}, "first call"),
        ({"first_attempt_at": november(23, 10), "priority": Priority.FIRST}, "Read first; next try"),
        ({**SPOKEN, "agreed_at": november(24, 14, 30)}, "call back as agreed; 2 tries made"),
        (
            {**SPOKEN, "agreed_at": november(25, 9)},
            "call back agreed for tomorrow at 9 am; 2 tries made",
        ),
        ({"status": Status.BOOKED, "agreed_at": november(24, 14, 30)}, "see whether they came"),
    ],
)
def test_a_line_says_when_and_why(client, desk, columns, why):
    reference = comes_up(november(24, 14, 30), **columns)
    page = visit(client, desk, TUESDAY_MORNING)
    assert lines(page) == [f"{reference} today at 2:30 pm {why} nobody has it"]


def test_a_line_says_who_has_it(client, desk):
    robin = UserFactory(group="Front desk", username="robin")
    reference = comes_up(november(25, 9), assignee=robin, status=Status.WORKING)
    page = visit(client, desk, TUESDAY_MORNING)
    assert lines(page) == [f"{reference} tomorrow at 9 am first call with robin"]


def test_a_put_off_call_moves_to_the_day_it_was_put_off_to(client, desk):
    reference = comes_up(november(23, 9))
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        consult = ConsultRequest.objects.get(reference=reference)
        workflow.snooze(consult, actor=desk, version=1, until=november(25, 9))
    assert sections(visit(client, desk, TUESDAY_MORNING)) == {"Tomorrow (1)": [reference]}


def test_no_name_stands_in_any_section(client, desk):
    for moment in (november(23, 9), november(24, 15), november(25, 9)):
        comes_up(moment)
    assert "Sample Person" not in main_of(visit(client, desk, TUESDAY_MORNING))


def test_a_name_is_revealed_while_the_clinic_is_closed_too(client, desk):
    comes_up(november(23, 9))
    reference = comes_up(november(23, 10))
    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        client.force_login(desk)
        pk = ConsultRequest.objects.get(reference=reference).pk
        page = tree(client.post(INDEX, {"request": pk}))
    first, second = rows(page)
    assert "Show name and contact" in first
    assert second.startswith(f"{reference} Call Sample Person")


def test_a_day_shows_the_first_and_counts_the_rest(client, desk):
    for minute in range(27):
        comes_up(november(24, 15, minute))
    page = visit(client, desk, TUESDAY_MORNING)
    [(heading, shown)] = sections(page).items()
    assert (heading, len(shown)) == ("Later today (27)", 25)
    said = main_of(page)
    assert "2 more aren’t shown here." in said
    [address] = {link.get("href") for link in page.iter("a") if "by their time" in in_one_line(link)}
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        listed = client.get(address).context["object_list"]
    assert [consult.reference for consult in listed] == shown


def test_every_reference_that_shows_stands_in_the_one_event(client, desk):
    """Also the one that the same person sent later, although it isn't open any more."""
    shown = [comes_up(moment) for moment in (november(23, 9), november(24, 15), november(25, 9))]
    suspected = make_consult()
    ConsultRequest.objects.filter(pk=suspected.pk).update(status=Status.QUARANTINE)
    earlier = ConsultRequest.objects.get(reference=shown[0])
    later = make_consult()
    ended = {"same_as": earlier, "status": Status.CLOSED, "closed_reason": "not_now", "next_action_at": None}
    ConsultRequest.objects.filter(pk=later.pk).update(created_at=november(23, 11), **ended)
    comes_up(november(27, 9))
    page = visit(client, desk, TUESDAY_MORNING)
    [event] = AuditEvent.objects.filter(action="list")
    everything = set(ConsultRequest.objects.values_list("reference", flat=True))
    on_the_page = {reference for reference in everything if reference in main_of(page)}
    assert set(event.references.split()) == on_the_page
    assert on_the_page == {*shown, suspected.reference, later.reference}


@pytest.mark.parametrize("now", [TUESDAY_MORNING, TUESDAY_LUNCH])
def test_thirty_in_each_section_ask_the_database_as_often_as_one(client, desk, count_queries, now):
    def fill(number):
        for moment in (november(24, 9), november(24, 15), november(25, 9)):
            for priority in (Priority.NONE, Priority.FIRST):
                for _ in range(number):
                    comes_up(moment, priority=priority, assignee=UserFactory(group="Front desk"))

    with time_machine.travel(now, tick=False):
        client.force_login(desk)
        fill(1)
        one = count_queries(lambda: client.get(INDEX))
        fill(15)
        assert count_queries(lambda: client.get(INDEX)) == one


def keys(page):
    return [link.get("aria-keyshortcuts") for link in with_class(page, "desk__reference")]


def test_pages_and_numbers_go_on_through_both_sections(client, desk):
    marked = [comes_up(november(23, 9), priority=Priority.FIRST) for _ in range(26)]
    waits = comes_up(november(23, 9))
    first, second = (visit(client, desk, SUNDAY_NIGHT, p=number) for number in (1, 2))
    assert sections(first) == {"Now (26)": marked[:25]}
    assert sections(second) == {"Now (26)": marked[25:], "When you open, tomorrow at 9 am (1)": [waits]}
    assert [part.get("start") for part in with_class(second, "desk")] == ["26", "27"]
    assert (keys(first), keys(second)) == (list("123456789") + [None] * 16, ["1", "2"])


def test_the_way_from_one_to_the_next_leads_on_to_what_waits(client, desk):
    waits = comes_up(november(23, 9))
    marked = comes_up(november(23, 10), priority=Priority.FIRST)
    first, second = with_class(visit(client, desk, SUNDAY_NIGHT), "desk__reference")
    assert (first.text, second.text) == (marked, waits)
    with time_machine.travel(SUNDAY_NIGHT, tick=False):
        page = tree(client.get(first.get("href")))
    assert [link.get("href") for link in page.iter("a") if link.get("rel") == "next"] == [second.get("href")]


def test_a_line_of_a_later_section_leads_to_the_request_alone(client, desk):
    reference = comes_up(november(24, 15))
    [link] = with_class(visit(client, desk, TUESDAY_MORNING), "desk-plans__reference")
    pk = ConsultRequest.objects.get(reference=reference).pk
    assert link.get("href") == f"{INDEX}{pk}/"


def test_of_several_locations_one_that_is_open_is_enough(client, desk):
    """The other one says by itself until when it is closed."""
    late = Schedule(zone="America/Denver", week=dict.fromkeys(range(5), (Period(time(12), time(20)),)))
    locations = [Location("1", "West", HOURS), Location("2", "East", late)]
    write_facts(replace(default_facts(), hours=HOURS, locations=locations))
    west, east = comes_up(november(23, 9), location="1"), comes_up(november(23, 10), location="2")
    page = visit(client, desk, TUESDAY_LUNCH)
    assert closed(page) == []
    assert sections(page) == {"Now (2)": [west, east]}
    said = rows(page)
    assert "West, closed until today at 1 pm" in said[0]
    assert "East, closed" not in said[1]
    assert closed(visit(client, desk, november(24, 20))) == [
        "The clinic is closed until tomorrow at 9 am, and nobody has to call now."
    ]


def test_after_a_call_that_was_agreed_for_a_closed_hour_it_waits_for_its_next_time(client, desk):
    saturday = november(28, 10)
    reference = comes_up(saturday, status=Status.REACHED, agreed_at=saturday)
    with time_machine.travel(saturday, tick=False):
        consult = ConsultRequest.objects.get(reference=reference)
        workflow.record_outcome(consult, actor=desk, version=1, outcome=Outcome.NO_ANSWER)
    page = visit(client, desk, saturday)
    assert "Now (1)" not in sections(page)
    assert "the next Monday at 9 am" in main_of(page)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (TUESDAY_MORNING, ["2 to be done now, 1 of them call back that was agreed"]),
        (
            november(28, 10),
            ["1 to be done now", "1 to be done when you open, Monday at 9 am"],
        ),
    ],
)
def test_the_start_page_says_the_same(client, desk, now, said):
    comes_up(november(23, 9), priority=Priority.FIRST)
    comes_up(november(24, 9), status=Status.REACHED, agreed_at=november(24, 9), first_attempt_at=now)
    with time_machine.travel(now, tick=False):
        client.force_login(desk)
        [panel] = with_class(tree(client.get("/admin/")), "triage-waiting")
    told = [in_one_line(line) for line in panel.iter("li")]
    assert [line for line in told if "to be done" in line] == said
