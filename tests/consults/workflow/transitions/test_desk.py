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
from tests.factories.consults import make_consult, valid_form
from tests.factories.users import UserFactory, with_only

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.fixture
def reader():
    """Somebody who may look and nothing else."""
    return with_only("Clinician", "view_consultrequest")


def in_the_group_alone():
    """Somebody whom a form, an import or a shell put into the group, and no manager at the desk."""
    user = UserFactory()
    user.groups.add(*Group.objects.filter(name__in=["Front desk", "Managers", "Auditors"]))
    return user


def outsiders():
    """Everybody who stays outside, whatever else they may do."""
    gone = UserFactory(group="Front desk", is_active=False)
    by_name = UserFactory()
    by_name.user_permissions.set(Permission.objects.filter(content_type__app_label="consults"))
    others = [
        UserFactory(),
        UserFactory(group="Editors"),
        in_the_group_alone(),
        UserFactory(superuser=True),
    ]
    return [gone, by_name, *others]


def everything():
    """Return every row that a change could touch."""
    models = (ConsultRequest, ConsultNote, TimelineEvent, OutboxMessage)
    return [list(model.objects.order_by("pk").values()) for model in models]


def put(consult, status, assignee):
    """Put a request where it is wanted, past the workflow."""
    ConsultRequest.objects.filter(pk=consult.pk).update(
        status=status,
        assignee=None if status in UNCLAIMED_STATUSES else assignee,
        closed_reason="cost" if status == Status.CLOSED else "",
        next_action_at=timezone.now() if status in OPEN_STATUSES else None,
        seen_at=timezone.now(),
    )
    consult.refresh_from_db()


def steps(consult):
    """Return the timeline in short."""
    return list(consult.timeline.values_list("action", "from_status", "to_status", "actor"))


# --- rights -------------------------------------------------------------------------------------


def test_only_a_role_at_the_desk_gives_the_right(desk, reader):
    assert [(can_read_requests(u), can_change_requests(u)) for u in (desk, reader)] == [
        (True, True),
        (True, False),
    ]
    assert [(can_read_requests(u), can_change_requests(u)) for u in outsiders()] == [(False, False)] * 6


def test_outsiders_are_refused_everything():
    consult = make_consult()
    before = everything()
    for actor in outsiders():
        for attempt in (
            lambda a: workflow.open_consult(consult, actor=a, purpose="triage"),
            lambda a: workflow.claim(consult, actor=a, version=1),
            lambda a: workflow.change_status(consult, actor=a, version=1, status=Status.SPAM),
            lambda a: workflow.add_note(consult, actor=a, text="Called."),
        ):
            with pytest.raises(workflow.NotAllowed):
                attempt(actor)
    assert everything() == before


def test_a_reader_reads_and_changes_nothing(reader):
    consult = make_consult(name="Sample Reader")
    assert workflow.open_consult(consult, actor=reader, purpose="triage")[0]["name"] == "Sample Reader"
    before = everything()
    for attempt in (
        lambda: workflow.claim(consult, actor=reader, version=1),
        lambda: workflow.change_status(consult, actor=reader, version=1, status=Status.SPAM),
        lambda: workflow.add_note(consult, actor=reader, text="Called."),
    ):
        with pytest.raises(workflow.NotAllowed):
            attempt()
    assert everything() == before


# --- arriving and reading -------------------------------------------------------------------------


def test_the_same_submission_is_stored_once():
    submission = submission_from(valid_form(), token=FormToken(), locale="en")
    accepted = [workflow.accept(submission) for _ in range(3)]
    consult = ConsultRequest.objects.get()
    assert [a.is_new for a in accepted] == [True, False, False]
    assert {a.reference for a in accepted} == {consult.reference}
    assert (consult.status, consult.version) == ("new", 1)
    assert steps(consult) == [("submit", "", "new", None)]
    assert OutboxMessage.objects.get().reference == consult.reference


def test_the_row_names_the_key_its_envelope_was_sealed_with():
    consult = make_consult()
    assert consult.key_id == parse_sealing_key(django_settings.CONSULTS_SEALING_PUBLIC_KEY).key_id


def test_a_request_is_stored_without_the_private_key_and_then_stays_shut(settings, desk):
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    consult = make_consult()
    before = everything()
    with pytest.raises(EnvelopeProblem):
        workflow.open_consult(consult, actor=desk, purpose="triage")
    with pytest.raises(EnvelopeProblem):
        workflow.add_note(consult, actor=desk, text="Called.")
    assert everything() == before


def test_reading_gives_what_was_typed_and_is_noted(desk):
    consult = make_consult(name="Sample Reader", note="Ring once.")
    contents, notes = workflow.open_consult(consult, actor=desk, purpose="triage")
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
    assert steps(consult)[1:] == [("view", "", "", desk.pk)]


# --- moving -----------------------------------------------------------------------------------------


def test_a_claim_makes_somebody_responsible(desk):
    consult = make_consult()
    workflow.claim(consult, actor=desk, version=1)
    assert (consult.status, consult.assignee, consult.version) == ("working", desk, 2)
    assert steps(consult)[1:] == [("claim", "new", "working", desk.pk)]


@pytest.mark.parametrize("status", [s for s in Status if s != Status.NEW])
def test_only_a_new_request_can_be_claimed(desk, status):
    consult = make_consult()
    put(consult, status, desk)
    before = everything()
    with pytest.raises(workflow.InvalidTransition):
        workflow.claim(consult, actor=UserFactory(group="Front desk"), version=consult.version)
    assert everything() == before


