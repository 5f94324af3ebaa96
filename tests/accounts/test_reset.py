"""A forgotten password: the mailbox brings a new one, and nothing else."""

import html
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.accounts import mailing
from clinic.accounts.email_change import ask_for_change
from clinic.accounts.factors import has_own_factor
from clinic.accounts.models import AccountMail
from consults import workflow
from consults.models import AuditEvent
from consults.notices.outbox import send_due
from tests.accounts.doors import LOGIN, PASSWORD, from_network, is_in, try_password
from tests.accounts.mailed import links_of
from tests.accounts.signing_in import give_factor, sign_in
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASK, SET = "/admin/password_reset/", "/admin/password_reset/set/"
NEW = "sixteen green hats"
OFF, ON = {"first_name": "A", "last_name": "B"}, {"is_active": "on"}


@pytest.fixture
def desk():
    user = UserFactory(group="Front desk")
    user.set_password(PASSWORD)
    user.save()
    return user


def ask(browser, name):
    return browser.post(ASK, {"login": name}, follow=True)


def set_new(browser, token, first=NEW, second=None):
    sent = {"token": token, "password1": first, "password2": first if second is None else second}
    return browser.post(SET, sent)


def test_a_link_brings_a_new_password_and_signs_nobody_in(client, desk):
    give_factor(desk)
    open_before = Client()
    sign_in(open_before, desk)
    assert is_in(open_before)
    ask(client, desk.email)
    [(path, token)] = links_of(desk.email)
    assert path == SET
    page = client.get(path, {"token": token})
    assert page.status_code == 200
    assert (page["Referrer-Policy"], "no-store" in page["Cache-Control"]) == ("same-origin", True)
    answer = set_new(client, token)
    assert (answer.status_code, answer.url) == (302, LOGIN)
    assert not is_in(client)
    # What was open is closed, and the factor is asked for as before.
    assert not is_in(open_before)
    assert has_own_factor(desk)
    assert client.post(LOGIN, {"login": desk.username, "password": NEW}).url == "/admin/account/code/"
    assert not is_in(client)
    [event] = AuditEvent.objects.filter(action="password")
    assert (event.actor, event.references) == (None, f"account:{desk.pk}")
    assert event.detail == "by the link in a mail"
    send_due()
    assert [m.to for m in mail.outbox if "Changed a password" in m.body] == [[desk.email]]


def test_the_answer_is_the_same_for_whoever_is_asked_for(desk):
    off = UserFactory(is_active=False)
    off.set_password(PASSWORD)
    off.save()
    invited = UserFactory()
    invited.set_unusable_password()
    invited.save()
    names = [desk.username, desk.email, "nobody", "nobody@example.org", off.username, invited.email]
    answers = [ask(from_network(number), name) for number, name in enumerate(names)]
    assert len({answer.content for answer in answers}) == 1
    assert len({str(answer.redirect_chain) for answer in answers}) == 1
    mailing.send_waiting()
    assert [message.to for message in mail.outbox] == [[desk.email]] * 2


def test_nothing_is_sent_while_the_page_is_answered(client, desk):
    ask(client, desk.username)
    assert mail.outbox == []


def test_links_are_three_an_hour_and_a_stranger_takes_none_away(client, desk):
    for number in range(10):
        ask(from_network(number), desk.email)
    found = links_of(desk.email)
    assert len(found) == 3
    # The holder uses any of those that the stranger asked for.
    assert set_new(client, found[0][1]).status_code == 302
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=61)):
        ask(client, desk.email)
        assert len(links_of(desk.email)) == 4


def test_one_network_asks_for_no_more_than_a_clinic_would(desk):
    users = [UserFactory() for _ in range(35)]
    for user in users:
        user.set_password(PASSWORD)
        user.save()
        ask(from_network(0), user.email)
    assert AccountMail.objects.count() == 30


def test_a_link_counts_once_and_so_do_the_others_then(client, desk):
    for _ in range(2):
        ask(client, desk.email)
    (_, first), (_, second) = links_of(desk.email)
    assert set_new(client, first).status_code == 302
    for token in (first, second):
        answer = set_new(Client(), token, "another nineteen lamps")
        assert answer.status_code == 410
        assert "counts no more" in answer.content.decode()
    desk.refresh_from_db()
    assert desk.check_password(NEW)


def test_a_link_is_good_for_an_hour(client, desk):
    ask(client, desk.email)
    [(path, token)] = links_of(desk.email)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=61)):
        assert client.get(path, {"token": token}).status_code == 410


def test_a_link_of_an_account_that_is_switched_off_opens_nothing(client, desk):
    ask(client, desk.email)
    [(path, token)] = links_of(desk.email)
    desk.is_active = False
    desk.save()
    assert client.get(path, {"token": token}).status_code == 410
    assert set_new(client, token).status_code == 410


@pytest.mark.parametrize("token", ["", "x", "a" * 5000, "\x00", "’"])
def test_a_link_that_is_none_says_so(client, desk, token):
    assert client.get(SET, {"token": token}).status_code == 410
    assert set_new(client, token).status_code == 410


def test_many_links_that_are_none_are_not_looked_at(client):
    answers = [client.get(SET, {"token": f"made up {number}"}).status_code for number in range(31)]
    assert answers == [410] * 30 + [429]


