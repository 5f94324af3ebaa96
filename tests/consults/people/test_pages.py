"""People at the desk: what managers see and do, and what it asks for first."""

import pytest
from django.urls import reverse

from consults import permissions, workflow
from consults.models import AuditEvent, Decision, DeskGrant, Invitation
from tests.accounts.signing_in import give_factor, sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, take_from_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
INDEX = "/admin/people/"
INVITED = {"email": "a@example.org", "first_name": "A", "last_name": "B", "role": "front_desk"}


@pytest.fixture
def manager(client):
    return sign_in(client, UserFactory(group="Managers", username="kim"))


def url(name, *arguments):
    return reverse(f"consult_people:{name}", args=arguments)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_the_list_says_what_managers_want_to_know(client, manager):
    desk = UserFactory(group="Front desk", username="robin")
    give_factor(desk)
    workflow.keep_profile(desk, actor=manager, stands_in=manager)
    gone = UserFactory(group="Clinician", username="sam")
    workflow.switch_off(gone, actor=manager)
    page = text(client.get(INDEX))
    for said in ("robin", "Front desk", "Yes, since", "Never", "Switched off", "A second manager is missing"):
        assert said in page


def test_the_list_costs_the_same_for_many(client, manager, count_queries):
    few = count_queries(lambda: client.get(INDEX))
    for number in range(10):
        user = UserFactory(group="Front desk")
        give_factor(user)
        workflow.keep_profile(user, actor=manager, stands_in=manager)
        workflow.invite(**{**INVITED, "email": f"{number}@example.org"}, actor=manager)
        workflow.give_role(user, "auditor", actor=manager)
    assert count_queries(lambda: client.get(INDEX)) == few


def test_everything_is_done_from_the_page_of_a_person(client, manager):
    desk, colleague = UserFactory(group="Front desk"), UserFactory(group="Front desk", username="lee")
    page = url("person", desk.pk)
    assert "Give: Clinician" in text(client.get(page))
    assert client.post(url("give", desk.pk), {"role": "clinician"}).url == page
    assert permissions.has_role(desk, "clinician")
    client.post(url("take", desk.pk), {"role": "front_desk"})
    assert not permissions.has_role(desk, "front_desk")
    client.post(url("about", desk.pk), {"stands_in": colleague.pk})
    assert f'<option value="{colleague.pk}" selected>' in client.get(page).content.decode()
    consult = make_consult(claimed_by=desk)
    assert "They hold 1 open request: say what becomes of it." in text(client.get(page))
    client.post(url("switch_off", desk.pk), {"hand_to": colleague.pk})
    consult.refresh_from_db()
    assert consult.assignee == colleague
    assert "They come back" in text(client.get(page))
    client.post(url("let_in", desk.pk))
    desk.refresh_from_db()
    assert desk.is_active


def test_a_role_that_takes_two_is_agreed_to_by_the_second(client, manager):
    second, user = UserFactory(group="Managers"), UserFactory(username="robin")
    answer = client.post(url("give", user.pk), {"role": "manager"}, follow=True)
    assert "Asked for: a second manager has to agree." in text(answer)
    decision = Decision.objects.get()
    assert "Agree: do it now" not in text(client.get(INDEX))
    client.post(url("agree", decision.pk))
    assert not permissions.can_manage_people(user)
    sign_in(client, second)
    assert "make robin one of the Managers" in text(client.get(INDEX))
    client.post(url("agree", decision.pk))
    assert permissions.can_manage_people(user)


def test_what_waits_shows_on_the_request_and_is_decided_there(client, manager):
    second = UserFactory(group="Managers")
    consult = make_consult()
    workflow.set_hold(consult, actor=manager, version=1, on_hold=True)
    page = reverse("consult_requests:detail", args=[consult.pk])
    answer = client.post(
        reverse("consult_requests:hold", args=[consult.pk]), {"version": 2, "on_hold": ""}, follow=True
    )
    assert "Your wish is noted: a second manager has to agree." in text(answer)
    sign_in(client, second)
    assert "no longer keep the contents of" in text(client.get(page))
    decision = Decision.objects.get()
    assert client.post(url("agree", decision.pk), {"next": page}).url == page
    consult.refresh_from_db()
    assert not consult.on_hold


@pytest.mark.parametrize("elsewhere", ["https://example.net/", "//example.net", "/\\example.net", "/blog/"])
def test_next_leads_nowhere_else(client, manager, elsewhere):
    workflow.give_role(UserFactory(), "auditor", actor=manager)
    answer = client.post(url("take_back", Decision.objects.get().pk), {"next": elsewhere})
    assert answer.url == INDEX


