"""A lost factor is given back by the server, and everybody hears of it. By managers: with the desk."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from clinic.accounts.factors import has_own_factor
from clinic.accounts.lost_factor import give_back
from clinic.accounts.reset import mail_reset_link
from consults.models import AuditEvent
from consults.notices.outbox import send_due
from consults.sealing.keys import KeyProblem
from tests.accounts.doors import PASSWORD, is_in
from tests.accounts.mailed import links_of
from tests.accounts.signing_in import give_factor, sign_in
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


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


def test_what_cannot_be_noted_gives_nothing_back(desk, settings):
    settings.CONSULTS_AUDIT_KEY = ""
    with pytest.raises(KeyProblem):
        give_back(desk, actor=None)
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
    for is_signed_in, answer in ((False, 302), (True, 403)):
        if is_signed_in:
            sign_in(client, admin, with_factor=True)
        factor = Authenticator.objects.get(user=desk, type=Authenticator.Type.TOTP)
        client.post(reverse("mfa_deactivate_totp"))
        client.post(reverse("mfa_remove_webauthn", args=[factor.pk]))
        client.post(reverse("mfa_generate_recovery_codes"))
        assert Authenticator.objects.filter(user=desk).count() == 2
        assert client.post(reverse("consult_people:factor", args=[desk.pk])).status_code == answer
        assert Authenticator.objects.filter(user=desk).count() == 2


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


def test_a_factor_goes_only_where_that_can_be_noted(client, desk, settings):
    sign_in(client, desk, with_factor=True)
    settings.CONSULTS_AUDIT_KEY = ""
    with pytest.raises(KeyProblem):
        client.post(reverse("mfa_deactivate_totp"))
    assert has_own_factor(desk)


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


def test_a_password_from_the_server_outdates_links_and_sessions(client, monkeypatch, desk):
    """What lies in a mailbox that somebody else reads must not undo it."""
    sign_in(client, desk)
    mail_reset_link(desk, lasts=timedelta(hours=1))
    [(path, token)] = links_of(desk.email)
    monkeypatch.setattr("getpass.getpass", lambda **_prompt: "sixteen green hats")
    call_command("changepassword", desk.username)
    assert client.get(path, {"token": token}).status_code == 410
    assert not is_in(client)


def test_nothing_waits_for_the_database_while_a_password_is_typed(monkeypatch, desk):
    """Else nobody's request would be stored until the operator has found the words."""

    def typed(**_prompt):
        assert connection.in_atomic_block is is_in_test
        assert len(connection.savepoint_ids) == depth
        return "sixteen green hats"

    is_in_test, depth = connection.in_atomic_block, len(connection.savepoint_ids)
    monkeypatch.setattr("getpass.getpass", typed)
    call_command("changepassword", desk.username)


def test_a_password_from_the_server_needs_an_account():
    with pytest.raises(CommandError, match="Nobody has this username"):
        call_command("changepassword")


def test_a_site_administrator_from_the_server_is_told(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    auditor = UserFactory(group="Auditors")
    call_command("createsuperuser", "--noinput", "--username", "root", "--email", "root@example.org")
    [event] = AuditEvent.objects.filter(action="account")
    assert event.detail == "root: made on the server, a site administrator"
    send_due()
    assert {auditor.email, "owner@example.org"} == {message.to[0] for message in mail.outbox}
