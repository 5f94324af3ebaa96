"""Wrong passwords and codes are counted and stopped, and no stranger shuts anybody out by them."""

import html
import re
import threading
from ipaddress import ip_network

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.accounts import guessing, known_devices, mailing
from clinic.accounts.models import TryCount
from consults import audit
from consults.models import AuditEvent
from consults.notices.outbox import send_due
from tests.accounts.doors import LOGIN, PASSWORD, WRONG, from_network, is_in, try_password
from tests.accounts.signing_in import give_factor
from tests.accounts.test_second_factor import CODE, code_at
from tests.consults.conftest import committed  # noqa: F401
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db]
AGAIN = "/admin/account/again/"
HELD_UP = "Too many wrong passwords were tried from here."


class CountingHasher(MD5PasswordHasher):
    """Makes hashes like the tests', and counts how often it is asked to."""

    asked = 0

    def encode(self, password, salt):
        """Count, then make it."""
        type(self).asked += 1
        return super().encode(password, salt)


@pytest.fixture
def desk():
    user = UserFactory(group="Front desk")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def hasher(settings):
    """The hasher in force, which counts."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.asked = 0
    return CountingHasher


def events_of(action):
    return list(AuditEvent.objects.filter(action=action).order_by("seq").values_list("detail", flat=True))


# --- the attack ------------------------------------------------------------------------------------------


@pytest.mark.once
def test_sixty_wrong_passwords_through_two_doors_and_then_the_right_one_is_not_in(client, desk):
    """Each is in the audit until nothing more is tried; the right one is not even looked at then."""
    for number in range(60):
        name = desk.username if number % 2 else desk.email
        try_password(client, name, f"{WRONG} {number}")
        client.post("/_util/login/", {"username": name, "password": f"{WRONG} {number}"})
    page = try_password(client, desk.username)
    assert not is_in(client)
    assert HELD_UP in page
    assert events_of("sign_in_fail") == ["wrong password"] * 10
    assert events_of("limit") == ["10 wrong passwords: from one network at one account"]
    assert audit.verify() == []


@pytest.mark.once
@pytest.mark.long
def test_two_hundred_wrong_ones_of_a_stranger_lock_nobody_out(desk):
    """From one network or from two hundred: whoever was here before gets in, with password and by mail."""
    known, elsewhere = from_network(190), UserFactory(group="Managers")
    elsewhere.set_password(PASSWORD)
    elsewhere.save()
    try_password(known, desk.username)
    assert is_in(known)
    known.post("/admin/logout/")
    stranger = from_network(0)
    for number in range(200):
        try_password(stranger if number < 100 else from_network(number), desk.username, WRONG)
    assert TryCount.objects.get(pk=guessing.PASSWORD.account.key(desk.pk)).n > guessing.PASSWORD.account.most
    # In the browser that was here before, with the password.
    try_password(known, desk.username)
    assert is_in(known)
    # In a browser that never was, it waits: the link that is mailed opens the way.
    new = from_network(191)
    assert HELD_UP in try_password(new, desk.username)
    new.post(reverse("account_reset_password"), {"login": desk.username})
    mailing.send_waiting()
    [link] = re.findall(r"https?://[^/]+(\S+token=\S+)", mail.outbox[-1].body)
    sent = {
        "token": link.partition("token=")[2],
        **dict.fromkeys(["password1", "password2"], "sixteen green hats"),
    }
    assert new.post(link.partition("?")[0], sent).url == LOGIN
    try_password(new, desk.username, "sixteen green hats")
    assert is_in(new)
    # Nobody else notices, wherever they are.
    other = from_network(192)
    try_password(other, elsewhere.username)
    assert is_in(other)


def test_the_page_says_how_long_what_works_and_whom_to_call(client, desk, settings):
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "phone": "(555) 555-0100"}
    for _ in range(11):
        page = html.unescape(try_password(client, desk.username, WRONG))
    assert f"{HELD_UP} Wait 15 minutes." in page
    assert "A passkey works now, and so does a new password by the link that we mail you." in page
    assert "For help call (555) 555-0100." in page
    assert WRONG not in page
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=16)):
        assert try_password(client, desk.username) == ""
    assert is_in(client)


@pytest.mark.once
def test_nothing_is_hashed_for_what_is_held_up(client, desk, hasher):
    for _ in range(10):
        try_password(client, desk.username, WRONG)
    assert hasher.asked > 0
    before = hasher.asked
    for _ in range(20):
        try_password(client, desk.username)
        try_password(client, desk.email)
    assert hasher.asked == before


@pytest.mark.parametrize("name", ["nobody", "nobody@example.org"])
def test_a_name_that_nobody_has_costs_as_many_hashes_and_says_the_same(client, desk, hasher, name):
    pages, costs = [], []
    for tried in (name, desk.username if "@" not in name else desk.email):
        before = hasher.asked
        page = try_password(client, tried, WRONG)
        costs.append(hasher.asked - before)
        pages.append(re.sub(r'value="[^"]*"', "", page))
    assert costs == [1, 1]
    assert pages[0] == pages[1]
    assert events_of("sign_in_fail") == ["no such account", "wrong password"]


def test_names_that_nobody_has_are_held_up_too_and_kept_nowhere(client, hasher):
    secret = "Markerpassword typed as a name"
    for _ in range(10):
        assert "fit together" in html.unescape(try_password(client, secret, WRONG))
    before = hasher.asked
    assert HELD_UP in try_password(client, secret, WRONG)
    assert hasher.asked == before
    kept = f"{list(TryCount.objects.values())}{list(AuditEvent.objects.values())}"
    assert "arker" not in kept
    assert "127.0.0" not in kept


@pytest.mark.once
def test_many_names_from_one_network_are_held_up_there_alone(desk, settings):
    stranger = from_network(0)
    for number in range(100):
        try_password(stranger, f"name{number}", WRONG)
    assert HELD_UP in try_password(stranger, desk.username)
    try_password(from_network(0), desk.username)
    other = from_network(1)
    try_password(other, desk.username)
    assert is_in(other)


def test_a_header_that_anybody_can_send_makes_no_new_network(desk):
    for number in range(30):
        browser = Client(REMOTE_ADDR="198.51.100.9", headers={"X-Forwarded-For": f"203.0.113.{number}"})
        page = try_password(browser, desk.username, WRONG)
    assert HELD_UP in page
    assert len(events_of("sign_in_fail")) == 10
    # The account, its network, all of it, and the two counts of mails to the owner.
    assert TryCount.objects.count() == 6


def test_behind_a_proxy_that_is_named_each_visitor_has_a_network(desk, settings):
    settings.TRUSTED_PROXIES = [ip_network("198.51.100.9")]
    for _ in range(11):
        browser = Client(REMOTE_ADDR="198.51.100.9", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.5"})
        try_password(browser, desk.username, WRONG)
    other = Client(REMOTE_ADDR="198.51.100.9", headers={"X-Forwarded-For": "203.0.114.5"})
    try_password(other, desk.username)
    assert is_in(other)


@pytest.mark.once
def test_the_right_password_is_not_counted_as_a_try(client, desk):
    for number in range(25):
        browser = Client()
        try_password(browser, desk.username)
        assert is_in(browser), number
    assert events_of("limit") == []


def test_the_right_password_gives_a_stranger_beside_it_no_new_tries(desk):
    """Somebody guesses in the same network in which others sign in all day."""
    stranger = from_network(0)
    for _ in range(9):
        try_password(stranger, desk.username, WRONG)
        try_password(from_network(0), desk.username)
    try_password(stranger, desk.username, WRONG)
    assert HELD_UP in try_password(stranger, desk.username)


def test_a_known_browser_has_tries_of_its_own_and_no_more(client, desk):
    try_password(client, desk.username)
    client.post("/admin/logout/")
    for _ in range(10):
        assert "fit together" in html.unescape(try_password(client, desk.username, WRONG))
    assert HELD_UP in try_password(client, desk.username)
    assert events_of("limit") == ["10 wrong passwords: in a browser that was here before"]


def test_a_browser_known_for_one_account_is_a_stranger_to_another(client, desk):
    other = UserFactory(group="Front desk")
    try_password(client, desk.username)
    client.post("/admin/logout/")
    for _ in range(10):
        try_password(client, other.username, WRONG)
    assert TryCount.objects.filter(pk=guessing.PASSWORD.account.key(other.pk)).exists()


def test_a_flood_from_everywhere_holds_up_new_browsers_alone(client, desk):
    try_password(client, desk.username)
    client.post("/admin/logout/")
    for _ in range(guessing.PASSWORD.everywhere.most):
        guessing.PASSWORD.everywhere.add()
    assert HELD_UP in try_password(from_network(0), desk.username)
    try_password(client, desk.username)
    assert is_in(client)


@pytest.mark.usefixtures("committed")
def test_of_many_at_once_no_more_are_looked_at_than_one_after_another(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    user = UserFactory()
    user.set_password(PASSWORD)
    user.save()
    CountingHasher.asked = 0
    start, pages = threading.Barrier(16), []

    def knock():
        try:
            start.wait()
            pages.append(try_password(Client(), user.username, WRONG))
        finally:
            connection.close()

    threads = [threading.Thread(target=knock) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert CountingHasher.asked == 10
    assert sum(HELD_UP in page for page in pages) == 6
    assert len(events_of("sign_in_fail")) == 10
    assert audit.verify() == []


# --- the cookie ------------------------------------------------------------------------------------------


def test_the_cookie_is_of_the_admin_alone_and_no_script_reads_it(client, desk, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = client.post(LOGIN, {"login": desk.username, "password": PASSWORD}, secure=True)
    cookie = answer.cookies[known_devices.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")
    assert cookie["secure"] is True
    assert int(cookie["max-age"]) == 180 * 24 * 3600
    assert desk.username not in cookie.value


@pytest.mark.parametrize("value", ["", "x", "WyJ4IiwgWyJ5Il1d:1abc:forged", "a" * 5000, "[]:x:y"])
def test_a_cookie_that_somebody_made_up_is_none(client, desk, value):
    client.cookies[known_devices.COOKIE] = value
    for _ in range(11):
        page = try_password(client, desk.username, WRONG)
    assert HELD_UP in page
    assert events_of("limit") == ["10 wrong passwords: from one network at one account"]


def test_a_password_alone_makes_no_browser_known_where_there_is_a_factor(client, desk):
    give_factor(desk)
    try_password(client, desk.username)
    assert known_devices.COOKIE not in client.cookies
    client.post(CODE, {"code": code_at(timezone.now())})
    assert known_devices.COOKIE in client.cookies


def test_a_new_password_makes_strangers_of_all_browsers(client, desk):
    try_password(client, desk.username)
    client.post("/admin/logout/")
    desk.set_password("another long password")
    desk.save()
    try_password(client, desk.username, "another long password")
    assert events_of("sign_in")[-1] == "with a password, from a new device"


# --- codes, and the password once more -------------------------------------------------------------------


def test_wrong_codes_are_held_up_for_whoever_knows_the_password(client, desk):
    give_factor(desk)
    try_password(client, desk.username)
    for _ in range(5):
        assert "That code is not right" in client.post(CODE, {"code": "000000"}).content.decode()
    page = client.post(CODE, {"code": code_at(timezone.now())}).content.decode()
    assert "Too many wrong codes were tried from here." in page
    assert "A passkey works now." in page
    assert not is_in(client)
    assert events_of("sign_in_fail") == ["wrong code"] * 5
    other = from_network(3)
    try_password(other, desk.username)
    other.post(CODE, {"code": code_at(timezone.now())})
    assert is_in(other)


def test_the_password_once_more_is_counted_too(client, desk):
    try_password(client, desk.username)
    for _ in range(10):
        assert "not your password" in client.post(AGAIN, {"password": WRONG}).content.decode()
    assert "Too many wrong passwords" in client.post(AGAIN, {"password": PASSWORD}).content.decode()
    assert events_of("sign_in_fail") == ["wrong password, signed in"] * 10
    # The door to sign in is another one.
    assert try_password(from_network(2), desk.username) == ""


# --- who hears of it -------------------------------------------------------------------------------------


def test_owner_and_holder_are_told_of_many_wrong_tries_once_an_hour(desk, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    for number in range(3):
        for _ in range(11):
            try_password(from_network(number), desk.username, WRONG)
    assert len(events_of("limit")) == 3
    send_due()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([desk.email, "owner@example.org"])
    assert "10 wrong passwords" in mail.outbox[0].body


@pytest.mark.once
def test_no_flood_of_wrong_tries_is_a_flood_of_mail(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    for number in range(15):
        user = UserFactory()
        for _ in range(11):
            try_password(from_network(number), user.username, WRONG)
    send_due()
    assert len([m for m in mail.outbox if m.to == ["owner@example.org"]]) == guessing.MAILS.most


def test_a_new_device_is_told_once_and_each_sign_in_is_noted(client, desk, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    for _ in range(2):
        try_password(client, desk.username)
        client.post("/admin/logout/")
    assert events_of("sign_in") == ["with a password, from a new device", "with a password"]
    assert AuditEvent.objects.filter(action="sign_in").first().actor == desk
    send_due()
    assert sorted(message.to[0] for message in mail.outbox) == sorted([desk.email, "owner@example.org"])


def test_the_ways_in_are_noted(client, desk):
    give_factor(desk)
    try_password(client, desk.username)
    client.post(CODE, {"code": code_at(timezone.now())})
    assert events_of("sign_in") == ["with a password and a code of an app, from a new device"]


def test_what_cannot_be_noted_signs_nobody_in(client, desk, monkeypatch):
    """The audit has no key: nothing may happen that it doesn't know of."""
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("django.conf.settings.CONSULTS_AUDIT_KEY", "")
        try_password(client, desk.username)
        assert client.get("/admin/").status_code != 200


