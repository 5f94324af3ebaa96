"""Another address needs a fresh sign-in and both mailboxes."""

import html

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.accounts import email_change, mailing
from clinic.accounts.models import EmailChange
from consults.models import AuditEvent
from consults.notices.outbox import send_due
from tests.accounts.doors import PASSWORD, is_in
from tests.accounts.mailed import links_of
from tests.accounts.signing_in import sign_in
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db]
PAGE = "/admin/account/email/"
OLD, NEW = "desk@example.org", "new@example.org"


@pytest.fixture
def desk():
    user = UserFactory(group="Front desk", email=OLD)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def asked(client, desk):
    """The links of both mailboxes: old, new."""
    sign_in(client, desk)
    assert client.post(PAGE, {"email": NEW}).status_code == 302
    [old], [new] = links_of(OLD), links_of(NEW)
    return old, new


def answer(link, what="agree"):
    """Send the form of a link, in a browser where nobody is signed in."""
    path, token = link
    return Client().post(path, {"token": token, what: "yes"}).content.decode()


def address_of(user):
    user.refresh_from_db()
    return user.email


def test_a_borrowed_session_changes_no_address_and_takes_no_account(client, desk):
    """By the page of the account, by the new page, and with a sign-in that is fresh: each is not enough."""
    sign_in(client, desk, is_fresh=False)
    client.post(
        "/admin/account/",
        {"name_email-first_name": "A", "name_email-last_name": "B", "name_email-email": NEW},
    )
    assert address_of(desk) == OLD
    assert client.get(PAGE).url.startswith(reverse("account_reauthenticate"))
    client.post(PAGE, {"email": NEW})
    assert email_change.waiting_change(desk) is None
    sign_in(client, desk)
    client.post(PAGE, {"email": NEW})
    answer(links_of(NEW)[0])
    assert address_of(desk) == OLD
    # The thief's mailbox brings no password either.
    Client().post("/admin/password_reset/", {"login": NEW})
    Client().post("/admin/password_reset/", {"login": desk.username})
    assert [path for path, _ in links_of(NEW)] == ["/admin/account/email/answer/"]


@pytest.mark.parametrize("first", [0, 1])
def test_both_mailboxes_change_it_in_either_order(client, desk, asked, first):
    EmailAddress.objects.create(user=desk, email=OLD, verified=True, primary=True)
    assert "as soon as the other mailbox agrees" in answer(asked[first])
    assert address_of(desk) == OLD
    assert "The address is changed" in answer(asked[1 - first])
    assert address_of(desk) == NEW
    assert not EmailAddress.objects.filter(email=OLD).exists()
    details = list(AuditEvent.objects.filter(action="email").order_by("seq").values_list("detail", flat=True))
    assert details == ["asked for another address", "both mailboxes agreed"]
    mail.outbox.clear()
    mailing.send_waiting()
    send_due()
    told = {message.to[0] for message in mail.outbox}
    assert {OLD, NEW} <= told
    # The new address signs in from now on, the old one does not.
    assert is_in_by(NEW)
    assert not is_in_by(OLD)


def is_in_by(name):
    browser = Client()
    browser.post("/admin/login/", {"login": name, "password": PASSWORD})
    return is_in(browser)


def test_stopping_it_from_the_old_mailbox_ends_every_session(client, desk, asked, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    old, new = asked
    assert is_in(client)
    assert "It is stopped" in answer(old, "stop")
    assert not is_in(client)
    assert "counts no more" in answer(new)
    assert address_of(desk) == OLD
    mail.outbox.clear()
    send_due()
    assert {message.to[0] for message in mail.outbox} == {OLD, "owner@example.org"}


def test_the_new_mailbox_cannot_stop_for_the_old_one(desk, asked):
    answer(asked[1], "stop")
    assert email_change.waiting_change(desk) is not None
    assert address_of(desk) == OLD


def test_a_link_counts_once_and_for_a_day(desk, asked):
    old, new = asked
    answer(new)
    assert "counts no more" in answer(new)
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=25)):
        assert "counts no more" in answer(old)
    assert address_of(desk) == OLD


def test_looking_agrees_to_nothing(desk, asked):
    for path, token in asked:
        page = Client().get(path, {"token": token})
        assert page.status_code == 200
        assert NEW in page.content.decode()
    assert address_of(desk) == OLD


def test_asking_again_replaces_what_was_asked_before(client, desk, asked):
    client.post(PAGE, {"email": "third@example.org"})
    for link in asked:
        assert "counts no more" in answer(link)
    answer(links_of("third@example.org")[0])
    answer(links_of(OLD)[-1])
    assert address_of(desk) == "third@example.org"


def test_an_address_that_was_taken_meanwhile_is_not_given_twice(desk, asked):
    answer(asked[0])
    other = UserFactory(email=NEW.upper())
    assert "Another account has this address" in answer(asked[1])
    assert (address_of(desk), address_of(other)) == (OLD, NEW.upper())


def test_one_without_an_address_asks_the_new_mailbox_alone(client):
    user = UserFactory(group="Front desk", email="")
    sign_in(client, user)
    client.post(PAGE, {"email": NEW})
    assert "The address is changed" in answer(links_of(NEW)[0])
    assert address_of(user) == NEW


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Robin <New@Example.org>", "New@example.org"),
        ("mailto:new@example.org", NEW),
        (" new@example.org\u200b", NEW),
        ("new＠example.org", NEW),
    ],
)
def test_an_address_is_cleaned_before_it_is_judged(client, desk, typed, kept):
    sign_in(client, desk)
    client.post(PAGE, {"email": typed})
    assert email_change.waiting_change(desk).new_address.casefold() == kept.casefold()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the new address."),
        ("new", "This is no e-mail address."),
        ("a@b, c@d", "This is no e-mail address."),
        ("new@example.org\nBcc: x@example.org", "This is no e-mail address."),
        (f"{'a' * 300}@example.org", "Ensure this value has at most 254 characters"),
        (OLD.upper(), "This is your address already."),
        ("taken@example.org", "Another account has this address."),
        ("manager@example.org", "Another account has this address."),
    ],
)
def test_what_is_no_address_of_ones_own_says_so(client, desk, typed, said):
    UserFactory(email="Taken@example.org")
    UserFactory(username="manager@example.org")
    sign_in(client, desk)
    page = html.unescape(client.post(PAGE, {"email": typed}).content.decode())
    assert said in page
    assert email_change.waiting_change(desk) is None


def test_old_changes_are_forgotten(desk, asked):
    mailing.forget_old()
    assert EmailChange.objects.count() == 1
    with time_machine.travel(timezone.now() + timezone.timedelta(days=32)):
        mailing.forget_old()
    assert not EmailChange.objects.exists()


def test_where_the_old_mailbox_is_gone_the_server_changes_it(desk, settings, capsys):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    call_command("change_email", desk.username, NEW)
    assert "Done." in capsys.readouterr().out
    assert address_of(desk) == NEW
    [event] = AuditEvent.objects.filter(action="email")
    assert (event.actor, event.detail) == (None, "by a command on the server")
    mailing.send_waiting()
    send_due()
    assert {message.to[0] for message in mail.outbox} == {OLD, NEW, "owner@example.org"}


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        ("nobody", NEW, "Nobody has this username."),
        ("desk", "new", "This is no e-mail address."),
        ("desk", "taken@example.org", "Another account has this address."),
    ],
)
def test_the_command_says_what_stands_in_the_way(name, address, said):
    UserFactory(username="desk", email=OLD)
    UserFactory(email="taken@example.org")
    with pytest.raises(CommandError, match=said):
        call_command("change_email", name, address)
