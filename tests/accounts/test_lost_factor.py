"""A lost factor is given back by two managers or by the server, and everybody hears of it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.accounts import lost_factor
from clinic.accounts.factors import has_own_factor
from clinic.accounts.lost_factor import NotAllowed, give_back
from consults.models import AuditEvent
from consults.notices.outbox import send_due
from tests.accounts.doors import PASSWORD, is_in
from tests.accounts.mailed import links_of
from tests.accounts.signing_in import give_factor, sign_in
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db]


def with_old_factor(**user):
    """Return somebody with a factor that is two days old."""
    user = UserFactory(**user)
    factor = give_factor(user)
    Authenticator.objects.filter(pk=factor.pk).update(created_at=timezone.now() - timedelta(days=2))
    return user


@pytest.fixture
def desk():
    user = with_old_factor(group="Front desk")
    RecoveryCodes.activate(user)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def manager():
    return with_old_factor(group="Managers")


@pytest.fixture
def second():
    return with_old_factor(group="Managers")


def test_two_managers_let_somebody_begin_anew(desk, manager, second, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    auditor = UserFactory(group="Auditors")
    browser = Client()
    sign_in(browser, desk, with_factor=True)
    assert is_in(browser)
    give_back(desk, actor=manager, second=second)
    assert not Authenticator.objects.filter(user=desk).exists()
    assert not is_in(browser)
    desk.refresh_from_db()
    assert not desk.check_password(PASSWORD)
    [(path, token)] = links_of(desk.email)
    new = {"token": token, "password1": "sixteen green hats", "password2": "sixteen green hats"}
    assert browser.post(path, new).status_code == 302
    [event] = AuditEvent.objects.filter(action="factor")
    assert (event.actor, event.references) == (manager, f"account:{desk.pk}")
    assert event.detail == f"gave back a lost factor (2 removed), agreed by {second.username}"
    mail.outbox.clear()
    send_due()
    assert {desk.email, auditor.email, "owner@example.org"} <= {message.to[0] for message in mail.outbox}


def test_one_manager_alone_cannot_where_there_is_another(desk, manager, second):
    for asked_at in (None, timezone.now() - timedelta(days=30)):
        with pytest.raises(NotAllowed, match="A second manager has to agree"):
            give_back(desk, actor=manager, asked_at=asked_at)
    assert has_own_factor(desk)


def test_in_a_clinic_of_one_manager_it_takes_a_day(desk, manager):
    for hours in (0, 23):
        with pytest.raises(NotAllowed, match="waits for 24 hours"):
            give_back(desk, actor=manager, asked_at=timezone.now() - timedelta(hours=hours))
    with pytest.raises(NotAllowed, match="waits for 24 hours"):
        give_back(desk, actor=manager)
    give_back(desk, actor=manager, asked_at=timezone.now() - timedelta(hours=24, minutes=1))
    assert not has_own_factor(desk)


def others():
    """Return who may not be one of the two, each with why."""
    fresh = UserFactory(group="Managers")
    give_factor(fresh)
    return {
        "of the desk": with_old_factor(group="Front desk"),
        "a site's administrator": with_old_factor(superuser=True),
        "without a factor": UserFactory(group="Managers"),
        "with a factor of today": fresh,
        "switched off": with_old_factor(group="Managers", is_active=False),
    }


def test_nobody_else_is_one_of_the_two(desk, manager, second):
    for why, other in others().items():
        for pair in ({"actor": other, "second": second}, {"actor": manager, "second": other}):
            with pytest.raises(NotAllowed):
                give_back(desk, **pair)
            assert has_own_factor(desk), why
    for pair in ({"actor": manager, "second": manager}, {"actor": desk, "second": second}):
        with pytest.raises(NotAllowed):
            give_back(desk, **pair)
    with pytest.raises(NotAllowed):
        give_back(manager, actor=manager, second=second)
    with pytest.raises(NotAllowed):
        give_back(manager, actor=second, second=manager)


def test_what_cannot_be_noted_gives_nothing_back(desk, manager, second, settings):
    settings.CONSULTS_AUDIT_KEY = ""
    with pytest.raises(Exception):  # noqa: B017
        give_back(desk, actor=manager, second=second)
    assert has_own_factor(desk)
    desk.refresh_from_db()
    assert desk.check_password(PASSWORD)


def test_the_command_of_the_server_does_it_and_says_so(desk, settings, capsys):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    call_command("give_back_factor", desk.username)
    assert "Done." in capsys.readouterr().out
    assert not has_own_factor(desk)
    [event] = AuditEvent.objects.filter(action="factor")
    assert (event.actor, event.detail) == (
        None,
        "gave back a lost factor (2 removed), by a command on the server",
    )
    send_due()
    assert {desk.email, "owner@example.org"} <= {message.to[0] for message in mail.outbox}


@pytest.mark.parametrize(
    ("user", "said"),
    [
        ({"is_active": False}, "switched off"),
        ({"email": ""}, "no e-mail address"),
        ({"username": "x"}, "Nobody"),
    ],
)
def test_the_command_says_what_stands_in_the_way(user, said):
    UserFactory(**{"username": "desk", **user})
    with pytest.raises(CommandError, match=said):
        call_command("give_back_factor", "desk")


def test_no_stranger_and_no_administrator_takes_a_factor_away(client, desk):
    """Nothing that the site answers to does it for another account."""
    admin = with_old_factor(superuser=True)
    for sign in (False, True):
        if sign:
            sign_in(client, admin, with_factor=True)
        factor = Authenticator.objects.get(user=desk, type=Authenticator.Type.TOTP)
        client.post(reverse("mfa_deactivate_totp"))
        client.post(reverse("mfa_remove_webauthn", args=[factor.pk]))
        client.post(reverse("mfa_generate_recovery_codes"))
        assert Authenticator.objects.filter(user=desk).count() == 2
    assert lost_factor.may_vouch(admin, for_user=desk) is False


# --- what people do with their own factors is noted ------------------------------------------------------


def test_a_recovery_code_that_was_used_is_told(client, desk):
    code = desk.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    client.post("/admin/login/", {"login": desk.username, "password": PASSWORD})
    client.post("/admin/account/code/", {"code": code})
    assert is_in(client)
    [event] = AuditEvent.objects.filter(action="factor")
    assert event.detail == "used a recovery code, 9 left"
    send_due()
    assert [m.to for m in mail.outbox if "recovery code, 9 left" in m.body] == [[desk.email]]


def test_factors_that_come_and_go_are_noted(client, desk, django_capture_on_commit_callbacks):
    sign_in(client, desk, with_factor=True)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
        client.post(reverse("mfa_deactivate_totp"))
    details = AuditEvent.objects.filter(action="factor", actor=desk).order_by("seq")
    assert sorted(event.detail for event in details) == [
        "made new recovery codes",
        "removed an app for codes",
        "removed recovery codes",
    ]


def test_signing_in_afresh_is_noted(client, desk):
    sign_in(client, desk, is_fresh=False)
    client.post("/admin/account/again/", {"password": PASSWORD})
    [event] = AuditEvent.objects.filter(action="sign_in")
    assert (event.actor, event.detail) == (desk, "afresh, with the password")


def test_a_password_from_the_server_is_told(monkeypatch, desk):
    monkeypatch.setattr("getpass.getpass", lambda **_prompt: "sixteen green hats")
    call_command("changepassword", desk.username)
    [event] = AuditEvent.objects.filter(action="password")
    assert (event.actor, event.detail) == (None, "by a command on the server")
    desk.refresh_from_db()
    assert desk.check_password("sixteen green hats")
