"""Sessions of staff: what the table gives away, how they end, and what is noted of it."""

import re

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as BeforeThisTable
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.accounts.devices import UNKNOWN, device_of
from clinic.accounts.models import StaffSession, hash_of
from clinic.accounts.session_store import SessionStore
from clinic.accounts.sessions import end_sessions
from consults import workflow
from consults.models import AuditEvent, OutboxMessage
from consults.notices.outbox import send_due
from tests.accounts.conftest import FIREFOX
from tests.accounts.signing_in import give_factor, sign_in
from tests.factories.forms import BROWSER
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
SESSIONS = "/admin/account/sessions/"
PASSWORD, NEW_PASSWORD = "a long password of the desk", "new words for the desk"


@pytest.fixture
def desk():
    user = UserFactory(group="Front desk")
    user.set_password(PASSWORD)
    user.save()
    return user


def is_signed_in(client):
    return client.get(reverse("account_time_left")).json()["seconds"] > 0


def events(action="session"):
    return [
        (event.actor_name, event.references, event.detail)
        for event in AuditEvent.objects.filter(action=action)
    ]


def on_network(number):
    return {"REMOTE_ADDR": f"203.0.{number}.9"}


# --- the table


def test_whoever_has_the_table_has_no_session(client, desk):
    sign_in(client, desk)
    key = client.cookies["sessionid"].value
    assert is_signed_in(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_staffsession")
        [row] = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
    assert key not in str(row)
    for stolen in {str(value) for value in row if value}:
        thief = Client()
        thief.cookies["sessionid"] = stolen
        assert not is_signed_in(thief)


def test_what_packages_put_into_a_session_is_sealed_with_its_key(client, elsewhere, desk):
    """Asked to sign in afresh, allauth keeps the whole request, with its cookies."""
    sign_in(client, desk, is_fresh=False, with_factor=True)
    client.post(reverse("mfa_deactivate_totp"), {"words": "Markerwords"})
    key = client.cookies["sessionid"].value
    session = client.session
    session["note"] = f"Markerwords {key}"
    session.save()
    kept = str(StaffSession.objects.values().get())
    assert client.session["note"] == f"Markerwords {key}"
    assert "arkerwords" not in kept
    assert key not in kept
    # Put into the row of somebody else it opens as little.
    sign_in(elsewhere, UserFactory(group="Managers"))
    theirs = StaffSession.objects.exclude(user=desk)
    theirs.update(session_data=StaffSession.objects.get(user=desk).session_data)
    assert not is_signed_in(elsewhere)


def test_the_table_says_neither_address_nor_all_that_a_browser_says(client, desk):
    client.post(
        "/admin/login/", {"login": desk.username, "password": PASSWORD}, headers={"User-Agent": FIREFOX}
    )
    row = StaffSession.objects.values().get()
    assert row["user_id"] == desk.pk
    assert row["device"] == "Firefox on Windows"
    assert len(row["networks"]) == 16
    assert "127.0.0" not in str(row)
    assert "Mozilla" not in str(row)


def test_the_same_network_looks_different_in_each_session(client, elsewhere, desk):
    for browser in (client, elsewhere):
        sign_in(browser, desk)
        browser.get("/admin/")
    assert len({*StaffSession.objects.values_list("networks", flat=True)}) == 2


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox on Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/131.0 Safari/537 Edg/131.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537 Chrome/131.0 Safari/537", "Chrome on Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537 Chrome/131.0 Safari/537", "Chrome on Android"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/18 Safari/605",
            "Safari on a Mac",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/131 Safari/604",
            "Chrome on an iPhone",
        ),
        ("curl/8.0", UNKNOWN),
        ("", UNKNOWN),
        ("<script>" * 10_000, UNKNOWN),
    ],
)
def test_a_device_is_called_as_people_call_it(agent, device):
    assert device_of(agent) == device


def test_a_session_of_the_release_before_is_none_and_goes(client, desk):
    old = BeforeThisTable()
    old.create()
    client.cookies["sessionid"] = old.session_key
    assert not is_signed_in(client)
    assert Session.objects.count() == 1
    Session.objects.update(expire_date=timezone.now())
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_a_session_that_was_ended_meanwhile_is_not_written_again(desk):
    one = SessionStore()
    one.create()
    other = SessionStore(one.session_key)
    other["search"] = "x"
    one.delete()
    with pytest.raises(UpdateError):
        other.save()
    assert not StaffSession.objects.exists()


