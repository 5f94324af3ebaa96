"""Suspected spam is work: by a time, in a short section of the desk, and a flood of it buries nobody."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from consults import workflow
from consults.enums import Priority, Purpose, Status
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import AuditEvent, ConsultRequest
from consults.triage.lists.suspected import EQUAL_IN
from tests.factories.consults import make_consult, valid_form

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
# A Tuesday.
NOW = datetime(2026, 11, 24, 12, 14, tzinfo=DENVER)
INDEX = "/admin/requests/"
SIGNS = ("no_token", "odd_headers")


@pytest.fixture(autouse=True)
def clinic(open_on_weekdays):
    """A quarter past twelve on a Tuesday."""
    with time_machine.travel(NOW, tick=False):
        yield


def suspect(name="Bot", signals=SIGNS, **changes):
    """Store a request that looks like spam."""
    submission = submission_from(
        valid_form(name=name, **changes), token=FormToken(), locale="en", signals=signals
    )
    consult = ConsultRequest.objects.get(reference=workflow.accept(submission).reference)
    assert consult.status == Status.QUARANTINE
    return consult


def flood(number):
    """Store so many more of one that is sealed, as a script sends them."""
    first = suspect("Bot 0")
    alike = [*EQUAL_IN, "status", "next_action_at", "key_id"]
    same = {column: getattr(first, column) for column in alike}
    return ConsultRequest.objects.bulk_create(
        ConsultRequest(reference=f"FLOOD{n}", idempotency_key=f"k{n}", envelope=b"", **same)
        for n in range(number)
    )


def section_of(client):
    """Return the lines of the section, without the tags."""
    page = client.get(INDEX).content.decode()
    if "suspected-title" not in page:
        return []
    part = page.split('id="suspected-title"')[1].split("</section>")[0]
    return part.split("<li ")[1:]


@pytest.mark.parametrize(
    ("came", "look_by"),
    [
        ((2026, 11, 24, 12, 14), (2026, 11, 24, 13, 14)),
        # Before closing there is not enough time left, nor at the very moment of closing.
        ((2026, 11, 24, 16, 30), (2026, 11, 25, 9, 30)),
        ((2026, 11, 24, 16, 0), (2026, 11, 25, 9, 0)),
        ((2026, 11, 24, 15, 59), (2026, 11, 24, 16, 59)),
        # On Friday night.
        ((2026, 11, 27, 22, 0), (2026, 11, 30, 10, 0)),
    ],
)
def test_somebody_looks_within_an_hour_in_which_the_clinic_is_open(came, look_by):
    with time_machine.travel(datetime(*came, tzinfo=DENVER), tick=False):
        consult = suspect()
    assert consult.next_action_at == datetime(*look_by, tzinfo=DENVER)


def test_it_waits_from_that_time_on_until_somebody_was_shown_it(client, desk):
    consult = suspect()
    assert (consult.next_action_at, consult.shown_at) == (NOW + timedelta(minutes=60), None)
    client.get(INDEX)
    consult.refresh_from_db()
    assert consult.shown_at == NOW


def test_reading_one_counts_as_being_shown_it(desk):
    consult = suspect()
    workflow.open_consult(consult, actor=desk, purpose=Purpose.TRIAGE)
    consult.refresh_from_db()
    assert consult.shown_at == NOW


def test_a_mark_leaves_its_time_as_it_is(desk):
    consult = suspect()
    before = consult.next_action_at
    workflow.set_priority(consult, actor=desk, version=1, priority=Priority.FIRST)
    assert consult.next_action_at == before


def test_the_section_says_why_and_by_when(client, desk):
    assert section_of(client) == []
    consult = suspect(signals=("honeypot", "odd_headers"))
    [line] = section_of(client)
    assert f'href="{reverse("consult_requests:detail", args=[consult.pk])}"' in line
    assert "score 5: The hidden field was filled in; Without what every browser sends." in line
    assert "Look by today at 1:14\xa0pm" in line


def test_one_is_decided_by_one_button_where_it_opened(client, desk):
    consult = suspect()
    address = reverse("consult_requests:detail", args=[consult.pk])
    assert "data-open-here" in section_of(client)[0]
    page = client.get(address).content.decode()
    assert page.count('name="status"') == 2
    answer = client.post(f"{address}status/", {"version": 1, "status": "new"}, follow=True)
    consult.refresh_from_db()
    assert consult.status == Status.NEW
    assert "From a person" not in answer.content.decode()


def test_what_is_late_says_so_until_somebody_looked(client, desk):
    suspect()
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False):
        client.force_login(desk)
        assert "Nobody has looked at it in time." in section_of(client)[0]
        assert "Nobody has looked at it in time." not in section_of(client)[0]


def heading_of(client):
    """Return the heading of the section in one line."""
    page = client.get(INDEX).content.decode()
    heading = page.split('id="suspected-title">')[1].split("</h2>")[0]
    return re.sub(r"<[^>]+>", "", heading).replace("\xa0", " ")


def test_the_heading_says_by_when_and_once_all_were_seen_only_how_many(client, desk):
    suspect()
    with time_machine.travel(NOW - timedelta(minutes=30), tick=False):
        suspect("Earlier", email="a@example.org")
    assert heading_of(client) == "Suspected spam: look by today at 12:44 pm (2)"
    assert heading_of(client) == "Suspected spam (2)"


def test_the_heading_says_where_nobody_looked_in_time(client, desk):
    with time_machine.travel(NOW - timedelta(minutes=61), tick=False):
        suspect()
    suspect("Later", email="a@example.org")
    assert heading_of(client) == "Suspected spam: nobody has looked in time (2)"


def test_one_without_a_time_should_have_been_looked_at(client, desk):
    suspect()
    ConsultRequest.objects.update(next_action_at=None)
    assert heading_of(client) == "Suspected spam: nobody has looked in time (1)"


def test_a_flood_is_one_line_and_hides_nobody(client, desk):
    flood(600)
    person = suspect(
        "A person", phone="(555) 555-0999", email="other@example.org", signals=("honeypot", "links")
    )
    lines = section_of(client)
    assert len(lines) == 2
    assert "and 600 like it" in lines[0]
    assert person.reference in lines[1]


def test_a_flood_that_never_repeats_itself_leaves_ten_lines_and_a_count(client, desk):
    for number in range(12):
        suspect(f"Bot {number}", phone=f"(555) 555-1{number:03}", email=f"bot{number}@example.net")
    assert len(section_of(client)) == 10
    assert "12 in all." in client.get(INDEX).content.decode()


def test_danger_comes_first_then_the_least_suspicious_then_what_nobody_saw(client, desk):
    heavy = suspect("Heavy", email="a@example.org", signals=(*SIGNS, "links"))
    seen = suspect("Seen", email="b@example.org")
    client.get(INDEX)
    new = suspect("New", email="c@example.org")
    danger = suspect("Danger", email="d@example.org", signals=(*SIGNS, "links"))
    workflow.set_priority(danger, actor=desk, version=1, priority=Priority.NOW)
    lines = section_of(client)
    order = [danger, new, seen, heavy]
    assert [consult.reference in line for consult, line in zip(order, lines, strict=True)] == [True] * 4
    assert "Read now" in lines[0]


def test_showing_is_audited_with_every_reference_and_changes_nobodys_version(client, desk):
    flood(3)
    client.get(INDEX)
    event = AuditEvent.objects.get(action="list")
    assert set(event.references.split()) == set(ConsultRequest.objects.values_list("reference", flat=True))
    assert set(ConsultRequest.objects.values_list("shown_at", "version")) == {(NOW, 1)}
    # A second look has nothing more to tell of.
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        client.get(INDEX)
    assert set(ConsultRequest.objects.values_list("shown_at", flat=True)) == {NOW}


def test_where_the_audit_cannot_be_written_nothing_was_shown(client, desk, settings):
    suspect()
    settings.CONSULTS_AUDIT_KEY = "broken"
    client.raise_request_exception = False
    assert client.get(INDEX).status_code >= 500
    assert not ConsultRequest.objects.filter(shown_at__isnull=False).exists()


def test_a_great_flood_is_shown_in_parts_and_the_work_stays_bounded(client, desk):
    flood(600)
    client.get(INDEX)
    assert ConsultRequest.objects.filter(shown_at=None).count() == 101
    client.get(INDEX)
    assert not ConsultRequest.objects.filter(shown_at=None).exists()


def test_revealing_a_name_is_no_look_at_suspected_spam(client, desk):
    suspect()
    client.post(INDEX, {"request": make_consult().pk})
    assert not ConsultRequest.objects.filter(shown_at__isnull=False).exists()


def test_the_section_needs_as_many_queries_for_many_as_for_one(client, desk, count_queries):
    def look_for_the_first_time():
        ConsultRequest.objects.update(shown_at=None)
        client.get(INDEX)

    flood(1)
    few = count_queries(look_for_the_first_time)
    for number in range(15):
        suspect(f"Bot {number}", email=f"bot{number}@example.net")
    assert count_queries(look_for_the_first_time) == few