def test_a_passkey_that_is_not_known_is_noted_but_never_held_up(client):
    for _ in range(40):
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
        assert "Too many" not in answer.content.decode()
    assert events_of("sign_in_fail") == ["unknown passkey"] * 30


def test_a_passkey_of_an_account_that_is_switched_off_is_noted(client):
    user = UserFactory(is_active=False)
    request = client.get(LOGIN).wsgi_request
    hints = dict.fromkeys(["email_verification", "signal_kwargs", "email", "redirect_url"])
    answer = get_adapter().pre_login(request, user, signup=False, **hints)
    assert answer.url == LOGIN
    assert events_of("sign_in_fail") == ["passkey, account switched off"]


# --- the counts ------------------------------------------------------------------------------------------


def test_a_clock_that_was_wrong_holds_nobody_up_for_longer(desk):
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=2)):
        for _ in range(11):
            page = try_password(from_network(0), desk.username, WRONG)
        assert HELD_UP in page
    browser = from_network(0)
    try_password(browser, desk.username)
    assert is_in(browser)


def test_what_counts_no_more_is_removed(desk):
    for number in range(5):
        try_password(from_network(number), desk.username, WRONG)
    assert TryCount.objects.count() > 5
    guessing.forget_ended()
    assert TryCount.objects.count() > 5
    with time_machine.travel(timezone.now() + timezone.timedelta(days=1, minutes=1)):
        guessing.forget_ended()
    assert TryCount.objects.count() == 0