def test_what_is_over_is_cleared(client, elsewhere, desk, clock):
    sign_in(client, desk)
    clock.shift(15 * 60)
    sign_in(elsewhere, desk)
    call_command("clearsessions")
    # Not before nothing can hold it up any more.
    assert StaffSession.objects.count() == 2
    clock.shift(60)
    call_command("clearsessions")
    assert StaffSession.objects.count() == 1
    assert is_signed_in(elsewhere)
    assert events("sign_out") == [
        ("", f"account:{desk.pk}", "By itself, after 15 minutes without a sign of anybody.")
    ]


# --- My sessions


def test_somebody_sees_where_they_are_signed_in_and_ends_one(client, elsewhere, desk, clock):
    for browser in (client, elsewhere):
        sign_in(browser, desk)
        clock.shift(60)
        browser.get("/admin/")
    page = client.get(SESSIONS).content.decode()
    here, _, others = page.partition("<h2>Others</h2>")
    assert f"{UNKNOWN} on Android" in here
    assert "Firefox on Windows" in others
    assert "Firefox on Windows" not in here
    [key] = re.findall(r'name="session" value="(\w+)"', others)
    assert "It was ended." in client.post(SESSIONS, {"session": key}, follow=True).content.decode()
    assert not is_signed_in(elsewhere)
    assert is_signed_in(client)
    assert events() == [(desk.username, f"account:{desk.pk}", "1 session was ended. It was ended by hand.")]
    assert "nowhere else" in client.get(SESSIONS).content.decode()


def test_somebody_ends_all_others(client, elsewhere, desk):
    third = Client()
    for browser in (client, elsewhere, third):
        sign_in(browser, desk)
    assert "2 sessions were ended." in client.post(SESSIONS, follow=True).content.decode()
    assert [is_signed_in(browser) for browser in (client, elsewhere, third)] == [True, False, False]


@pytest.mark.parametrize("key", ["0" * 64, "x", "' OR 1=1", "f" * 9000, "\x00"])
def test_what_is_no_session_of_theirs_ends_nothing(client, elsewhere, desk, key):
    sign_in(client, desk)
    sign_in(elsewhere, UserFactory(group="Managers"))
    others = [hash_of(elsewhere.cookies["sessionid"].value), key]
    for sent in others:
        said = client.post(SESSIONS, {"session": sent}, follow=True).content.decode()
        assert "nothing to end" in said
    assert is_signed_in(client) and is_signed_in(elsewhere)
    assert not events()


@pytest.mark.parametrize("group", ["Editors", "Front desk", "Managers", "Auditors"])
def test_all_staff_have_the_page_and_find_it_on_their_account(client, group):
    sign_in(client, UserFactory(group=group))
    assert client.get(SESSIONS).status_code == 200
    assert f'href="{SESSIONS}"' in client.get("/admin/account/").content.decode()


def test_nobody_else_has_it(client):
    assert client.get(SESSIONS).url.startswith("/admin/login/")
    assert client.post(SESSIONS).status_code == 302


def test_the_page_asks_no_more_for_more_sessions(client, desk, count_queries):
    sign_in(client, desk)
    few = count_queries(lambda: client.get(SESSIONS))
    for _ in range(20):
        sign_in(Client(), desk)
    assert count_queries(lambda: client.get(SESSIONS)) == few


def test_a_page_of_the_admin_asks_for_its_session_once(
    client, desk, count_queries, django_assert_num_queries
):
    sign_in(client, desk)
    client.get("/admin/account/sessions/left/")
    # The session, and whose it is.
    with django_assert_num_queries(2):
        client.get(reverse("account_time_left"))


# --- what ends them


def test_all_sessions_of_somebody_end_and_others_stay(client, elsewhere, desk):
    manager = UserFactory(group="Managers")
    sign_in(client, desk)
    sign_in(elsewhere, manager)
    assert end_sessions(desk, why="A role was taken.", actor=manager) == 1
    assert not is_signed_in(client)
    assert is_signed_in(elsewhere)
    assert events() == [(manager.username, f"account:{desk.pk}", "1 session was ended. A role was taken.")]
    assert end_sessions(desk, why="Once more.", actor=manager) == 0
    assert len(events()) == 1


def edit_user(client, user, **changes):
    sent = {
        "username": user.username,
        "email": user.email,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
    }
    sent = {name: value for name, value in {**sent, **changes}.items() if value is not None}
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), sent)