def test_looking_at_a_link_uses_nothing_up(client, desk):
    """Programs that read mail follow links."""
    ask(client, desk.email)
    [(path, token)] = links_of(desk.email)
    for _ in range(3):
        assert client.get(path, {"token": token}).status_code == 200
    assert set_new(client, token).status_code == 302


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("short", "short", "Use 15 or more"),
        ("passwordpassword", "passwordpassword", "lists of stolen passwords"),
        (NEW, "sixteen green hat", "These are not the same"),
        ("", "", "Type a new password."),
        ("word " * 100, "word " * 100, "Use 128 characters or fewer."),
    ],
)
def test_a_password_that_won_t_do_says_why_and_keeps_the_link(client, desk, first, second, said):
    ask(client, desk.email)
    [(_, token)] = links_of(desk.email)
    page = set_new(client, token, first, second)
    assert said in html.unescape(page.content.decode())
    assert page.status_code == 200
    assert set_new(client, token).status_code == 302


def test_the_database_holds_no_link(client, desk):
    ask(client, desk.email)
    [(_, token)] = links_of(desk.email)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_accountmail")
        assert token not in str(cursor.fetchall())


def test_a_mail_that_fails_is_sent_later_with_a_link_that_works(client, desk, settings):
    ask(client, desk.email)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    with pytest.raises(OSError):
        mailing.send_waiting()
    settings.EMAIL_BACKEND = backend
    [(_, token)] = links_of(desk.email)
    assert set_new(client, token).status_code == 302


@pytest.mark.parametrize("rest", ["done/", "confirm/MQ/set-password/", "complete/", "x/"])
def test_wagtails_own_way_is_closed(client, rest):
    assert client.get(f"{ASK}{rest}").status_code == 404


def test_old_mails_are_forgotten(client, desk):
    ask(client, desk.email)
    mailing.forget_old()
    assert AccountMail.objects.count() == 1
    with time_machine.travel(timezone.now() + timezone.timedelta(days=31)):
        mailing.forget_old()
    assert not AccountMail.objects.exists()


# --- a new password of somebody who is signed in ---------------------------------------------------------


PAGE = "/admin/account/password/"


def change(browser, password=NEW):
    return browser.post(PAGE, {"password1": password, "password2": password})


def test_a_new_password_goes_on_here_and_ends_all_other_sessions(client, desk):
    other = Client()
    sign_in(other, desk)
    sign_in(client, desk)
    assert client.get(PAGE).status_code == 200
    assert change(client).url == "/admin/account/"
    assert is_in(client)
    assert not is_in(other)
    [event] = AuditEvent.objects.filter(action="password")
    assert (event.actor, event.detail) == (desk, "by its holder")
    send_due()
    assert desk.email in {message.to[0] for message in mail.outbox}
    # This browser is known with the new password.
    client.post("/admin/logout/")
    try_password(client, desk.username, NEW)
    assert not AuditEvent.objects.filter(action="sign_in", detail__contains="new device").exists()


def test_a_borrowed_session_sets_no_password(client, desk):
    sign_in(client, desk, is_fresh=False)
    assert client.get(PAGE).url.startswith(reverse("account_reauthenticate"))
    change(client)
    desk.refresh_from_db()
    assert desk.check_password(PASSWORD)


def test_the_page_of_the_account_has_neither_password_nor_address(client, desk):
    sign_in(client, desk)
    page = client.get("/admin/account/").content.decode()
    assert 'type="password"' not in page
    assert 'name="name_email-email"' not in page
    assert f'href="{PAGE}"' in page
    assert f'href="{reverse("account_email")}"' in page
    names = {
        "name_email-first_name": "A",
        "name_email-last_name": "B",
        "name_email-email": "thief@example.org",
    }
    names |= {f"password-{name}": NEW for name in ("new_password1", "new_password2")}
    client.post("/admin/account/", {**names, "password-old_password": PASSWORD})
    kept = (desk.email, desk.password)
    desk.refresh_from_db()
    assert (desk.email, desk.password) == kept


def test_the_link_leads_to_where_staff_reach_the_admin(client, desk, settings):
    settings.SITE_URL, settings.STAFF_URL = "https://clinic.example.org", "https://desk.example.org"
    ask(client, desk.username)
    links_of(desk.email)
    [message] = mail.outbox
    assert f"https://desk.example.org{SET}?token=" in message.body
    assert "https://clinic.example.org" not in message.body


def by_managers(client, user):
    manager = UserFactory(group="Managers")
    workflow.switch_off(user, actor=manager)
    workflow.let_in_again(user, actor=manager)


def by_the_form(client, user):
    put_off, put_on = ({**OFF, "username": user.username, "email": user.email, **on} for on in ({}, ON))
    for sent in (put_off, put_on):
        client.post(reverse("wagtailusers_users:edit", args=[user.pk]), sent)


def by_a_list(client, user):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    for is_on in (False, True):
        client.post(f"{address}?id={user.pk}", {"mark_as_active": is_on})


@pytest.mark.parametrize(
    ("group", "switch"), [("Front desk", by_managers), ("Editors", by_the_form), ("Editors", by_a_list)]
)
def test_no_link_of_before_opens_an_account_that_was_switched_off_and_on(client, group, switch):
    user = UserFactory(group=group)
    mailing.ask(mailing.Kind.RESET, user, user.email, lasts=timedelta(hours=1))
    ask_for_change(user, "another@example.org")
    before = links_of(user.email)
    assert len(before) == 2
    sign_in(client, UserFactory(superuser=True))
    switch(client, user)
    user.refresh_from_db()
    assert user.is_active
    assert [Client().get(path, {"token": token}).status_code for path, token in before] == [410, 410]