@pytest.mark.parametrize("status", Status)
def test_a_request_moves_where_it_may_and_nowhere_else(desk, status):
    consult = make_consult()
    moved = []
    for target in [*Status, "elsewhere", ""]:
        put(consult, status, desk)
        if target == status:
            continue
        before = everything()
        reason = "cost" if target == Status.CLOSED else ""
        try:
            workflow.change_status(consult, actor=desk, version=consult.version, status=target, reason=reason)
        except workflow.InvalidTransition:
            assert everything() == before
        else:
            moved.append(target)
            assert (consult.status, consult.closed_reason) == (target, reason)
            assert consult.assignee == (None if target in UNCLAIMED_STATUSES else desk)
            assert steps(consult)[-1] == ("status", status, target, desk.pk)
    assert sorted(moved) == sorted(TRANSITIONS[status])


def test_every_status_leads_somewhere_and_none_is_open_and_closed():
    assert set(TRANSITIONS) == set(Status)
    assert all(TRANSITIONS.values())
    assert not set(OPEN_STATUSES) & set(CLOSED_STATUSES)


def test_whoever_moves_an_unclaimed_request_takes_it_and_nobody_loses_theirs(desk):
    other = UserFactory(group="Front desk")
    consult = make_consult()
    workflow.change_status(consult, actor=desk, version=1, status=Status.WORKING)
    workflow.change_status(consult, actor=other, version=2, status=Status.REACHED)
    assert (consult.assignee, consult.version) == (desk, 3)


@pytest.mark.parametrize(("status", "reason"), [("closed", ""), ("spam", "cost"), ("working", "cost")])
def test_a_reason_belongs_to_closing_and_to_nothing_else(desk, status, reason):
    consult = make_consult()
    before = everything()
    with pytest.raises(workflow.InvalidTransition):
        workflow.change_status(consult, actor=desk, version=1, status=status, reason=reason)
    assert everything() == before


def test_reopening_forgets_the_reason(desk):
    consult = make_consult(claimed_by=desk, status=Status.CLOSED, reason="cost")
    workflow.change_status(consult, actor=desk, version=consult.version, status=Status.WORKING)
    assert (consult.status, consult.closed_reason, consult.assignee) == ("working", "", desk)


def test_the_same_status_again_does_nothing(desk):
    consult = make_consult(claimed_by=desk)
    before = everything()
    workflow.change_status(consult, actor=desk, version=consult.version, status=Status.WORKING)
    assert everything() == before


@pytest.mark.parametrize("version", [0, 1, 3])
def test_whoever_saw_another_version_changes_nothing(desk, version):
    consult = make_consult(claimed_by=desk)
    before = everything()
    with pytest.raises(workflow.StaleRequest):
        workflow.change_status(consult, actor=desk, version=version, status=Status.REACHED)
    with pytest.raises(workflow.StaleRequest):
        workflow.claim(consult, actor=desk, version=version)
    assert everything() == before


def test_of_two_who_read_the_same_version_one_wins(desk):
    """Both hold the row as it was, so only the database can tell them apart."""
    first = make_consult()
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
    consult = make_consult()
    written = [(desk, "Called, no answer."), (other, "Ünï – called again 🙂")]
    for actor, text in written:
        workflow.add_note(consult, actor=actor, text=text)
    for note in ConsultNote.objects.all():
        assert b"alled" not in bytes(note.sealed)
    _contents, notes = workflow.open_consult(consult, actor=desk, purpose="triage")
    assert [(n.author, n.text) for n in notes] == [(a.get_username(), t) for a, t in written]
    assert [step[0] for step in steps(consult)] == ["submit", "note", "note", "view"]
    consult.refresh_from_db()
    assert consult.version == 1


def test_a_note_in_another_row_does_not_open(desk):
    consult = make_consult()
    first, second = (workflow.add_note(consult, actor=desk, text=t).written for t in ("One.", "Two."))
    first.sealed, second.sealed = second.sealed, first.sealed
    first.save()
    second.save()
    with pytest.raises(EnvelopeProblem):
        workflow.open_consult(consult, actor=desk, purpose="triage")
    assert "view" not in [step[0] for step in steps(consult)]


def test_changes_leave_the_envelope_alone(desk):
    consult = make_consult()
    before = bytes(consult.envelope)
    workflow.add_note(consult, actor=desk, text="Called.")
    workflow.claim(consult, actor=desk, version=1)
    stored = ConsultRequest.objects.get()
    assert bytes(stored.envelope) == before
    keys = parse_sealing_keys(django_settings.CONSULTS_SEALING_PRIVATE_KEYS)
    assert open_envelope(stored.envelope, reference=stored.reference, private_keys=keys)


# --- all or nothing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda consult, actor: workflow.claim(consult, actor=actor, version=1),
        lambda consult, actor: workflow.change_status(consult, actor=actor, version=1, status=Status.SPAM),
        lambda consult, actor: workflow.add_note(consult, actor=actor, text="Called."),
    ],
    ids=["claim", "status", "note"],
)
def test_nothing_changes_that_the_timeline_does_not_tell(desk, change):
    consult = make_consult()
    before = everything()

    def refuse(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "timelineevent" in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        change(consult, desk)
    assert everything() == before


# --- the same person twice --------------------------------------------------------------------------------


def test_requests_of_one_person_are_linked_and_unlinked(desk):
    first, second, third = (make_consult() for _ in range(3))
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
    first, second = make_consult(), make_consult()
    for consult, other in ((first, second), (first, first)):
        with pytest.raises(workflow.InvalidTransition):
            workflow.link(consult, actor=desk, version=1, same_as=other)
    workflow.link(second, actor=desk, version=1, same_as=first)
    zeroth = make_consult()
    ConsultRequest.objects.filter(pk=zeroth.pk).update(created_at=first.created_at - timedelta(days=1))
    zeroth.refresh_from_db()
    with pytest.raises(workflow.InvalidTransition):
        workflow.link(first, actor=desk, version=1, same_as=zeroth)
