"""Whoever is away is signed out, whatever their browser sends meanwhile; whoever works is not."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from clinic.accounts.models import StaffSession
from tests.accounts.signing_in import sign_in
from tests.consults.test_every_address import ADDRESSES
from tests.factories.consults import make_consult
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory, put_at_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGIN = "/admin/login/"
READERS, OTHERS, LONGEST = 15 * 60, 30 * 60, 12 * 60 * 60
JSON = {"Accept": "application/json"}
# What the form of a page sends, as far as it is looked at here.
FORM = {"title": "About mornings", "slug": "about-mornings", "body-count": "0"}


def is_signed_in(client):
    """Ask as the page does, which is no sign of anybody."""
    return client.get(reverse("account_time_left")).json()["seconds"] > 0


@pytest.fixture
def page():
    return StandardPageFactory(parent=HomePageFactory.make_site(), title="About mornings")


@pytest.fixture
def editor(client, page):
    return sign_in(client, UserFactory(superuser=True))


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def ping_address(client, page):
    """Open the editor, and return where it will say every ten seconds that it is still open."""
    opened = client.get(edit_address(page)).content.decode()
    return re.search(r'data-w-swap-src-value="([^"]*/editing-sessions/ping/[^"]+)"', opened)[1]


@pytest.mark.parametrize(("group", "seconds"), [("Front desk", READERS), ("Auditors", OTHERS)])
def test_it_ends_on_the_second_with_pings_running(client, clock, page, group, seconds):
    user = UserFactory(group=group)
    user.groups.add(Group.objects.get(name="Editors"))
    user.save()
    sign_in(client, user)
    # Some moments after signing in: whatever somebody does last counts.
    clock.shift(7)
    ping = ping_address(client, page)
    for _ in range(10, seconds, 10):
        clock.shift(10)
        assert client.post(ping).status_code == 200
    clock.shift(9)
    assert client.post(ping).status_code == 200
    clock.shift(1)
    assert client.post(ping).status_code == 302
    assert client.get("/admin/").url.startswith(LOGIN)


def test_what_is_done_within_a_minute_counts_and_is_not_written(client, clock):
    sign_in(client, UserFactory(group="Front desk"))
    clock.shift(60)
    client.get("/admin/")
    for _ in range(2):
        clock.shift(25)
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        assert not [one for one in queries if "UPDATE" in one["sql"] and "staffsession" in one["sql"]]
    clock.shift(READERS - 1)
    assert is_signed_in(client)
    clock.shift(1)
    assert not is_signed_in(client)


def test_what_a_browser_keeps_of_the_last_use_holds_for_its_own_session_alone(client, elsewhere, clock):
    user = UserFactory(group="Front desk")
    for browser in (client, elsewhere):
        sign_in(browser, user)
    clock.shift(50)
    client.get("/admin/")
    mark = client.cookies["sessionid-used"].value
    clock.shift(READERS - 50)
    assert is_signed_in(client)
    # Neither copied nor changed it is worth anything.
    for copied in (mark, mark.replace("1", "2")):
        elsewhere.cookies["sessionid-used"] = copied
        assert not is_signed_in(elsewhere)


def test_nobody_stays_longer_than_half_a_day(client, clock):
    sign_in(client, UserFactory(group="Front desk"))
    for _ in range(LONGEST // 600 - 1):
        clock.shift(600)
        assert client.get("/admin/requests/").status_code == 200
    clock.shift(599)
    assert client.get("/admin/requests/").status_code == 200
    clock.shift(1)
    assert client.get("/admin/requests/").url.startswith(LOGIN)


def test_a_new_key_makes_no_session_younger(client, clock):
    user = UserFactory(group="Front desk")
    user.set_password("an old password")
    user.save()
    sign_in(client, user)
    session, began = client.session, StaffSession.objects.get().began
    clock.shift(600)
    session.cycle_key()
    session.save()
    row = StaffSession.objects.get()
    assert row.began == began
    assert row.pk == session.row.pk


def test_the_hours_and_minutes_are_settings(client, clock, settings):
    settings.CONSULTS_IDLE_MINUTES, settings.ACCOUNTS_IDLE_MINUTES = 5, 40
    sign_in(client, UserFactory(group="Front desk"))
    clock.shift(5 * 60)
    assert not is_signed_in(client)
    sign_in(client, UserFactory(group="Auditors"))
    clock.shift(40 * 60 - 1)
    assert is_signed_in(client)
    settings.ACCOUNTS_SESSION_HOURS = 0
    assert not is_signed_in(client)


def by_themselves(page):
    """Return what an open page sends while nobody is there."""
    edit = edit_address(page)
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    listing = reverse("wagtailadmin_explore_results", args=[page.get_parent().pk])
    return {
        "autosave": lambda client: client.post(edit, FORM, headers=JSON),
        "refused autosave of a snippet": lambda client: client.post(
            reverse("wagtailsnippets_core_faq:add"), {}, headers=JSON
        ),
        "after an autosave": lambda client: client.get(f"{edit}?_w_hydrate_create_view=1"),
        "preview": lambda client: client.post(preview, FORM),
        "preview beside": lambda client: client.get(f"{preview}?in_preview_panel=true"),
        "words of the scripts": lambda client: client.get("/admin/jsi18n/"),
        "a list that refreshes": lambda client: client.get(listing),
        "said by a header": lambda client: client.get("/admin/", headers={"X-By-Itself": "1"}),
        "said by the address": lambda client: client.get("/admin/?by-itself=1"),
        "fetched ahead": lambda client: client.get("/admin/", headers={"Sec-Purpose": "prefetch"}),
        "asked for the time": lambda client: client.get(reverse("account_time_left")),
        "a public page": lambda client: client.get(page.url),
    }


def test_what_a_browser_does_by_itself_is_no_sign_of_anybody(client, clock, page, editor):
    for name, send in by_themselves(page).items():
        sign_in(client, editor)
        clock.shift(OTHERS - 10)
        assert send(client).status_code == (400 if "refused" in name else 200), name
        clock.shift(10)
        assert not is_signed_in(client), name


def by_a_person(page):
    """Return what only a person sends."""
    return {
        "a page": lambda client: client.get("/admin/"),
        "a form": lambda client: client.post(edit_address(page), FORM),
        "asks to stay": lambda client: client.post(reverse("account_stay"), headers={"Accept": "*/*"}),
    }


def test_what_a_person_does_is(client, clock, page, editor):
    for name, send in by_a_person(page).items():
        sign_in(client, editor)
        clock.shift(OTHERS - 10)
        assert send(client).status_code == (302 if name == "a form" else 200), name
        clock.shift(OTHERS - 1)
        assert is_signed_in(client), name
        clock.shift(1)
        assert not is_signed_in(client), name


def test_whoever_may_read_is_signed_out_sooner_from_their_next_step_on(client, clock):
    user = sign_in(client, UserFactory(group="Auditors"))
    put_at_the_desk(user, "Front desk")
    clock.shift(61)
    client.get("/admin/")
    clock.shift(READERS)
    assert not is_signed_in(client)


def test_it_is_over_outside_the_admin_too(client, clock, page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    sign_in(client, UserFactory(group="Front desk"))
    assert client.get(page.url).status_code == 200
    clock.shift(READERS)
    assert client.get(page.url).status_code == 302


def test_public_pages_look_at_no_session(client, page):
    sign_in(client, UserFactory(group="Front desk"))
    with CaptureQueriesContext(connection) as queries:
        response = client.get(page.url)
    assert not [one for one in queries if "session" in one["sql"]]
    assert not response.cookies


@pytest.mark.parametrize("seconds", [READERS, LONGEST])
def test_a_note_typed_meanwhile_is_back(client, clock, seconds):
    user = UserFactory(group="Front desk")
    consult = make_consult()
    sign_in(client, user)
    detail = reverse("consult_requests:detail", args=[consult.pk])
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(detail).content.decode())[1]
    clock.shift(seconds)
    sent = {"text": "Prefers the morning.", "csrfmiddlewaretoken": token}
    refused = client.post(reverse("consult_requests:note", args=[consult.pk]), sent)
    assert refused.status_code == 403
    assert "Prefers the morning." in refused.content.decode()
    assert not StaffSession.objects.of(user)


def test_a_page_knows_how_long_it_has(client, clock):
    sign_in(client, UserFactory(group="Front desk"))
    said = client.get("/admin/").content.decode()
    assert f'data-seconds="{READERS}"' in said
    assert 'data-can-stay="yes"' in said
    for _ in range(LONGEST // 600 - 1):
        clock.shift(600)
        client.get("/admin/")
    # Whoever has worked for so long can't put it off any more.
    left = client.post(reverse("account_stay")).json()
    assert (left["seconds"], left["can_stay"]) == (600, False)


def test_every_address_that_is_left_out_is_there():
    """A list of names that no address bears any more would leave out nothing."""
    assert {reverse("wagtailadmin_javascript_catalog"), reverse("wagtailadmin_sprite")} <= {*ADDRESSES}
    assert [one for one in ADDRESSES if "/editing-sessions/ping/" in one]
    assert [one for one in ADDRESSES if "/preview/" in one]


def test_nobody_signed_in_is_told_so(client):
    assert client.get(reverse("account_time_left")).json() == {"seconds": 0}
    assert client.post(reverse("account_stay")).json() == {"seconds": 0}
    assert "data-session-watch" not in client.get(LOGIN).content.decode()


def test_the_pages_of_an_account_watch_too(client, clock):
    sign_in(client, UserFactory(group="Front desk"), with_factor=True)
    said = client.get(reverse("mfa_index")).content.decode()
    assert f'data-seconds="{READERS}"' in said


def test_whoever_has_no_factor_yet_learns_how_long_they_have(client, settings):
    """Their page asks by itself, and a page about factors would be no answer to it."""
    settings.SECOND_FACTOR_REQUIRED = True
    client.handler = type(client.handler)(client.handler.enforce_csrf_checks)
    sign_in(client, UserFactory(group="Front desk"))
    assert 'data-seconds="' in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("account_time_left")).json()["seconds"] > 0
    assert client.post(reverse("account_stay")).json()["seconds"] > 0
