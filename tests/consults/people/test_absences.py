"""Who is away, who stands in, and what can't be."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from clinic.core.facts import Location, default_facts, write_facts
from clinic.core.opening_hours import Schedule
from consults import workflow
from consults.models import AuditEvent, DeskProfile
from tests.accounts.signing_in import sign_in
from tests.factories.users import UserFactory, take_from_the_desk, with_only

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midday")]
AWAY = "/admin/people/away/"


@pytest.fixture
def people(midday):
    return {name: UserFactory(group="Front desk", username=name) for name in ("ana", "bo", "cy")}


def day(days):
    return workflow.today() + timedelta(days=days)


def away(user, stands_in=None, *, first=0, last=3):
    return workflow.keep_absence(
        user, actor=user, away_from=day(first), away_until=day(last), stands_in=stands_in
    )


def forced(user, stands_in, *, first=0, last=3):
    """What no form and no function would write."""
    values = {"away_from": day(first), "away_until": day(last), "stands_in": stands_in}
    DeskProfile.objects.update_or_create(user=user, defaults=values)


def stand_ins(on=0):
    found = workflow.absences(day(on)).away.values()
    return {str(one.user): str(one.stands_in) if one.stands_in else None for one in found}


def test_somebody_is_away_for_both_days_and_those_between(people):
    away(people["ana"], people["bo"], first=1, last=3)
    assert [stand_ins(n) for n in (0, 1, 3, 4)] == [{}, {"ana": "bo"}, {"ana": "bo"}, {}]


def test_whoever_stands_in_and_is_away_is_followed_by_who_stands_in_for_them(people):
    ana, bo, cy = people.values()
    away(ana, bo)
    away(bo, cy, first=1)
    assert stand_ins() == {"ana": "bo"}
    assert stand_ins(1) == {"ana": "cy", "bo": "cy"}
    assert workflow.absences(day(1)).covered_by(cy) == [ana.pk, bo.pk]


@pytest.mark.parametrize(
    "leave", [take_from_the_desk, lambda user: type(user).objects.update(is_active=False)]
)
def test_whoever_left_stands_in_for_nobody(people, leave):
    ana, bo, _cy = people.values()
    away(ana, bo)
    leave(bo)
    UserFactory(group="Front desk")
    ana.is_active = True
    ana.save()
    assert stand_ins() == {"ana": None}


def test_a_circle_leads_to_nobody(people):
    ana, bo, cy = people.values()
    forced(ana, bo)
    forced(bo, cy)
    forced(cy, ana)
    assert stand_ins() == {"ana": None, "bo": None, "cy": None}
    forced(ana, ana)
    assert stand_ins()["ana"] is None


def test_two_stand_in_for_each_other_at_different_times_alone(people):
    ana, bo, _cy = people.values()
    away(ana, bo, first=0, last=3)
    with pytest.raises(workflow.InvalidTransition):
        away(bo, ana, first=3, last=5)
    away(bo, ana, first=4, last=5)
    assert stand_ins(3) == {"ana": "bo"}
    assert stand_ins(4) == {"bo": "ana"}


@pytest.mark.parametrize(("first", "last"), [(3, 1), (-5, -1), (0, 400)])
def test_days_that_can_not_be_are_refused(people, first, last):
    with pytest.raises(workflow.InvalidTransition):
        away(people["ana"], first=first, last=last)
    assert not AuditEvent.objects.exists()


def test_nobody_says_it_for_others_or_puts_somebody_in_who_may_not(people):
    ana, bo, cy = people.values()
    values = {"away_from": day(0), "away_until": day(1)}
    reader = with_only("Clinician", "view_consultrequest")
    for actor in (bo, UserFactory(superuser=True), UserFactory(group="Managers")):
        with pytest.raises(workflow.NotAllowed):
            workflow.keep_absence(ana, actor=actor, stands_in=None, **values)
    with pytest.raises(workflow.NotAllowed):
        workflow.keep_absence(reader, actor=reader, stands_in=None, **values)
    cy.is_active = False
    cy.save()
    for other in (ana, reader, cy, UserFactory(group="Auditors")):
        with pytest.raises(workflow.InvalidTransition):
            workflow.keep_absence(ana, actor=ana, stands_in=other, **values)
    with pytest.raises(workflow.InvalidTransition):
        workflow.keep_absence(ana, actor=ana, away_from=day(0), away_until=None, stands_in=None)


def test_each_change_is_one_event_and_the_same_again_is_none(people):
    ana, bo, _cy = people.values()
    away(ana, bo)
    assert away(ana, bo).undone
    [event] = AuditEvent.objects.all()
    assert (event.action, event.actor, event.references) == ("account", ana, f"account:{ana.pk}")
    assert event.detail == f"ana: away {day(0)} to {day(3)}, who stands in (bo)"
    workflow.keep_absence(ana, actor=ana, away_from=None, away_until=None, stands_in=bo)
    assert stand_ins() == {}
    assert AuditEvent.objects.count() == 2


def test_nobody_away_costs_one_query_and_many_as_much_as_few(people, count_queries):
    assert count_queries(workflow.absences) == 1
    away(people["ana"], people["bo"])
    few = count_queries(workflow.absences)
    for _ in range(10):
        away(UserFactory(group="Front desk"), people["bo"])
    assert count_queries(workflow.absences) == few


def sent(first="", last="", stands_in="", seen=()):
    """Return what a browser sends; ``seen`` is what the form showed at first, nothing unless named."""
    return {
        "away_from": str(first),
        "away_until": str(last),
        "stands_in": getattr(stands_in, "pk", stands_in),
        "seen": "|".join(str(getattr(value, "pk", value)) for value in seen),
    }


def seen_on(page):
    """Return what the form of a page says it showed."""
    return re.search(r'name="seen"(?: value="([^"]*)")?', page.content.decode())[1] or ""


def test_it_is_said_on_a_page_of_ones_own(client, people):
    ana, bo, _cy = people.values()
    client.force_login(ana)
    assert "When I am away" in client.get(AWAY).content.decode()
    answer = client.post(AWAY, sent(day(0), day(3), bo), follow=True)
    assert "ana is away until" in answer.content.decode()
    assert stand_ins() == {"ana": "bo"}
    page = client.get(AWAY).content.decode()
    assert f'value="{day(0)}"' in page
    assert f'<option value="{bo.pk}" selected>' in page
    client.post(AWAY, sent("", "", bo, seen=(day(0), day(3), bo)))
    assert stand_ins() == {}


@pytest.mark.parametrize(
    ("first", "last", "stands_in", "said"),
    [
        (3, 1, "", "The last day lies before the first one."),
        (-5, -1, "", "That is over already."),
        (0, 400, "", "That is more than a year."),
        ("", 1, "", "Say from which day on as well."),
        (1, "", "", "Say until which day as well."),
        ("x" * 5000, 1, "", "Enter a day"),
        ("0000-00-00", 1, "", "Enter a day"),
        (0, 1, "ana", "Choose somebody else who answers requests."),
        (0, 1, "auditor", "Choose somebody else who answers requests."),
        (0, 1, "9" * 40, "Choose somebody else who answers requests."),
        (0, 1, "bo", "bo is away then too, until"),
    ],
)
def test_what_can_not_be_is_said_and_kept_in_the_form(client, people, first, last, stands_in, said):
    away(people["bo"])
    known = {**people, "auditor": UserFactory(group="Auditors")}
    client.force_login(people["ana"])
    days = [day(n) if isinstance(n, int) else n for n in (first, last)]
    answer = client.post(AWAY, sent(*days, known.get(stands_in, stands_in)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert stand_ins() == {"bo": None}
    if isinstance(last, int):
        assert f'value="{days[1]}"' in page


def test_managers_say_it_for_others_on_their_page(client, people):
    ana, bo, _cy = people.values()
    sign_in(client, UserFactory(group="Managers"))
    page = f"/admin/people/{ana.pk}/"
    answer = client.post(f"{page}about/", sent(day(2), day(1)))
    assert answer.status_code == 422
    assert "The last day lies before the first one." in answer.content.decode()
    before = AuditEvent.objects.count()
    assert client.post(f"{page}about/", sent(day(0), day(3), bo)).status_code == 302
    assert AuditEvent.objects.count() == before + 1
    assert stand_ins() == {"ana": "bo"}
    assert " to " in client.get("/admin/people/").content.decode()
    assert f'value="{day(3)}"' in client.get(page).content.decode()


def test_a_manager_saves_over_nothing_that_somebody_kept_meanwhile(client, people):
    """Theirs stands, the manager sees it, and what the manager typed is still there."""
    ana, bo, cy = people.values()
    sign_in(client, UserFactory(group="Managers"))
    page = f"/admin/people/{ana.pk}/"
    shown = {**sent("", "", cy), "seen": seen_on(client.get(page))}
    away(ana, bo, first=1, last=3)
    before = AuditEvent.objects.count()
    answer = client.post(f"{page}about/", shown)
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "Nothing was saved: this was changed meanwhile." in text
    assert "who stands in: bo." in text
    assert stand_ins(1) == {"ana": "bo"}
    assert AuditEvent.objects.filter(action="account").count() == before
    # The days are theirs, since the manager changed none; who stands in is the manager's.
    assert f'name="away_from" value="{day(1)}"' in text
    assert f'<option value="{cy.pk}" selected>' in text
    again = {**sent(day(1), day(3), cy), "seen": seen_on(answer)}
    assert client.post(f"{page}about/", again).status_code == 302
    assert stand_ins(1) == {"ana": "cy"}


def test_a_manager_who_changed_the_days_as_well_is_asked_once_more(client, people):
    ana, bo, _cy = people.values()
    sign_in(client, UserFactory(group="Managers"))
    page = f"/admin/people/{ana.pk}/about/"
    away(ana, bo, first=1, last=3)
    answer = client.post(page, sent(day(5), day(6)))
    assert answer.status_code == 409
    assert f'name="away_from" value="{day(5)}"' in answer.content.decode()
    client.post(page, {**sent(day(5), day(6)), "seen": seen_on(answer)})
    assert (stand_ins(1), stand_ins(5)) == ({}, {"ana": None})


def test_places_of_two_managers_meet_as_well(client, people):
    locations = [Location(key, name, Schedule()) for key, name in (("1", "West"), ("2", "East"))]
    write_facts(replace(default_facts(), locations=locations))
    ana = people["ana"]
    manager = sign_in(client, UserFactory(group="Managers"))
    page = f"/admin/people/{ana.pk}/"
    seen = seen_on(client.get(page))
    workflow.keep_profile(ana, actor=manager, stands_in=None, locations=["2"])
    answer = client.post(f"{page}about/", {**sent(day(0), day(1)), "seen": seen})
    assert answer.status_code == 409
    form = answer.context["profile_form"]
    assert (form["locations"].value(), str(form["away_until"].value())) == (["2"], str(day(1)))
    again = {**sent(day(0), day(1)), "locations": ["2"], "seen": seen_on(answer)}
    assert client.post(f"{page}about/", again).status_code == 302
    profile = DeskProfile.objects.get(user=ana)
    assert (profile.locations, profile.away_until) == ("2", day(1))


def test_ones_own_page_saves_over_nothing_either(client, people):
    ana, bo, _cy = people.values()
    client.force_login(ana)
    seen = seen_on(client.get(AWAY))
    manager = UserFactory(group="Managers")
    workflow.keep_profile(ana, actor=manager, stands_in=bo, away_from=day(1), away_until=day(2))
    answer = client.post(AWAY, {**sent(day(4), day(5)), "seen": seen})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert f'name="away_from" value="{day(4)}"' in text
    assert f'<option value="{bo.pk}" selected>' in text
    assert stand_ins(1) == {"ana": "bo"}
    # What stands already is no conflict.
    assert client.post(AWAY, sent(day(1), day(2), bo)).status_code == 302


@pytest.mark.parametrize("seen", ["x", "|||||||", "2026-13-99|x|-1|9", "x" * 9000])
def test_what_was_seen_may_be_anything_and_lets_nobody_save_over(client, people, seen):
    away(people["ana"])
    client.force_login(people["ana"])
    assert client.post(AWAY, {**sent(day(4), day(5)), "seen": seen}).status_code == 409
    assert stand_ins(4) == {}


@pytest.mark.parametrize("role", ["Editors", "Auditors", "Medical reviewers"])
def test_nobody_else_has_the_page(client, people, role):
    client.force_login(UserFactory(group=role))
    assert client.get(AWAY).status_code == 403
    assert client.post(AWAY, sent(day(0), day(1))).status_code == 403
    assert not DeskProfile.objects.exists()
