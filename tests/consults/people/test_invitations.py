"""An invitation makes one account, once, for 72 hours, and says clearly why it does not any more."""

import unicodedata
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consults import permissions, workflow
from consults.models import AuditEvent, Decision, Invitation
from consults.notices.outbox import send_due
from tests.factories.users import UserFactory, take_from_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
User = get_user_model()
WORD = "quite a long sentence of mine"
# What an account has whose holder was only invited.
NONE_YET = make_password(None)
CHOSEN = {"username": "robin", "password": WORD, "password_again": WORD}


@pytest.fixture
def manager():
    return UserFactory(group="Managers", username="kim")


def invite(manager, role="front_desk", **changes):
    values = {"email": "robin@example.org", "first_name": "Robin", "last_name": "Sample", "role": role}
    return workflow.invite(actor=manager, **{**values, **changes})


def link(invitation):
    return f"{reverse('invitation')}?token={workflow.invitation_token(invitation)}"


def test_the_mail_leads_to_an_account_that_signs_in_the_ordinary_way(client, manager):
    invite(manager)
    send_due()
    [message] = mail.outbox
    assert message.to == ["robin@example.org"]
    address = "/admin/invitation/" + message.body.partition("/admin/invitation/")[2].split()[0]
    assert client.get(address).status_code == 200
    # Looking, as a program that reads mail does, uses nothing up.
    assert client.get(address).status_code == 200
    answer = client.post(address, CHOSEN)
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_login"))
    assert "_auth_user_id" not in client.session
    user = authenticate(username="robin", password=WORD)
    assert (user.email, user.first_name) == ("robin@example.org", "Robin")
    assert permissions.can_change_requests(user)
    assert not user.is_superuser
    assert "no-store" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_a_guarded_role_still_takes_two(client, manager, role):
    client.post(link(invite(manager, role)), CHOSEN)
    user = User.objects.get(username="robin")
    assert not permissions.has_role(user, role)
    decision = Decision.objects.get()
    assert (decision.about, decision.role, decision.asked_by) == (user, role, manager)


def used(client, invitation, manager):
    client.post(link(invitation), CHOSEN)
    return "was used before"


def taken_back(client, invitation, manager):
    workflow.revoke_invitation(invitation, actor=manager)
    return "was taken back"


def of_no_manager_any_more(client, invitation, manager):
    take_from_the_desk(manager)
    return "was taken back"


def invited_again(client, invitation, manager):
    invite(manager)
    return "was taken back"


@pytest.mark.parametrize("spoil", [used, taken_back, of_no_manager_any_more, invited_again])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_useless_link_says_why_and_is_an_event(client, manager, spoil, method):
    invitation = invite(manager)
    said = spoil(client, invitation, manager)
    before = User.objects.count()
    events = AuditEvent.objects.filter(detail__startswith="an invitation was tried in vain")
    assert not events.exists()
    sent = {"data": {**CHOSEN, "username": "again"}} if method == "post" else {}
    answer = getattr(client, method)(link(invitation), **sent)
    assert answer.status_code == 410
    assert said in answer.content.decode()
    assert events.count() == 1
    assert User.objects.count() == before


@pytest.mark.parametrize(("hours", "status"), [(71.9, 200), (72.1, 410)])
def test_it_is_good_for_72_hours(client, manager, hours, status):
    invitation = invite(manager)
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        answer = client.get(link(invitation))
        assert answer.status_code == status
        assert ("older than 72 hours" in answer.content.decode()) is (status == 410)


def test_an_account_that_was_switched_off_is_not_opened_by_it(client):
    user = UserFactory(username="new", password=NONE_YET)
    invitation = workflow.invite_account(user, actor=UserFactory(superuser=True))
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = client.post(link(invitation), CHOSEN)
    assert answer.status_code == 410
    assert "switched off" in answer.content.decode()
    assert not User.objects.get(pk=user.pk).check_password(WORD)


