"""Staff sign in with passkeys and with the codes of an app, in a real browser with a virtual device."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from .axe import findings
from .visit import follow

pytestmark = pytest.mark.once
PASSWORD = "one long password for the walk"
MAKE = """
from django.contrib.auth.models import Group, User
user, _ = User.objects.get_or_create(username="{name}", email="{name}@example.org")
user.set_password("{password}")
user.save()
user.authenticator_set.all().delete()
user.groups.add(Group.objects.get(name="Editors"))
"""
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def somebody(demo_site):
    """A function that makes somebody with a password and nothing else."""

    def make(name):
        demo_site.manage("shell", "--verbosity", "0", "-c", MAKE.format(name=name, password=PASSWORD))
        return name

    return make


def give_password(window, name):
    window.go("/admin/")
    window.page.get_by_label("Username or e-mail address").fill(name)
    window.page.get_by_label("Password").fill(PASSWORD)
    follow(window.page.get_by_role("button", name="Sign in", exact=True))


def sign_out(window):
    window.go("/admin/logout/")
    follow(window.page.get_by_role("button", name="Sign out"))


def put_in_device(window):
    """Give the window a phone's lock that says yes to everything."""
    tools = window.page.context.new_cdp_session(window.page)
    tools.send("WebAuthn.enable")
    return tools, tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def test_a_passkey_is_added_signs_in_alone_and_as_the_second_step(visit, somebody):
    window = visit()
    page = window.page
    device = put_in_device(window)
    name = somebody("walker")
    give_password(window, name)
    assert window.path == "/admin/"
    follow(page.get_by_role("link", name="Add a passkey or an app"))
    follow(page.get_by_role("link", name="Add a passkey"))
    window.film("passkey-add")
    page.get_by_label("What do you call the device?").fill("The walker’s phone")
    follow(page.get_by_role("button", name="Add the passkey"))
    assert page.locator(".account__codes code").count() == 10
    follow(page.get_by_role("link", name="I have them on paper"))
    assert page.get_by_text("The walker’s phone").count()
    sign_out(window)

    # By itself: neither name nor password.
    window.go("/admin/pages/")
    follow(page.get_by_role("button", name="Sign in with a passkey"))
    assert window.path.startswith("/admin/pages/")
    sign_out(window)

    # After the password.
    give_password(window, name)
    assert window.path == "/admin/account/code/"
    follow(page.get_by_role("button", name="Use a passkey"))
    assert window.path == "/admin/"
    sign_out(window)

    # A device that does not ask who is there signs nobody in.
    tools, number = device
    tools.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    window.go("/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The device gave no passkey").wait_for()
    assert window.strangers == set()


def test_an_app_is_added_and_its_code_signs_in_without_javascript(visit, somebody):
    window = visit(javascript=False, width=390)
    page = window.page
    name = somebody("walker2")
    give_password(window, name)
    window.go("/admin/account/factors/app/")
    window.film("app-add")
    secret = page.locator(".account__key").inner_text()
    step = int(time.time()) // 30
    page.get_by_label("Code that the app shows").fill(format_hotp_value(hotp_value(secret, step)))
    follow(page.get_by_role("button", name="Add the app"))
    window.film("recovery-codes")
    codes = page.locator(".account__codes code").all_inner_texts()
    assert len(codes) == 10 and all(re.fullmatch(r"\d{4} \d{4}", code) for code in codes)
    sign_out(window)
    give_password(window, name)
    assert window.path == "/admin/account/code/"
    page.get_by_label("Code").fill("111111")
    follow(page.get_by_role("button", name="Go on"))
    assert page.get_by_text("That code is not right").count()
    # The next code, since the one that added the app was used.
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, step + 1)))
    follow(page.get_by_role("button", name="Go on"))
    assert window.path == "/admin/"
    sign_out(window)
    give_password(window, name)
    page.get_by_label("Code").fill(codes[0])
    follow(page.get_by_role("button", name="Go on"))
    assert window.path == "/admin/"


def test_no_barrier_where_staff_sign_in(visit, somebody):
    window = visit()
    page = window.page
    window.go("/admin/")
    found = findings(page, "sign in")
    page.get_by_label("Password").fill("wrong")
    page.get_by_label("Username or e-mail address").fill("nobody")
    follow(page.get_by_role("button", name="Sign in", exact=True))
    window.film("sign-in-wrong")
    found |= findings(page, "a wrong password")
    name = somebody("walker3")
    give_password(window, name)
    for address in ("factors/", "factors/app/", "factors/passkeys/add/", "again/"):
        window.go(f"/admin/account/{address}")
        found |= findings(page, address)
    assert found == {}
    assert window.strangers == set()


def test_signing_in_by_keyboard_alone(visit, somebody):
    name = somebody("walker4")
    window = visit()
    window.go("/admin/")
    page = window.page
    page.get_by_label("Username or e-mail address").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert window.path == "/admin/"


def test_no_barrier_where_passwords_and_addresses_change(visit, somebody):
    window = visit()
    page = window.page
    window.go("/admin/password_reset/")
    found = findings(page, "forgotten")
    page.get_by_label("Username or e-mail address").fill("walker5")
    follow(page.get_by_role("button", name="Mail me the link"))
    found |= findings(page, "link sent")
    window.film("link-sent")
    window.go("/admin/password_reset/set/?token=made-up")
    found |= findings(page, "link gone")
    give_password(window, somebody("walker5"))
    window.go("/admin/account/password/")
    page.get_by_label("New password", exact=True).fill("short")
    page.get_by_label("The new password once more").fill("shorter")
    follow(page.get_by_role("button", name="Set the new password"))
    found |= findings(page, "a password that is too short")
    window.film("password-short")
    window.go("/admin/account/email/")
    page.get_by_label("New e-mail address").fill("walker5-new@example.org")
    follow(page.get_by_role("button", name="Ask both mailboxes"))
    found |= findings(page, "another address")
    window.film("address-waits")
    assert found == {}
    assert window.strangers == set()


def test_after_many_wrong_passwords_the_page_says_what_works(visit, somebody):
    name = somebody("walker6")
    window = visit(width=390)
    page = window.page
    for _ in range(11):
        window.go("/admin/")
        page.get_by_label("Username or e-mail address").fill(name)
        page.get_by_label("Password").fill("wrong")
        follow(page.get_by_role("button", name="Sign in", exact=True))
    window.film("held-up")
    assert page.get_by_text("Too many wrong passwords were tried from here.").is_visible()
    assert page.get_by_role("link", name="Forgot your password?").is_visible()
    assert findings(page, "held up") == {}