def test_switched_off_somebody_is_out_at_once(client, elsewhere):
    admin, editor = sign_in(client, UserFactory(superuser=True)), UserFactory(group="Editors")
    sign_in(elsewhere, editor)
    assert edit_user(client, editor).status_code == 302
    assert is_signed_in(elsewhere)
    assert edit_user(client, editor, is_active=None).status_code == 302
    assert not StaffSession.objects.filter(user=editor).exists()
    assert not is_signed_in(elsewhere)
    [event] = events()
    assert event[0] == admin.username


def test_switched_off_among_several_somebody_is_out_at_once(client, elsewhere):
    sign_in(client, UserFactory(superuser=True))
    editor = sign_in(elsewhere, UserFactory(group="Editors"))
    address = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{address}?id={editor.pk}", {"mark_as_active": "False"})
    assert not StaffSession.objects.filter(user=editor).exists()


def test_switched_off_at_the_desk_somebody_is_out_at_once(elsewhere, desk):
    sign_in(elsewhere, desk)
    workflow.switch_off(desk, actor=UserFactory(group="Managers"))
    assert not StaffSession.objects.filter(user=desk).exists()
    assert not is_signed_in(elsewhere)


def test_switched_off_by_whatever_way_the_next_request_finds_nobody(client, desk):
    sign_in(client, desk)
    type(desk).objects.filter(pk=desk.pk).update(is_active=False)
    assert client.get("/admin/requests/").url.startswith("/admin/login/")


def test_a_factor_that_goes_ends_the_other_sessions(client, elsewhere, desk):
    factor = give_factor(desk)
    for browser in (client, elsewhere):
        sign_in(browser, desk, with_factor=True)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["reauthenticated"] = True
    session.save()
    client.post(reverse("mfa_deactivate_totp"))
    assert not type(factor).objects.filter(pk=factor.pk).exists()
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_whoever_wants_to_leave_leaves_also_where_nothing_can_be_noted(client, desk, settings):
    sign_in(client, desk)
    settings.CONSULTS_AUDIT_KEY = ""
    assert client.post("/admin/logout/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_signing_out_is_noted(client, desk):
    sign_in(client, desk)
    client.get("/admin/logout/")
    assert not events("sign_out")
    client.post("/admin/logout/")
    assert events("sign_out") == [(desk.username, f"account:{desk.pk}", "")]
    assert not StaffSession.objects.filter(user=desk).exists()


# --- another network


def test_another_network_is_noted_once_and_told_once_an_hour(client, desk, clock):
    sign_in(client, desk)
    clock.shift(60)
    for number in (1, 1, 2, 2, 1, 3, 2):
        assert client.get("/admin/", **on_network(number)).status_code == 200
    assert len(events()) == 2
    assert (
        events()[0][2]
        == "The session of An unknown browser on Android came from another network than before."
    )
    assert OutboxMessage.objects.filter(recipient="holder").count() == 1
    for _ in range(6):
        clock.shift(601)
        client.get("/admin/", **on_network(1))
    client.get("/admin/", **on_network(4))
    assert OutboxMessage.objects.filter(recipient="holder").count() == 2
    assert send_due() == 2
    assert mail.outbox[0].to == [desk.email]
    assert "203.0" not in str([message.body for message in mail.outbox]) + str(events())


def test_a_neighbour_in_the_same_network_is_none(client, desk):
    sign_in(client, desk)
    for address in ("203.0.113.7", "203.0.113.9"):
        client.get("/admin/", REMOTE_ADDR=address)
    assert not events()


def test_whoever_travels_all_day_fills_neither_table_nor_audit(client, desk, clock):
    sign_in(client, desk)
    for number in range(40):
        client.get("/admin/", **on_network(number))
    assert len(events()) == 19
    assert len(StaffSession.objects.get().networks.split()) == 20


def test_the_first_network_of_a_session_is_no_event(desk):
    client = Client(headers=BROWSER)
    client.post("/admin/login/", {"login": desk.username, "password": PASSWORD}, **on_network(5))
    client.get("/admin/", **on_network(5))
    assert not events()


def test_sessions_and_factors_lead_to_each_other(client):
    sign_in(client, UserFactory(group="Front desk"), with_factor=True)
    factors, sessions = reverse("mfa_index"), reverse("account_sessions")
    assert f'href="{sessions}"' in client.get(factors).content.decode()
    assert f'href="{factors}"' in client.get(sessions).content.decode()


def test_whoever_has_no_factor_is_led_to_no_page_that_leads_back(client):
    sign_in(client, UserFactory(group="Front desk"))
    assert f'href="{reverse("account_sessions")}"' not in client.get(reverse("mfa_index")).content.decode()