def test_auditors_look_and_take_back_and_nothing_else(client, manager):
    workflow.give_role(UserFactory(username="robin"), "auditor", actor=manager)
    sign_in(client, UserFactory(group="Auditors"))
    page = text(client.get(INDEX))
    assert "make robin one of the Auditors" in page
    assert "Invite somebody" not in page
    decision = Decision.objects.get()
    assert client.post(url("agree", decision.pk)).status_code == 403
    client.post(url("take_back", decision.pk))
    decision.refresh_from_db()
    assert decision.revoked_at


CHANGES = ["give", "take", "about", "switch_off", "let_in"]


@pytest.mark.parametrize("door", [*CHANGES, "invite", "agree", "revoke_invitation"])
def test_whoever_found_an_open_browser_gets_no_further(client, manager, door):
    desk = UserFactory(group="Front desk")
    UserFactory(group="Managers")
    workflow.give_role(desk, "auditor", actor=manager)
    workflow.invite(**INVITED, actor=manager)
    sign_in(client, manager, is_fresh=False)
    key = {"agree": Decision, "revoke_invitation": Invitation}.get(door)
    arguments = [] if door == "invite" else [key.objects.get().pk if key else desk.pk]
    before = list(DeskGrant.objects.values()), list(Invitation.objects.values())
    answer = client.post(url(door, *arguments), {**INVITED, "email": "b@example.org"})
    # What was sent is there to be sent again.
    assert answer.status_code == 403
    assert "Show again that it is you" in answer.content.decode()
    assert before == (list(DeskGrant.objects.values()), list(Invitation.objects.values()))


@pytest.mark.parametrize("door", CHANGES)
def test_a_role_removed_between_two_clicks_is_said_clearly(client, manager, door):
    desk = UserFactory(group="Front desk")
    client.get(url("person", desk.pk))
    take_from_the_desk(manager)
    # They still come into the admin for something else.
    sign_in(client, manager)
    manager.is_superuser = True
    manager.save()
    answer = client.post(url(door, desk.pk), {"role": "clinician"})
    assert answer.status_code == 403
    assert "somebody took the role from you; nothing was done" in text(answer)


@pytest.mark.parametrize("who", ["Editors", "Medical reviewers", "Front desk", "Clinician", "Auditors", None])
def test_every_button_is_refused_to_everybody_else_and_noted(client, manager, who):
    desk = UserFactory(group="Front desk")
    workflow.give_role(desk, "auditor", actor=manager)
    workflow.invite(**INVITED, actor=manager)
    sign_in(client, UserFactory(group=who) if who else UserFactory(superuser=True))
    decision, invitation = Decision.objects.get(), Invitation.objects.get()
    doors = [
        *(url(door, desk.pk) for door in CHANGES),
        url("invite"),
        url("agree", decision.pk),
        url("revoke_invitation", invitation.pk),
        *([] if who == "Auditors" else [url("take_back", decision.pk)]),
    ]
    before = [list(model.objects.values()) for model in (DeskGrant, Invitation, Decision)]
    for door in doors:
        seen = AuditEvent.objects.count()
        assert client.post(door, {**INVITED, "email": "b@example.org"}).status_code == 403
        assert AuditEvent.objects.count() == seen + 1
    assert [list(model.objects.values()) for model in (DeskGrant, Invitation, Decision)] == before


def test_the_last_manager_is_told_why_not(client, manager):
    answer = client.post(url("take", manager.pk), {"role": "manager"}, follow=True)
    assert "There would be no manager left" in text(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"email": ""}, "Enter their e-mail address."),
        ({"email": "kim"}, "This is no e-mail address."),
        ({"email": "KIM@example.org"}, "This address has an account already: kim."),
        ({"role": "owner"}, "Select a valid choice."),
        ({"first_name": "x" * 10_000}, "too long"),
    ],
)
def test_an_invitation_that_does_not_fit_says_why(client, manager, changes, said):
    answer = client.post(url("invite"), {**INVITED, **changes})
    assert answer.status_code == 422
    assert said in text(answer)
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_and_taken_back(client, manager):
    client.post(url("invite"), INVITED)
    page = text(client.get(INDEX))
    assert "a@example.org: Front desk, by kim" in page
    client.post(url("revoke_invitation", Invitation.objects.get().pk))
    assert "a@example.org" not in text(client.get(INDEX))


def test_the_start_page_says_that_a_second_manager_is_missing(client, manager):
    home = reverse("wagtailadmin_home")
    assert "A second manager is missing." in text(client.get(home))
    sign_in(client, UserFactory(group="Front desk"))
    assert "second manager" not in text(client.get(home))
    UserFactory(group="Managers")
    sign_in(client, manager)
    assert "second manager" not in text(client.get(home))


def test_only_those_whom_it_concerns_find_it_in_the_menu(client):
    for group, is_shown in (
        ("Managers", True),
        ("Auditors", True),
        ("Front desk", False),
        ("Editors", False),
    ):
        sign_in(client, UserFactory(group=group))
        assert (f'"{INDEX}"' in client.get("/admin/").content.decode()) is is_shown