def test_an_account_that_waits_chooses_its_password_and_no_name(client):
    user = UserFactory(username="new", password=NONE_YET)
    invitation = workflow.invite_account(user, actor=UserFactory(superuser=True))
    assert "Your username is <strong>new</strong>" in client.get(link(invitation)).content.decode()
    client.post(link(invitation), CHOSEN)
    assert authenticate(username="new", password=WORD) == user
    assert not User.objects.filter(username="robin").exists()
    assert not permissions.can_read_requests(user)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "KIM"}, "Somebody else signs in by this"),
        ({"username": "Kim@Example.org"}, "Somebody else signs in by this"),
        # The same letters for the eye, and for whoever signs in.
        ({"username": "\uff4bim"}, "Somebody else signs in by this"),
        ({"username": "a b"}, "Enter a valid username"),
        ({"password_again": "another"}, "The two are not the same."),
        ({"password": "short", "password_again": "short"}, "Use 15 or more"),
        ({"password": "x" * 300, "password_again": "x" * 300}, "Use 128 characters or fewer."),
    ],
)
def test_what_does_not_fit_is_said_and_the_link_stays_good(client, manager, changes, said):
    address = link(invite(manager))
    answer = client.post(address, {**CHOSEN, **changes})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert client.post(address, CHOSEN).status_code == 302


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: "9" + t, lambda t: "x", lambda t: "x" * 5000])
def test_a_made_up_link_is_nothing_and_noted_nowhere(client, manager, change):
    token = change(workflow.invitation_token(invite(manager)))
    before = AuditEvent.objects.count()
    assert client.get(reverse("invitation"), {"token": token}).status_code == 404
    assert AuditEvent.objects.count() == before


def test_no_link_and_nothing_that_makes_one_alone_lies_in_the_database(manager):
    invitation = invite(manager)
    token = workflow.invitation_token(invitation)
    stored = str(list(Invitation.objects.values()))
    assert token.rpartition(":")[2] not in stored


def test_an_address_that_has_an_account_is_not_invited(manager):
    UserFactory(email="Robin@example.org")
    with pytest.raises(workflow.InvalidTransition):
        invite(manager)


def another_address(user):
    call_command("change_email", user.username, "right@example.org")


def another_password(user):
    user.set_password("a sentence that the server gave")
    user.save()


def test_a_mailbox_that_has_an_account_meanwhile_gets_no_second_one(client, manager):
    address = link(invite(manager))
    UserFactory(email="Robin@example.org")
    assert client.post(address, CHOSEN).status_code == 410
    assert not User.objects.filter(username="robin").exists()


def test_a_link_that_is_tried_again_and_again_fills_no_audit(client, manager):
    invitation = invite(manager)
    workflow.revoke_invitation(invitation, actor=manager)
    for _try in range(12):
        assert client.get(link(invitation)).status_code == 410
    assert AuditEvent.objects.filter(detail__startswith="an invitation was tried in vain").count() == 10


@pytest.mark.parametrize("change", [another_address, another_password])
def test_a_link_that_lies_in_a_mailbox_of_before_opens_nothing(client, change):
    user = UserFactory(username="new", password=NONE_YET)
    address = link(workflow.invite_account(user, actor=UserFactory(superuser=True)))
    assert client.get(address).status_code == 200
    change(user)
    assert client.post(address, CHOSEN).status_code == 410
    assert not User.objects.get(pk=user.pk).check_password(WORD)


def test_nothing_that_is_logged_makes_a_link(client, manager, caplog):
    """Not the way to the page either, which servers log."""
    invitation = invite(manager)
    nonce = Invitation.objects.get(pk=invitation.pk).nonce
    address = link(invitation)
    client.post(address, {**CHOSEN, "password_again": "another"})
    client.post(address, CHOSEN)
    client.get(address)
    assert len(caplog.records) >= 2
    assert nonce not in caplog.text
    assert nonce not in address.partition("?")[0]


def test_a_password_that_comes_too_late_is_given_back_to_nobody(manager):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(link(invite(manager)), {**CHOSEN, "csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert WORD not in answer.content.decode()


def test_the_password_is_the_same_on_every_keyboard(client, manager):
    composed = "früh übt möwe äpfel lied"
    apart = unicodedata.normalize("NFD", composed)
    client.post(link(invite(manager)), {**CHOSEN, "password": apart, "password_again": apart})
    assert authenticate(username="robin", password=composed)


def test_the_link_leads_to_where_staff_reach_the_admin(client, manager, settings):
    settings.SITE_URL, settings.STAFF_URL = "https://clinic.example.org", "https://desk.example.org"
    invite(manager)
    send_due()
    [message] = mail.outbox
    assert f"https://desk.example.org{reverse('invitation')}?token=" in message.body
    assert "https://clinic.example.org" not in message.body
