"""A person stands on the desk once: of what is linked the newest open one leads, and nothing is forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import Outcome, Priority, Purpose, Status
from consults.models import AuditEvent, ConsultRequest
from consults.triage.panels import WaitingPanel
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
# A Tuesday, 10 in the morning in Denver; and 3 in the night.
OPEN = "2026-11-24 17:00:00Z"
NIGHT = "2026-11-24 10:00:00Z"


@pytest.fixture
def clock(open_on_weekdays):
    """The clinic is open, and no minute passes."""
    with time_machine.travel(OPEN, tick=False):
        yield


@pytest.fixture
def desk(clock, client):
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


def thread(desk, number=2):
    """Store so many linked requests of one person, an hour between them, and return them in order."""
    requests = [make_consult() for _ in range(number)]
    for hours, consult in enumerate(reversed(requests)):
        put(consult, created_at=timezone.now() - timedelta(hours=hours + 1))
    first, *others = requests
    for other in others:
        workflow.link(other, actor=desk, version=other.version, same_as=first)
    return requests


def put(consult, **columns):
    ConsultRequest.objects.filter(pk=consult.pk).update(**columns)
    consult.refresh_from_db()


def shown(client):
    """Return the context of the desk."""
    return client.get(reverse("consult_requests:index")).context


def rows(client):
    return [row.consult.reference for row in shown(client)["rows"]]


def folded(client):
    return [[other.consult.reference for other in row.consult.folded] for row in shown(client)["rows"]]


def test_the_newest_open_one_leads_and_the_others_are_one_tap_away(client, desk):
    first, second, third = thread(desk, 3)
    page = client.get(reverse("consult_requests:index"))
    assert [row.consult for row in page.context["rows"]] == [third]
    assert folded(client) == [[first.reference, second.reference]]
    text = page.content.decode()
    assert "and 2 other requests of the same person" in text
    for other in (first, second):
        assert f'href="/admin/requests/{other.pk}/"' in text
    event = AuditEvent.objects.filter(action="list").first()
    assert set(event.references.split()) == {first.reference, second.reference, third.reference}


def test_no_machine_folds_what_only_has_the_same_number(client, desk):
    for note in ("Mornings.", "Evenings."):
        make_consult(name="Harper Quill", phone="(555) 555-0177", note=note)
    assert len(rows(client)) == 2


def test_what_comes_up_first_of_all_decides_where_the_row_stands(client, desk):
    first, second = thread(desk)
    tomorrow = timezone.now() + timedelta(days=1)
    put(second, next_action_at=tomorrow)
    context = shown(client)
    assert [row.consult.reference for row in context["rows"]] == [second.reference]
    assert context["tomorrow"].number == 0
    # The other way round as well: it is the earlier one that is planned.
    put(first, next_action_at=timezone.now() + timedelta(hours=2))
    context = shown(client)
    assert (context["rows"], context["today"].number, context["tomorrow"].number) == ([], 1, 0)
    plan = context["today"].plans[0]
    assert (plan.consult, plan.when.replace("\xa0", " ")) == (second, "today at 12 pm")
    assert [other.consult for other in plan.consult.folded] == [first]


@pytest.mark.parametrize("end", ["closed", "unlinked", "purged"])
def test_a_leader_that_is_gone_gives_the_place_back(client, desk, end):
    first, second, third = thread(desk, 3)
    before = ConsultRequest.objects.in_bulk([first.pk, second.pk])
    workflow.open_consult(third, actor=desk, purpose=Purpose.TRIAGE)
    if end == "unlinked":
        workflow.unlink(third, actor=desk, version=third.version)
        assert sorted(rows(client)) == sorted([second.reference, third.reference])
    else:
        workflow.change_status(third, actor=desk, version=third.version, status=Status.CLOSED, reason="cost")
        assert rows(client) == [second.reference]
    if end == "purged":
        managers = [UserFactory(group="Managers") for _ in range(2)]
        for manager in managers:
            workflow.erase(third, actor=manager, version=third.version)
            third.refresh_from_db()
        assert third.purged_at
    assert second.reference in rows(client)
    assert [first.reference] in folded(client)
    # Nothing was written to those that were folded.
    for pk, was in before.items():
        now = ConsultRequest.objects.get(pk=pk)
        assert (now.next_action_at, now.version) == (was.next_action_at, was.version)


def test_the_first_one_may_go_and_the_others_stay_one_person(client, desk):
    first, second, third = thread(desk, 3)
    workflow.unlink(first, actor=desk, version=first.version)
    assert sorted(rows(client)) == sorted([first.reference, third.reference])
    assert [second.reference] in folded(client)


def test_what_is_to_be_read_first_lifts_the_row_of_the_person(client, desk):
    make_consult()
    first, second = thread(desk)
    put(first, priority=Priority.NOW)
    put(second, next_action_at=timezone.now() + timedelta(days=1))
    assert rows(client)[0] == second.reference
    page = client.get(reverse("consult_requests:index")).content.decode()
    assert "desk__row--first" in page
    assert "Read now" in page


def test_at_night_a_call_agreed_with_a_folded_one_is_for_now(client, desk):
    first, second = thread(desk)
    with time_machine.travel(NIGHT, tick=False):
        client.force_login(desk)
        now = timezone.now()
        put(first, status=Status.REACHED, agreed_at=now, next_action_at=now)
        put(second, next_action_at=now - timedelta(hours=1))
        context = shown(client)
        assert (context["for_now"], context["waiting"]) == (1, 0)
        # A mark on what isn't due yet is nothing for the night.
        put(first, agreed_at=None, priority=Priority.FIRST, next_action_at=now + timedelta(hours=9))
        assert shown(client)["for_now"] == 0


def test_what_looks_like_spam_neither_leads_nor_is_hidden(client, desk):
    first, second = thread(desk)
    put(second, status=Status.QUARANTINE)
    context = shown(client)
    assert [row.consult for row in context["rows"]] == [first]
    assert [group.consult for group in context["suspected_groups"]] == [second]


def test_the_start_page_counts_what_the_desk_shows(client, desk):
    thread(desk, 3)
    make_consult()
    later = thread(desk)
    for consult in later:
        put(consult, next_action_at=timezone.now() + timedelta(hours=3))
    agreed, _newer = thread(desk)
    put(agreed, status=Status.REACHED, agreed_at=timezone.now(), next_action_at=timezone.now())
    counts, context = WaitingPanel().get_context_data({}), shown(client)
    assert counts["due"] == len(context["rows"]) == 3
    assert (counts["for_now"], counts["call_backs"], counts["count"]) == (context["for_now"], 1, 4)
    # The person waits since the first of what they sent.
    assert counts["oldest"] == timezone.now() - timedelta(hours=3)
    assert ConsultRequest.objects.from_people().waiting().count() == 4


def test_next_passes_over_what_is_folded(client, desk):
    thread(desk)
    alone = make_consult()
    context = shown(client)
    first = context["rows"][0]
    page = client.get(first.url)
    following = [row.consult.pk for row in context["rows"]][1]
    assert f"/admin/requests/{following}/" in page.context["neighbors"].next_url
    assert alone.pk in [row.consult.pk for row in context["rows"]]


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.BOOKED])
def test_the_next_action_of_the_others_is_never_lost(client, desk, outcome):
    first, second = thread(desk)
    workflow.record_outcome(second, actor=desk, version=second.version, outcome=outcome)
    assert rows(client) == [second.reference]
    assert first.reference in str(folded(client))


def test_queries_do_not_grow_with_people_nor_with_what_they_sent(client, desk, count_queries):
    address = reverse("consult_requests:index")
    thread(desk)
    few = count_queries(lambda: client.get(address))
    for _ in range(14):
        thread(desk)
    thread(desk, 30)
    assert count_queries(lambda: client.get(address)) == few
    assert count_queries(lambda: WaitingPanel().get_context_data({})) <= 4
