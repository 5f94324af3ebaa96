"""The life of a request: who may do what, from where to where, and what the timeline keeps of it."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Group, Permission
from django.db import OperationalError, connection
from django.utils import timezone

from consults import workflow
from consults.enums import CLOSED_STATUSES, OPEN_STATUSES, TRANSITIONS, UNCLAIMED_STATUSES, Status
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsultNote, ConsultRequest, OutboxMessage, TimelineEvent
from consults.permissions import can_change_requests, can_read_requests
from consults.sealing.envelope import EnvelopeProblem, open_envelope
from consults.sealing.keys import parse_sealing_key, parse_sealing_keys
from tests.factories.consults import make_request, valid_form
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.fixture
def reader():
    """Somebody who may look and nothing else."""
    group = Group.objects.create(name="Readers")
    group.permissions.add(Permission.objects.get(codename="view_consultrequest"))
    user = UserFactory()
    user.groups.add(group)
    return user


def outsiders():
    """Everybody who stays outside, whatever else they may do."""
    gone = UserFactory(group="Front desk", is_active=False)
    by_name = UserFactory()
    by_name.user_permissions.set(Permission.objects.filter(content_type__app_label="consults"))
    others = [
        UserFactory(),
        UserFactory(group="Editors"),
        UserFactory(group="Moderators"),
        UserFactory(superuser=True),
    ]
    return [gone, by_name, *others]


def everything():
    """Return every row that a change could touch."""
    models = (ConsultRequest, ConsultNote, TimelineEvent, OutboxMessage)
    return [list(model.objects.order_by("pk").values()) for model in models]


def put(request, status, assignee):
    """Put a request where it is wanted, past the workflow."""
    ConsultRequest.objects.filter(pk=request.pk).update(
        status=status,
        assignee=None if status in UNCLAIMED_STATUSES else assignee,
        closed_reason="cost" if status == Status.CLOSED else "",
        next_action_at=timezone.now() if status in OPEN_STATUSES else None,
        seen_at=timezone.now(),
    )
    request.refresh_from_db()


def steps(request):
    """Return the timeline in short."""
    return list(request.timeline.values_list("action", "from_status", "to_status", "actor"))


# --- rights -------------------------------------------------------------------------------------


def test_only_a_group_gives_the_right(desk, reader):
    assert [(can_read_requests(u), can_change_requests(u)) for u in (desk, reader)] == [
        (True, True),
        (True, False),
    ]
    assert [(can_read_requests(u), can_change_requests(u)) for u in outsiders()] == [(False, False)] * 6


def test_outsiders_are_refused_everything():
    request = make_request()
    before = everything()
    for actor in outsiders():
        for attempt in (
            lambda a: workflow.open_request(request, actor=a, purpose="triage"),
            lambda a: workflow.claim(request, actor=a, version=1),
            lambda a: workflow.change_status(request, actor=a, version=1, status=Status.SPAM),
            lambda a: workflow.add_note(request, actor=a, text="Called."),
        ):
            with pytest.raises(workflow.NotAllowed):
                attempt(actor)
    assert everything() == before


def test_a_reader_reads_and_changes_nothing(reader):
    request = make_request(name="Sample Reader")
    assert workflow.open_request(request, actor=reader, purpose="triage")[0]["name"] == "Sample Reader"
    before = everything()
    for attempt in (
        lambda: workflow.claim(request, actor=reader, version=1),
        lambda: workflow.change_status(request, actor=reader, version=1, status=Status.SPAM),
        lambda: workflow.add_note(request, actor=reader, text="Called."),
    ):
        with pytest.raises(workflow.NotAllowed):
            attempt()
    assert everything() == before


# --- arriving and reading -------------------------------------------------------------------------


def test_the_same_submission_is_stored_once():
    submission = submission_from(valid_form(), token=FormToken(), locale="en")
    accepted = [workflow.accept(submission) for _ in range(3)]
    request = ConsultRequest.objects.get()
    assert [a.is_new for a in accepted] == [True, False, False]
    assert {a.reference for a in accepted} == {request.reference}
    assert (request.status, request.version) == ("new", 1)
    assert steps(request) == [("submit", "", "new", None)]
    assert OutboxMessage.objects.get().reference == request.reference


def test_the_row_names_the_key_its_envelope_was_sealed_with():
    request = make_request()
    assert request.key_id == parse_sealing_key(django_settings.CONSULTS_SEALING_PUBLIC_KEY).key_id


def test_a_request_is_stored_without_the_private_key_and_then_stays_shut(settings, desk):
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    request = make_request()
    before = everything()
    with pytest.raises(EnvelopeProblem):
        workflow.open_request(request, actor=desk, purpose="triage")
    with pytest.raises(EnvelopeProblem):
        workflow.add_note(request, actor=desk, text="Called.")
    assert everything() == before


def test_reading_gives_what_was_typed_and_is_noted(desk):
    request = make_request(name="Sample Reader", note="Ring once.")
    contents, notes = workflow.open_request(request, actor=desk, purpose="triage")
    assert contents == {
        "name": "Sample Reader",
        "phone": "(555) 555-0123",
        "email": "sample.person@example.org",
        "way": "call",
        "phone_e164": "+15555550123",
        "likely_email": "",
        "topic": "unsure",
        "for_whom": "me",
        "age": "adult",
        "needs": "",
        "note": "Ring once.",
    }
    assert notes == []
    assert steps(request)[1:] == [("view", "", "", desk.pk)]


# --- moving -----------------------------------------------------------------------------------------


def test_a_claim_makes_somebody_responsible(desk):
    request = make_request()
    workflow.claim(request, actor=desk, version=1)
    assert (request.status, request.assignee, request.version) == ("working", desk, 2)
    assert steps(request)[1:] == [("claim", "new", "working", desk.pk)]


@pytest.mark.parametrize("status", [s for s in Status if s != Status.NEW])
def test_only_a_new_request_can_be_claimed(desk, status):
    request = make_request()
    put(request, status, desk)
    before = everything()
    with pytest.raises(workflow.InvalidTransition):
        workflow.claim(request, actor=UserFactory(group="Front desk"), version=request.version)
    assert everything() == before


@pytest.mark.parametrize("status", Status)
def test_a_request_moves_where_it_may_and_nowhere_else(desk, status):
    request = make_request()
    moved = []
    for target in [*Status, "elsewhere", ""]:
        put(request, status, desk)
        if target == status:
            continue
        before = everything()
        reason = "cost" if target == Status.CLOSED else ""
        try:
            workflow.change_status(request, actor=desk, version=request.version, status=target, reason=reason)
        except workflow.InvalidTransition:
            assert everything() == before
        else:
            moved.append(target)
            assert (request.status, request.closed_reason) == (target, reason)
            assert request.assignee == (None if target in UNCLAIMED_STATUSES else desk)
            assert steps(request)[-1] == ("status", status, target, desk.pk)
    assert sorted(moved) == sorted(TRANSITIONS[status])


def test_every_status_leads_somewhere_and_none_is_open_and_closed():
    assert set(TRANSITIONS) == set(Status)
    assert all(TRANSITIONS.values())
    assert not set(OPEN_STATUSES) & set(CLOSED_STATUSES)


def test_whoever_moves_an_unclaimed_request_takes_it_and_nobody_loses_theirs(desk):
    other = UserFactory(group="Front desk")
    request = make_request()
    workflow.change_status(request, actor=desk, version=1, status=Status.WORKING)
    workflow.change_status(request, actor=other, version=2, status=Status.REACHED)
    assert (request.assignee, request.version) == (desk, 3)


@pytest.mark.parametrize(("status", "reason"), [("closed", ""), ("spam", "cost"), ("working", "cost")])
def test_a_reason_belongs_to_closing_and_to_nothing_else(desk, status, reason):
    request = make_request()
    before = everything()
    with pytest.raises(workflow.InvalidTransition):
        workflow.change_status(request, actor=desk, version=1, status=status, reason=reason)
    assert everything() == before


def test_reopening_forgets_the_reason(desk):
    request = make_request(claimed_by=desk, status=Status.CLOSED, reason="cost")
    workflow.change_status(request, actor=desk, version=request.version, status=Status.WORKING)
    assert (request.status, request.closed_reason, request.assignee) == ("working", "", desk)


def test_the_same_status_again_does_nothing(desk):
    request = make_request(claimed_by=desk)
    before = everything()
    workflow.change_status(request, actor=desk, version=request.version, status=Status.WORKING)
    assert everything() == before


@pytest.mark.parametrize("version", [0, 1, 3])
def test_whoever_saw_another_version_changes_nothing(desk, version):
    request = make_request(claimed_by=desk)
    before = everything()
    with pytest.raises(workflow.StaleRequest):
        workflow.change_status(request, actor=desk, version=version, status=Status.REACHED)
    with pytest.raises(workflow.StaleRequest):
        workflow.claim(request, actor=desk, version=version)
    assert everything() == before


def test_of_two_who_read_the_same_version_one_wins(desk):
    """Both hold the row as it was, so only the database can tell them apart."""
    first = make_request()
    second = ConsultRequest.objects.get(pk=first.pk)
    workflow.claim(first, actor=desk, version=1)
    before = everything()
    with pytest.raises(workflow.StaleRequest):
        workflow.claim(second, actor=UserFactory(group="Front desk"), version=1)
    with pytest.raises(workflow.StaleRequest):
        workflow.change_status(second, actor=desk, version=1, status=Status.SPAM)
    assert everything() == before


# --- notes --------------------------------------------------------------------------------------------


def test_notes_are_sealed_and_read_in_order(desk):
    other = UserFactory(group="Front desk")
    request = make_request()
    written = [(desk, "Called, no answer."), (other, "Ünï – called again 🙂")]
    for actor, text in written:
        workflow.add_note(request, actor=actor, text=text)
    for note in ConsultNote.objects.all():
        assert b"alled" not in bytes(note.sealed)
    _contents, notes = workflow.open_request(request, actor=desk, purpose="triage")
    assert [(n.author, n.text) for n in notes] == [(a.get_username(), t) for a, t in written]
    assert [step[0] for step in steps(request)] == ["submit", "note", "note", "view"]
    request.refresh_from_db()
    assert request.version == 1


def test_a_note_in_another_row_does_not_open(desk):
    request = make_request()
    first, second = (workflow.add_note(request, actor=desk, text=t).written for t in ("One.", "Two."))
    first.sealed, second.sealed = second.sealed, first.sealed
    first.save()
    second.save()
    with pytest.raises(EnvelopeProblem):
        workflow.open_request(request, actor=desk, purpose="triage")
    assert "view" not in [step[0] for step in steps(request)]


def test_changes_leave_the_envelope_alone(desk):
    request = make_request()
    before = bytes(request.envelope)
    workflow.add_note(request, actor=desk, text="Called.")
    workflow.claim(request, actor=desk, version=1)
    stored = ConsultRequest.objects.get()
    assert bytes(stored.envelope) == before
    keys = parse_sealing_keys(django_settings.CONSULTS_SEALING_PRIVATE_KEYS)
    assert open_envelope(stored.envelope, reference=stored.reference, private_keys=keys)


# --- all or nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda request, actor: workflow.claim(request, actor=actor, version=1),
        lambda request, actor: workflow.change_status(request, actor=actor, version=1, status=Status.SPAM),
        lambda request, actor: workflow.add_note(request, actor=actor, text="Called."),
    ],
    ids=["claim", "status", "note"],
)
def test_nothing_changes_that_the_timeline_does_not_tell(desk, change):
    request = make_request()
    before = everything()

    def refuse(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "timelineevent" in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        change(request, desk)
    assert everything() == before


# --- the same person twice --------------------------------------------------------------------------------


def test_requests_of_one_person_are_linked_and_unlinked(desk):
    first, second, third = (make_request() for _ in range(3))
    workflow.link(second, actor=desk, version=1, same_as=first)
    # The first one leads, whichever was meant.
    workflow.link(third, actor=desk, version=1, same_as=second)
    assert (second.same_as, third.same_as) == (first, first)
    assert [steps(second)[-1][0], second.status] == ["link", "new"]
    workflow.unlink(third, actor=desk, version=third.version)
    assert third.same_as is None
    with pytest.raises(workflow.InvalidTransition):
        workflow.unlink(third, actor=desk, version=third.version)


def test_no_circle_comes_about(desk):
    first, second = make_request(), make_request()
    for request, other in ((first, second), (first, first)):
        with pytest.raises(workflow.InvalidTransition):
            workflow.link(request, actor=desk, version=1, same_as=other)
    workflow.link(second, actor=desk, version=1, same_as=first)
    zeroth = make_request()
    ConsultRequest.objects.filter(pk=zeroth.pk).update(created_at=first.created_at - timedelta(days=1))
    zeroth.refresh_from_db()
    with pytest.raises(workflow.InvalidTransition):
        workflow.link(first, actor=desk, version=1, same_as=zeroth)
