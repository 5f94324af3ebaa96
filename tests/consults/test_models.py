"""What the database itself refuses, what rows are called, and who was given which right."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import ReferenceIndex

from consults import workflow
from consults.enums import OPEN_STATUSES, Status
from consults.models import (
    Appointment,
    ClosureMove,
    ConsultNote,
    ConsultRequest,
    DeskStart,
    HandOver,
    OutboxMessage,
    ReckonedHours,
    ReplyTemplate,
    SavedView,
    SealedReply,
    TimelineEvent,
)
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
MODELS = [
    Appointment,
    ClosureMove,
    ConsultNote,
    ConsultRequest,
    DeskStart,
    HandOver,
    OutboxMessage,
    ReckonedHours,
    ReplyTemplate,
    SavedView,
    SealedReply,
    TimelineEvent,
]


def refuses(run):
    """Whether the database refuses, and leaves the test's transaction usable."""
    try:
        with transaction.atomic():
            run()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("changes", "is_refused"),
    [
        ({"status": "elsewhere"}, True),
        ({"status": ""}, True),
        ({"status": Status.QUARANTINE}, False),
        ({"best_times": 256}, True),
        ({"best_times": 255}, False),
        ({"status": Status.CLOSED}, True),
        ({"status": Status.CLOSED, "closed_reason": "cost"}, False),
        ({"status": Status.WORKING}, True),
        ({"status": Status.REACHED}, False),
    ],
)
def test_the_database_keeps_requests_sound(changes, is_refused):
    consult = make_consult()
    rows = ConsultRequest.objects.filter(pk=consult.pk)
    assert refuses(lambda: rows.update(**changes)) is is_refused


def test_a_request_being_worked_on_has_somebody():
    consult = make_consult(claimed_by=UserFactory(group="Front desk"))
    assert refuses(lambda: ConsultRequest.objects.filter(pk=consult.pk).update(assignee=None))


@pytest.mark.parametrize("field", ["reference", "idempotency_key"])
def test_no_two_requests_share_what_tells_them_apart(field):
    first, second = make_consult(), make_consult()
    rows = ConsultRequest.objects.filter(pk=second.pk)
    assert refuses(lambda: rows.update(**{field: getattr(first, field)}))


def test_a_request_has_one_notice():
    notice = OutboxMessage.objects.get(reference=make_consult().reference)
    again = {name: getattr(notice, name) for name in ("template", "recipient", "reference")}
    assert refuses(lambda: OutboxMessage.objects.create(**again))
    assert not refuses(lambda: OutboxMessage.objects.create(**{**again, "reference": "AB2CD3EF4G"}))


def test_only_an_answer_has_words_of_its_own():
    notice = OutboxMessage.objects.get(reference=make_consult().reference)
    assert refuses(lambda: OutboxMessage.objects.filter(pk=notice.pk).update(template="reply"))


def test_a_notice_is_not_sent_and_given_up():
    make_consult()
    now = timezone.now()
    assert not refuses(lambda: OutboxMessage.objects.update(sent_at=now))
    assert refuses(lambda: OutboxMessage.objects.update(dead_at=now))
    assert not refuses(lambda: OutboxMessage.objects.update(sent_at=None, dead_at=now))


def test_whoever_worked_on_a_request_is_not_deleted():
    desk, visitor, writer = (UserFactory(group="Front desk") for _ in range(3))
    consult = make_consult(claimed_by=desk)
    workflow.open_consult(consult, actor=visitor, purpose="triage")
    workflow.add_note(consult, actor=writer, text="Called.")
    for user in (desk, visitor, writer):
        with pytest.raises(ProtectedError):
            user.delete()


def test_a_request_is_called_by_its_reference():
    consult = make_consult(name="Sample Marker")
    assert str(consult) == consult.reference


def test_no_row_is_called_by_what_was_typed():
    desk = UserFactory(group="Front desk")
    consult = make_consult(name="Sample Marker")
    note = workflow.add_note(consult, actor=desk, text="Sample Marker called.").written
    event = consult.timeline.last()
    message = OutboxMessage.objects.get()
    assert [str(note), str(event), str(message)] == [
        f"Note on {consult.pk}",
        f"{consult.pk}: Note added",
        f"staff_notice {consult.reference}",
    ]


def test_open_and_waiting_are_what_they_say():
    desk = UserFactory(group="Front desk")
    reference = {}
    for status in Status:
        consult = make_consult()
        ConsultRequest.objects.filter(pk=consult.pk).update(
            status=status, assignee=desk, closed_reason="cost" if status == Status.CLOSED else ""
        )
        reference[status] = consult.reference
    assert {r.reference for r in ConsultRequest.objects.open()} == {reference[s] for s in OPEN_STATUSES}
    assert [r.reference for r in ConsultRequest.objects.waiting()] == [reference[Status.NEW]]
    assert {r.status for r in ConsultRequest.objects.all() if r.is_open} == set(OPEN_STATUSES)


def test_the_oldest_comes_first_and_of_two_alike_the_one_stored_first():
    first, second, third = (make_consult() for _ in range(3))
    early = timezone.now() - timedelta(days=1)
    ConsultRequest.objects.filter(pk__in=[second.pk, third.pk]).update(created_at=early)
    assert list(ConsultRequest.objects.oldest_first()) == [second, third, first]


def test_the_front_desk_may_read_and_change_and_sign_in():
    held = Group.objects.get(name="Front desk").permissions.filter(
        content_type__app_label__in=["consults", "wagtailadmin"]
    )
    assert {p.codename for p in held} == {"view_consultrequest", "change_consultrequest", "access_admin"}


def test_the_front_desk_and_its_managers_alone_hold_rights_on_requests():
    holders = Group.objects.filter(permissions__content_type__model="consultrequest")
    assert {group.name for group in holders} == {"Front desk", "Clinician", "Managers"}


def test_there_is_no_right_to_add_or_delete():
    rights = Permission.objects.filter(content_type__app_label="consults")
    assert {p.codename for p in rights} == {
        "view_consultrequest",
        "change_consultrequest",
        "export_consultrequest",
        "erase_consultrequest",
        "export_opened_consultrequest",
        "report_consultrequest",
        "view_auditevent",
        "view_consentwording",
        "add_consentwording",
        "add_guardedfacts",
        "view_replytemplate",
        "add_replytemplate",
        "change_replytemplate",
        "delete_replytemplate",
    }


def test_managers_alone_take_names_away():
    right = Permission.objects.get(codename="export_opened_consultrequest")
    assert right.name == "Can export names and contacts"
    assert right.content_type.model == "consultrequest"
    assert [group.name for group in right.group_set.all()] == ["Managers"]


@pytest.mark.parametrize("model", MODELS)
def test_wagtail_keeps_no_index_of_requests(model):
    assert not ReferenceIndex.model_is_indexable(model)
