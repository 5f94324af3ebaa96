"""Links make no circle, whoever sets them at once, and what leaves a thread leaves the others together."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from consults import workflow
from consults.enums import ClosedReason, Status
from consults.models import ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory


def requests(number=3):
    """Store so many requests, an hour between them."""
    made = [make_consult() for _ in range(number)]
    for hours, consult in enumerate(reversed(made)):
        at = timezone.now() - timedelta(hours=hours + 1)
        ConsultRequest.objects.filter(pk=consult.pk).update(created_at=at)
        consult.refresh_from_db()
    return made


def threads():
    """Return which requests point to which, by key."""
    return dict(ConsultRequest.objects.exclude(same_as=None).values_list("pk", "same_as"))


@pytest.fixture
def desk(db):
    return UserFactory(group="Front desk")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["unlinked", "purged"])
def test_where_the_first_one_leaves_the_oldest_of_the_others_takes_its_place(desk, how):
    first, second, third = requests()
    for other in (third, second):
        workflow.link(other, actor=desk, version=other.version, same_as=first)
    if how == "unlinked":
        workflow.unlink(first, actor=desk, version=first.version)
    else:
        ended = {"status": Status.CLOSED, "closed_reason": ClosedReason.COST, "next_action_at": None}
        ConsultRequest.objects.filter(pk=first.pk).update(
            closed_at=timezone.now() - timedelta(days=100), **ended
        )
        assert workflow.purge_due() == 1
    assert threads() == {third.pk: second.pk}


@pytest.mark.django_db
def test_nothing_is_linked_to_what_has_no_contents(desk):
    first, second, _third = requests()
    ConsultRequest.objects.filter(pk=first.pk).update(
        status=Status.CLOSED, closed_reason=ClosedReason.COST, next_action_at=None, purged_at=timezone.now()
    )
    first.refresh_from_db()
    with pytest.raises(workflow.CannotLink):
        workflow.link(second, actor=desk, version=second.version, same_as=first)


@pytest.mark.django_db
def test_what_ended_can_be_linked_to(desk):
    first, second, _third = requests()
    ended = {"status": Status.CLOSED, "closed_reason": ClosedReason.COST, "next_action_at": None}
    ConsultRequest.objects.filter(pk=first.pk).update(**ended)
    workflow.link(second, actor=desk, version=second.version, same_as=first)
    assert threads() == {second.pk: first.pk}


@pytest.mark.django_db
def test_whoever_stands_alone_has_no_link_to_remove(desk):
    first, *_others = requests()
    with pytest.raises(workflow.InvalidTransition):
        workflow.unlink(first, actor=desk, version=first.version)


def test_two_who_link_at_once_make_no_chain(committed):
    """One links the third to the second while the other links the second to the first."""
    desk = UserFactory(group="Front desk")
    first, second, third = requests()
    ready, problems = threading.Barrier(2), []

    def link(*pair):
        consult, other = (ConsultRequest.objects.get(pk=one.pk) for one in pair)
        try:
            ready.wait(timeout=20)
            workflow.link(consult, actor=desk, version=consult.version, same_as=other)
        except workflow.InvalidTransition as problem:
            problems.append(problem)
        finally:
            connection.close()

    pairs = ((third, second), (second, first))
    both = [threading.Thread(target=link, args=pair) for pair in pairs]
    for one in both:
        one.start()
    for one in both:
        one.join()
    # Either one came too late, or the third one points to the first as well.
    assert threads() in (
        {third.pk: second.pk},
        {second.pk: first.pk, third.pk: first.pk},
        {second.pk: first.pk},
    )
    assert len(threads()) + len(problems) == 2
