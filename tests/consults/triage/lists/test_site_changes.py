"""What the lists say of colleagues who are away or left, and of closed days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consults import workflow
from consults.enums import Outcome
from consults.models import ClosureMove, ConsultRequest
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midday")]
INDEX, ALL = "/admin/requests/", "/admin/requests/all/"


@pytest.fixture
def ana(midday):
    return UserFactory(group="Front desk", username="ana")


def away(user, stands_in=None):
    first = workflow.today()
    workflow.keep_absence(
        user, actor=user, away_from=first, away_until=first + timedelta(days=3), stands_in=stands_in
    )


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_the_desk_says_who_stands_in_on_rows_and_plans(client, midday, ana, desk):
    due, later = make_consult(claimed_by=ana, times=[]), make_consult(claimed_by=ana, times=[])
    ConsultRequest.objects.filter(pk=later.pk).update(next_action_at=timezone.now() + timedelta(hours=1))
    assert "is away" not in text(client.get(INDEX))
    away(ana)
    assert text(client.get(INDEX)).count("ana is away until Nov 27; nobody stands in") == 2
    away(ana, desk)
    assert text(client.get(INDEX)).count("ana is away until Nov 27; you stand in") == 2
    assert "you stand in" in text(client.get(f"{INDEX}{due.pk}/"))
    client.force_login(UserFactory(group="Front desk"))
    assert text(client.get(INDEX)).count(f"ana is away until Nov 27; {desk} stands in") == 2


def test_what_is_mine_holds_what_they_have(client, midday, ana, desk):
    theirs, mine, other = (
        make_consult(claimed_by=who) for who in (ana, desk, UserFactory(group="Front desk"))
    )

    def shown():
        page = text(client.get(ALL, {"assignee": desk.pk}))
        return [consult.reference in page for consult in (theirs, mine, other)]

    assert shown() == [False, True, False]
    away(ana, desk)
    assert shown() == [True, True, False]
    assert "ana is away until Nov 27; you stand in" in text(client.get(ALL))


def test_absences_cost_the_same_for_one_and_for_many(client, midday, ana, desk, count_queries):
    make_consult(claimed_by=ana)
    away(ana, desk)
    few = count_queries(lambda: client.get(INDEX)), count_queries(lambda: client.get(ALL))
    for _ in range(8):
        colleague = UserFactory(group="Front desk")
        away(colleague, desk)
        for _ in range(3):
            make_consult(claimed_by=colleague)
    assert (count_queries(lambda: client.get(INDEX)), count_queries(lambda: client.get(ALL))) == few


def test_a_call_that_a_leaver_had_agreed_keeps_its_time_and_the_desk_says_that_nobody_has_it(
    client, midday, ana, desk
):
    consult = make_consult(claimed_by=ana, times=[])
    again_at = timezone.now() + timedelta(hours=1)
    workflow.record_outcome(
        consult, actor=ana, version=consult.version, outcome=Outcome.CALL_BACK, again_at=again_at
    )
    ana.is_active = False
    ana.save()
    assert workflow.release_from_leavers() == 1
    consult.refresh_from_db()
    assert (consult.agreed_at, consult.next_action_at, consult.assignee) == (again_at, again_at, None)
    page = text(client.get(INDEX))
    assert "whoever had it left: nobody has it now" in page
    assert "call back as agreed" in page
    workflow.assign(consult, actor=desk, version=consult.version, assignee=desk)
    assert "whoever had it left" not in text(client.get(INDEX))


def test_what_a_leaver_held_and_somebody_deals_with_at_this_moment_is_theirs(midday, ana, desk):
    consult = make_consult(claimed_by=ana)
    ana.is_active = False
    ana.save()
    workflow.record_outcome(consult, actor=desk, version=consult.version, outcome=Outcome.NO_ANSWER)
    assert consult.assignee == desk


def test_what_is_opened_again_goes_to_nobody_who_left(midday, ana, desk):
    consult = make_consult(claimed_by=ana, status="closed", reason="cost")
    ana.is_active = False
    ana.save()
    workflow.change_status(consult, actor=desk, version=consult.version, status="working")
    assert consult.assignee == desk


def test_the_desk_says_what_a_closed_day_did_to_rows_and_plans(client, midday, desk):
    promise, plan = make_consult(claimed_by=desk, times=[]), make_consult(claimed_by=desk, times=[])
    agreed, later = timezone.now() + timedelta(days=2), timezone.now() + timedelta(hours=2)
    ConsultRequest.objects.filter(pk=promise.pk).update(agreed_at=agreed)
    ConsultRequest.objects.filter(pk=plan.pk).update(next_action_at=later)
    now = timezone.now()
    ClosureMove.objects.create(consult=promise, fell_on=agreed, comes_up_at=now, is_agreed=True)
    ClosureMove.objects.create(consult=plan, fell_on=now, comes_up_at=later, is_agreed=False)
    page = text(client.get(INDEX))
    assert "tell them: agreed for Nov 26 at" in page
    assert "plan moved: the clinic is closed on Nov 24" in page
    assert "tell them: agreed for Nov 26 at" in text(client.get(f"{INDEX}{promise.pk}/"))
