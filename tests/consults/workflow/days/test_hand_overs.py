"""One shift hands over, the next takes over: sealed, noted, and gone after its time."""

from datetime import timedelta
from uuid import uuid4

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
    handed = workflow.read_hand_overs(actor=user, references=["AB2CD3EF4G"])
    return [*handed.waiting, *handed.earlier]


def take_over(*handed, actor):
    return workflow.take_over([one.pk for one in handed], actor=actor)


def events():
    return list(AuditEvent.objects.order_by("seq").values_list("action", "actor__username", "detail"))


def test_the_next_shift_reads_it_and_takes_over(ana, bo):
    handed = workflow.hand_over(actor=ana, text=TEXT)
    [opened] = read(bo)
    assert (opened.text, opened.author, opened.taken_at) == (TEXT, "ana", None)
    assert take_over(handed, actor=bo) == ["ana"]
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
    take_over(first, actor=bo)
    assert workflow.hand_over(actor=ana, text="Nothing special.") != first


def test_the_first_who_takes_over_stands(ana, bo):
    handed = workflow.hand_over(actor=ana, text=TEXT)
    take_over(handed, actor=bo)
    with pytest.raises(workflow.InvalidTransition):
        take_over(handed, actor=ana)
    handed.refresh_from_db()
    assert handed.taken_by == bo


def test_of_two_at_the_end_of_one_shift_both_wait_and_are_taken_over_together(ana, bo):
    one, other = workflow.hand_over(actor=ana, text="One."), workflow.hand_over(actor=bo, text="Other.")
    handed = workflow.read_hand_overs(actor=bo, references=[])
    assert [opened.text for opened in handed.waiting] == ["One.", "Other."]
    assert not handed.earlier
    assert take_over(one, other, actor=bo) == ["ana", "bo"]
    assert not HandOver.objects.waiting().exists()
    assert set(HandOver.objects.values_list("taken_by", flat=True)) == {bo.pk}
    assert events()[-1] == ("change", "bo", "read and took over from ana, bo")


def test_what_came_since_the_page_waits_on(ana, bo):
    read_one = workflow.hand_over(actor=ana, text="One.")
    newer = workflow.hand_over(actor=ana, text="Newer.")
    workflow.take_over([read_one.pk, uuid4()], actor=bo)
    assert list(HandOver.objects.waiting()) == [newer]
    with pytest.raises(workflow.InvalidTransition):
        workflow.take_over([uuid4()], actor=bo)
    assert list(HandOver.objects.waiting()) == [newer]


def test_what_was_passed_over_in_the_release_before_is_an_earlier_one(ana, bo):
    passed_over = workflow.hand_over(actor=ana, text="One.")
    HandOver.objects.filter(pk=passed_over.pk).update(written_at=timezone.now() - timedelta(hours=1))
    take_over(workflow.hand_over(actor=ana, text="Two."), actor=bo)
    assert not HandOver.objects.waiting().exists()
    assert [opened.text for opened in read(bo)] == ["Two.", "One."]


def test_the_first_ones_stand_there_first_and_the_rest_comes_after_them(ana, bo):
    number = workflow.MOST_WAITING + 2
    for n in range(number):
        workflow.hand_over(actor=ana, text=str(n))
    handed = workflow.read_hand_overs(actor=bo, references=[])
    assert [opened.text for opened in handed.waiting] == [str(n) for n in range(workflow.MOST_WAITING)]
    assert handed.has_more
    workflow.take_over([opened.pk for opened in handed.waiting], actor=bo)
    handed = workflow.read_hand_overs(actor=bo, references=[])
    assert [opened.text for opened in handed.waiting] == [str(number - 2), str(number - 1)]
    assert not handed.has_more


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
            take_over(handed, actor=user)
    assert AuditEvent.objects.count() == before


def test_a_damaged_one_keeps_no_other_back(ana, bo, caplog):
    damaged = workflow.hand_over(actor=ana, text=TEXT)
    HandOver.objects.filter(pk=damaged.pk).update(sealed=b"\x01damaged")
    workflow.hand_over(actor=ana, text="Else.")
    assert [opened.text for opened in read(bo)] == [None, "Else."]
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
