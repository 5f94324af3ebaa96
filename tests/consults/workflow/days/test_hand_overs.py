"""One shift hands over, the next takes over: sealed, noted, and gone after its time."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from consults import workflow
from consults.models import AuditEvent, HandOver
from tests.factories.users import UserFactory, with_only

pytestmark = pytest.mark.django_db
TEXT = "Markername calls at four."


@pytest.fixture
def ana():
    return UserFactory(group="Front desk", username="ana")


@pytest.fixture
def bo():
    return UserFactory(group="Front desk", username="bo")


def read(user):
    return workflow.read_hand_overs(actor=user, references=["AB2CD3EF4G"])


def events():
    return list(AuditEvent.objects.order_by("seq").values_list("action", "actor__username", "detail"))


def test_the_next_shift_reads_it_and_takes_over(ana, bo):
    handed = workflow.hand_over(actor=ana, text=TEXT)
    [opened] = read(bo)
    assert (opened.text, opened.author, opened.taken_at) == (TEXT, "ana", None)
    workflow.take_over(handed, actor=bo)
    [opened] = read(ana)
    assert opened.taken_by == "bo"
    assert [(action, who) for action, who, _detail in events()] == [
        ("note", "ana"), ("list", "bo"), ("change", "bo"), ("list", "ana"),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(action="list").first().references == "AB2CD3EF4G"


def test_what_was_written_stands_nowhere_in_clear(ana, bo):
    handed = workflow.hand_over(actor=ana, text=TEXT)
    read(bo)
    kept = [list(HandOver.objects.values()), list(AuditEvent.objects.values()), str(handed)]
    assert "Markername" not in str(kept)
    assert b"Markername" not in bytes(handed.sealed)


def test_a_second_tap_is_no_second_sentence(ana, bo):
    first, again = (workflow.hand_over(actor=ana, text=TEXT) for _ in range(2))
    assert first == again
    other, later = workflow.hand_over(actor=ana, text="Else."), workflow.hand_over(actor=bo, text="Else.")
    assert len({first.pk, other.pk, later.pk}) == HandOver.objects.count() == 3


def test_the_same_words_of_the_next_day_are_a_new_hand_over(ana, bo):
    first = workflow.hand_over(actor=ana, text="Nothing special.")
    workflow.take_over(first, actor=bo)
    assert workflow.hand_over(actor=ana, text="Nothing special.") != first


def test_the_first_who_takes_over_stands(ana, bo):
    handed = workflow.hand_over(actor=ana, text=TEXT)
    workflow.take_over(handed, actor=bo)
    with pytest.raises(workflow.InvalidTransition):
        workflow.take_over(handed, actor=ana)
    handed.refresh_from_db()
    assert handed.taken_by == bo


def test_nobody_takes_over_an_older_one(ana, bo):
    older = workflow.hand_over(actor=ana, text=TEXT)
    workflow.hand_over(actor=ana, text="Else.")
    with pytest.raises(workflow.StaleRequest):
        workflow.take_over(older, actor=bo)


def test_only_the_newest_waits(ana, bo):
    assert HandOver.objects.waiting() is None
    workflow.take_over(workflow.hand_over(actor=ana, text=TEXT), actor=bo)
    assert HandOver.objects.waiting() is None
    assert workflow.hand_over(actor=bo, text="Else.") == HandOver.objects.waiting()


def test_it_is_for_the_front_desk_alone(ana):
    handed = workflow.hand_over(actor=ana, text=TEXT)
    before = AuditEvent.objects.count()
    outsiders = [
        UserFactory(group="Auditors"),
        UserFactory(group="Editors"),
        UserFactory(superuser=True),
        UserFactory(group="Front desk", is_active=False),
    ]
    for user in outsiders:
        with pytest.raises(workflow.NotAllowed):
            read(user)
    for user in [*outsiders, with_only("Clinician", "view_consultrequest")]:
        with pytest.raises(workflow.NotAllowed):
            workflow.hand_over(actor=user, text="x")
        with pytest.raises(workflow.NotAllowed):
            workflow.take_over(handed, actor=user)
    assert AuditEvent.objects.count() == before


def test_a_damaged_one_keeps_no_other_back(ana, bo, caplog):
    damaged = workflow.hand_over(actor=ana, text=TEXT)
    HandOver.objects.filter(pk=damaged.pk).update(sealed=b"\x01damaged")
    workflow.hand_over(actor=ana, text="Else.")
    assert [opened.text for opened in read(bo)] == ["Else.", None]
    assert "Markername" not in caplog.text


def test_it_is_removed_after_its_time_whether_read_or_not(ana, bo):
    keep = timedelta(days=settings.CONSULTS_KEEP_HAND_OVERS_DAYS)
    rows = [workflow.hand_over(actor=ana, text=str(n)) for n in range(3)]
    for row, age in zip(rows, (keep * 2, keep, keep - timedelta(hours=1)), strict=True):
        HandOver.objects.filter(pk=row.pk).update(written_at=timezone.now() - age)
    assert workflow.forget_hand_overs() == 2
    assert workflow.forget_hand_overs() == 0
    assert list(HandOver.objects.all()) == [rows[2]]
    # That there were some is still known.
    assert AuditEvent.objects.filter(action="note").count() == 3
