"""The page of a request is the thread of its person, and offers what is still open: end, separate, undo."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.enums import AuditAction, ClosedReason, Outcome, Priority, Status
from consults.models import AuditEvent, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return UserFactory(group="Front desk")


def thread(desk, number=2):
    requests = [make_consult(name="Harper Quill", note=f"Words of {n}.") for n in range(number)]
    for hours, consult in enumerate(reversed(requests)):
        put(consult, created_at=timezone.now() - timedelta(hours=hours + 1))
    first, *others = requests
    for other in others:
        workflow.link(other, actor=desk, version=other.version, same_as=first)
    return requests


def put(consult, **columns):
    ConsultRequest.objects.filter(pk=consult.pk).update(**columns)
    consult.refresh_from_db()


def page(client, consult):
    return html.unescape(client.get(url("detail", consult)).content.decode())


def offer(client, consult):
    """Return what the buttons of the offer send along: the others with the versions that the page shows."""
    return re.findall(r'name="other" value="([^"]*)"', page(client, consult))


def deal(client, consult, do, **values):
    """Press a button of the offer, and return what was said."""
    sent = {"other": offer(client, consult), "do": do, "version": consult.version, **values}
    return press(client, "others", consult, sent)


def press(client, name, consult, sent):
    response = client.post(url(name, consult), sent, follow=True)
    return " ".join(str(message) for message in response.context["messages"])


# --- one thread -------------------------------------------------------------------------------------------


def test_words_notes_and_what_happened_of_all_stand_on_one_page(client, desk, colleague):
    first, second = thread(desk)
    workflow.add_note(first, actor=colleague, text="Her sister answers.")
    workflow.record_outcome(first, actor=colleague, version=first.version, outcome=Outcome.NO_ANSWER)
    workflow.add_note(second, actor=desk, text="Not before six.")
    text = page(client, second)
    for words in ("Words of 0.", "Words of 1.", "Her sister answers.", "Not before six."):
        assert words in text
    assert text.index("Her sister answers.", text.index('id="notes-title"')) < text.rindex("Not before six.")
    timeline = text.partition('id="timeline-title"')[2]
    assert f'No answer by {colleague.username} <span class="help-text">({first})' in " ".join(
        timeline.replace(": New → Working on it", "").split()
    )
    assert f"({first.reference}, {second.reference})" in timeline or f"({second.reference})" in timeline


def test_each_opened_request_writes_its_event_and_counts_as_read(client, desk):
    first, second, third = thread(desk, 3)
    client.get(url("detail", third))
    for consult in (first, second, third):
        consult.refresh_from_db()
        assert consult.seen_at
        assert consult.timeline.filter(action="view", actor=desk).count() == 1
    views = AuditEvent.objects.filter(action=AuditAction.VIEW).order_by("seq")
    assert [set(event.references.split()) for event in views] == [
        {third.reference},
        {first.reference, second.reference},
    ]


def test_a_request_that_stands_alone_opens_nothing_else(client, desk):
    make_consult(name="Harper Quill", phone="(555) 555-0177", note="Somebody else's words.")
    alone = make_consult(name="Harper Quill", phone="(555) 555-0177")
    text = page(client, alone)
    assert "Somebody else's words." not in text
    assert "separately" not in text
    assert AuditEvent.objects.filter(action=AuditAction.VIEW).count() == 1


def test_looks_at_the_name_that_follow_one_another_are_one_line(client, desk, colleague):
    consult = make_consult()
    for user in (desk, colleague, desk, colleague, desk):
        workflow.open_together([consult], actor=user)
    workflow.claim(consult, actor=desk, version=consult.version)
    workflow.open_together([consult], actor=colleague)
    timeline = client.get(url("detail", consult)).context["timeline"]
    looks = [event for event in timeline if event.action == "reveal"]
    assert looks[0].looks == [f"{desk} 3 times", f"{colleague} 2 times"]
    assert len(looks) == 2
    page = " ".join(client.get(url("detail", consult)).content.decode().split())
    assert f"Name and contact read in the list, until then by {desk} 3 times, {colleague} 2 times" in page
    assert f"Name and contact read in the list by {colleague}" in page


def test_what_is_damaged_says_so_and_the_rest_shows(client, desk):
    first, second, third = thread(desk, 3)
    workflow.add_note(second, actor=desk, text="Ask for Robin.")
    put(first, envelope=b"\x01damaged")
    text = page(client, third)
    assert "It can’t be opened" in text
    assert "Ask for Robin." in text
    assert "Words of 0." not in text
    first.refresh_from_db()
    assert first.seen_at is None
    assert not first.timeline.filter(action="view").exists()


def test_what_looks_like_spam_is_not_opened_along(client, desk):
    first, second = thread(desk)
    put(second, status=Status.QUARANTINE)
    assert "Words of 1." not in page(client, first)
    second.refresh_from_db()
    assert (second.seen_at, second.shown_at) == (None, None)


def test_queries_do_not_grow_with_the_thread(client, desk, count_queries):
    _first, second = thread(desk)
    few = count_queries(lambda: client.get(url("detail", second)))
    *_others, last = thread(desk, 30)
    assert count_queries(lambda: client.get(url("detail", last))) == few


def test_words_of_danger_are_marked_in_the_others_too(client, desk, settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Vale"
    first = make_consult(note="I want to kill myself.")
    second = make_consult()
    workflow.link(second, actor=desk, version=second.version, same_as=first)
    assert "<mark>" in page(client, second)


# --- the others -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", [Outcome.BOOKED, Outcome.NO_ANSWER, Outcome.WRONG_NUMBER])
def test_after_an_outcome_the_page_offers_the_others(client, desk, outcome):
    first, second, third = thread(desk, 3)
    response = client.post(url("outcome", third), {"version": third.version, "outcome": outcome}, follow=True)
    assert response.request["PATH_INFO"] == url("detail", third)
    said = " ".join(str(message) for message in response.context["messages"])
    assert f"2 other requests are still open of the same person: {first}, {second}" in said
    text = response.content.decode()
    assert "End the other 2 as duplicates" in text
    assert "Go on with them separately" in text


def test_without_others_an_outcome_leads_back_to_the_list(client, desk):
    consult = make_consult()
    response = client.post(url("outcome", consult), {"version": consult.version, "outcome": "no_answer"})
    assert response.url == reverse("consult_requests:index")


def test_one_tap_ends_the_others_each_with_its_event(client, desk):
    first, second, third = thread(desk, 3)
    said = deal(client, third, "end", text="They wrote thrice.")
    assert said.startswith(f"Note added to {third}")
    assert f"Ended as duplicates: {first}, {second}." in said
    for consult in (first, second):
        consult.refresh_from_db()
        assert (consult.status, consult.closed_reason) == (Status.CLOSED, ClosedReason.DUPLICATE)
        assert AuditEvent.objects.filter(action="change", references=consult.reference).exists()
        # They stay linked: who looks later sees why.
        assert consult.thread_id == first.pk
    third.refresh_from_db()
    assert third.is_open
    assert "They wrote thrice." in page(client, third)


def test_ending_is_undone_as_all_stood(client, desk, colleague):
    first, second, third = thread(desk, 3)
    agreed = timezone.now() + timedelta(days=2)
    workflow.record_outcome(
        first, actor=colleague, version=first.version, outcome=Outcome.CALL_BACK, again_at=agreed
    )
    before = ConsultRequest.objects.in_bulk([first.pk, second.pk])
    deal(client, third, "end")
    assert ">Undo</button>" in page(client, third)
    said = press(client, "reopen_others", third, {"text": ""})
    assert said == f"Open again, as they stood: {first}, {second}."
    for pk, was in before.items():
        now = ConsultRequest.objects.get(pk=pk)
        for column in ("status", "next_action_at", "agreed_at", "assignee_id", "closed_reason", "same_as_id"):
            assert getattr(now, column) == getattr(was, column), column
    # Once is enough.
    assert ">Undo</button>" not in page(client, third)
    assert "nothing to undo" in press(client, "reopen_others", third, {})


def test_undo_leaves_alone_what_a_colleague_changed_since(client, desk, colleague):
    first, second, third = thread(desk, 3)
    deal(client, third, "end")
    first.refresh_from_db()
    workflow.change_status(first, actor=colleague, version=first.version, status=Status.WORKING)
    said = press(client, "reopen_others", third, {})
    assert f"Open again, as they stood: {second}." in said
    assert f"{first} was changed by somebody meanwhile" in said
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (Status.WORKING, Status.NEW)


def test_nobody_undoes_what_another_session_ended(client, desk, colleague):
    first, _second, third = thread(desk, 3)
    deal(client, third, "end")
    client.force_login(colleague)
    assert "nothing to undo" in press(client, "reopen_others", third, {})
    first.refresh_from_db()
    assert first.status == Status.CLOSED


def test_what_cannot_be_ended_says_why_and_keeps_back_none_of_the_rest(client, desk, colleague, settings):
    settings.CONSULTS_CRISIS_CLINICIAN = "Dr. Vale"
    booked, marked, unread, plain, last = thread(desk, 5)
    others = offer(client, last)
    put(booked, status=Status.BOOKED)
    put(marked, priority=Priority.FIRST)
    put(unread, seen_at=None)
    said = press(client, "others", last, {"other": others, "do": "end"})
    assert f"Ended as duplicates: {plain}." in said
    assert f"{booked} has an appointment" in said
    assert f"{marked}: It stays open" in said
    assert f"Nobody has opened {unread} yet" in said
    for consult in (booked, marked, unread):
        consult.refresh_from_db()
        assert consult.is_open
    # The wish stands on the marked one, and a colleague ends it.
    client.force_login(colleague)
    assert f"Ended as duplicates: {marked}, {unread}." in deal(client, last, "end")


def test_what_changed_since_the_page_was_shown_is_left_as_it_is(client, desk, colleague):
    first, second = thread(desk)
    others = offer(client, second)
    workflow.claim(first, actor=colleague, version=first.version)
    for do in ("end", "separate"):
        said = press(client, "others", second, {"other": others, "do": do})
        assert f"{first} was changed by somebody meanwhile" in said
    first.refresh_from_db()
    assert (first.status, first.assignee) == (Status.WORKING, colleague)


def test_going_on_separately_gives_each_its_own_row(client, desk):
    first, second, third = thread(desk, 3)
    said = deal(client, second, "separate")
    assert "On their own again" in said
    assert not ConsultRequest.objects.exclude(same_as=None).exists()
    for consult in (first, third):
        assert consult.timeline.filter(action="unlink").count() == 1
    context = client.get(reverse("consult_requests:index")).context
    assert {row.consult for row in context["rows"]} == {first, second, third}


def test_strangers_and_nonsense_change_nothing(client, desk):
    _first, second = thread(desk)
    stranger = make_consult()
    before = list(ConsultRequest.objects.order_by("pk").values_list("status", "version"))
    said = press(client, "others", second, {"other": f"{stranger.pk}:{stranger.version}", "do": "end"})
    assert "not linked with it any more" in said
    for other in ([], ["x"], ["1"], ["1:²"], [f"{10**12}:1"], ["1:1"] * 51, [f"{stranger.pk}:1:1"]):
        said = press(client, "others", second, {"other": other, "do": "end"})
        assert "does not fit" in said, other
    assert "does not fit" in press(client, "others", second, {"other": ["1:1"], "do": "burn"})
    assert list(ConsultRequest.objects.order_by("pk").values_list("status", "version")) == before


def test_a_note_that_is_too_long_is_given_back(client, desk):
    _first, second = thread(desk)
    sent = {"other": offer(client, second), "do": "end", "text": "x" * 5001, "version": second.version}
    response = client.post(url("others", second), sent)
    assert response.status_code == 422
    assert "Use 5,000 characters or fewer." in response.content.decode()
    assert "x" * 5001 in response.content.decode()


@pytest.mark.parametrize("group", ["Auditors", "Editors", "Medical reviewers"])
@pytest.mark.parametrize("name", ["others", "reopen_others"])
def test_the_doors_are_for_the_desk_alone(client, desk, group, name):
    first, second = thread(desk)
    client.force_login(UserFactory(group=group))
    response = client.post(url(name, second), {"other": [f"{first.pk}:{first.version}"], "do": "end"})
    assert response.status_code == 403
    first.refresh_from_db()
    assert first.status == Status.NEW


def test_the_link_is_removed_from_either_end(client, desk):
    for which in (0, 1):
        pair = thread(desk)
        consult = pair[which]
        assert "Remove the link" in page(client, consult)
        client.post(url("unlink", consult), {"version": consult.version})
        assert [c.thread_id for c in ConsultRequest.objects.filter(pk__in=[c.pk for c in pair])] == [
            c.pk for c in sorted(pair, key=lambda c: c.pk)
        ]


def test_linking_what_can_not_be_linked_says_why(client, desk):
    first, second = thread(desk)
    alone = make_consult()
    put(alone, created_at=timezone.now() - timedelta(days=9))
    for consult, other in ((alone, first), (alone, alone), (first, alone)):
        sent = {"version": consult.version, "same_as": other.pk}
        said = press(client, "link", consult, sent)
        assert "was not linked" in said, (consult, other)
