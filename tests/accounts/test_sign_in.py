"""Sessions end, pages grow old, and nothing that staff typed is lost by it or sent unasked."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from clinic.accounts.models import StaffSession, hash_of
from clinic.core.typed import answers_get, page_of
from consults.models import ConsultNote
from tests.consults.test_every_address import ADDRESSES
from tests.factories.consults import make_consult
from tests.factories.forms import BROWSER
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LOGIN, LOGOUT = "/admin/login/", "/admin/logout/"
PASSWORD = "a long password of the desk"
TYPED = "Markernote & more\nof it <b>"
OTHER_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://example.com"}


@pytest.fixture
def browser():
    """A browser that is asked for its tokens."""
    return Client(enforce_csrf_checks=True, headers=BROWSER)


@pytest.fixture
def desk():
    user = UserFactory(group="Front desk")
    user.set_password(PASSWORD)
    user.save()
    return user


def fields_of(response, action):
    """Return what the form with this action would send."""
    [form] = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', response.content.decode(), re.S)
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: html.unescape(value) for name, value in inputs}


def sign_in(browser, user, page=None):
    """Sign in by the form of a page."""
    page = page or browser.get(LOGIN)
    sent = {**fields_of(page, LOGIN), "login": user.get_username(), "password": PASSWORD}
    return browser.post(LOGIN, sent)


def note_address(consult):
    return reverse("consult_requests:note", args=[consult.pk])


def write_note(browser, consult, headers=None):
    """Send the form for a note from a page that was opened before."""
    token = browser.cookies["csrftoken"].value if "csrftoken" in browser.cookies else ""
    sent = {"text": TYPED, "csrfmiddlewaretoken": token}
    return browser.post(f"{note_address(consult)}?list=now&at=3", sent, headers=headers)


def kept_by_the_server(browser):
    return str([dict(browser.session.items()), *StaffSession.objects.values()])


def test_what_was_typed_is_back_after_signing_in_again(browser, desk):
    consult = make_consult()
    sign_in(browser, desk)
    StaffSession.objects.all().delete()
    refused = write_note(browser, consult)
    assert refused.status_code == 403
    assert html.escape(TYPED) in refused.content.decode()
    # A wrong password loses nothing either.
    wrong = {**fields_of(refused, LOGIN), "login": desk.get_username(), "password": "wrong"}
    refused = browser.post(LOGIN, wrong)
    again = sign_in(browser, desk, refused)
    assert again.status_code == 200
    assert html.escape(TYPED) in again.content.decode()
    assert not ConsultNote.objects.exists()
    action = f"{note_address(consult)}?list=now&amp;at=3"
    sent = fields_of(again, action)
    response = browser.post(html.unescape(action), sent)
    assert response.status_code == 302
    assert ConsultNote.objects.filter(consult=consult, author=desk).count() == 1
    assert "Marker" not in kept_by_the_server(browser)
    for page in (refused, again):
        assert "no-store" in page["Cache-Control"]
        assert "Marker" not in str(page.headers)


def test_signing_in_leads_to_the_page_of_what_takes_forms_alone(browser, desk):
    consult = make_consult()
    browser.get(LOGIN)
    refused = write_note(browser, consult)
    page = f"{reverse('consult_requests:detail', args=[consult.pk])}?list=now&at=3"
    assert fields_of(refused, LOGIN)["next"] == page
    # An address that somebody kept from before.
    response = sign_in(browser, desk, browser.get(LOGIN, {"next": note_address(consult)}))
    assert (response.status_code, response.url) == (302, page.partition("?")[0])
    assert browser.get(page).status_code == 200


def test_nothing_typed_leads_to_sign_in_as_before(client):
    consult = make_consult()
    response = client.post(note_address(consult))
    assert response.status_code == 302
    page = reverse("consult_requests:detail", args=[consult.pk])
    assert parse_qs(urlsplit(response.url).query) == {"next": [page]}


def test_every_address_of_the_admin_has_a_page_to_look_at(client):
    client.force_login(UserFactory(group="Managers", superuser=True))
    client.raise_request_exception = False
    pages = {page_of(address.format(pk=1)) for address in ADDRESSES if address.startswith("/admin/")}
    assert {"/admin/", "/admin/requests/", "/admin/requests/1/", "/admin/images/"} <= pages
    assert [page for page in pages if page != "/admin/" and not answers_get(page)] == []
    assert [page for page in pages if client.get(page).status_code == 405] == []


def test_a_page_that_is_too_old_gives_back_what_was_typed(browser, desk):
    """Somebody signed in anew in another window: the token of this page counts no more."""
    consult = make_consult()
    sign_in(browser, desk)
    old = fields_of(browser.get(reverse("consult_requests:detail", args=[consult.pk])), note_address(consult))
    browser.post(LOGOUT, {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value})
    sign_in(browser, desk)
    refused = browser.post(note_address(consult), {**old, "text": TYPED})
    assert refused.status_code == 403
    assert "Nothing was saved yet" in refused.content.decode()
    assert "no-store" in refused["Cache-Control"]
    sent = fields_of(refused, note_address(consult))
    assert sent["text"].replace("\r\n", "\n") == TYPED
    assert browser.post(note_address(consult), sent).status_code == 302
    assert ConsultNote.objects.count() == 1


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_another_site_sends_is_not_offered_to_be_sent_again(browser, desk, is_signed_in):
    consult = make_consult()
    if is_signed_in:
        sign_in(browser, desk)
    refused = browser.post(note_address(consult), {"text": TYPED}, headers=OTHER_SITE)
    assert refused.status_code == 403
    assert "Marker" not in refused.content.decode()


def test_no_password_is_given_back(browser, desk):
    sign_in(browser, desk)
    sent = {"contents": "opened", "password": "Markerpassword", "reason": "Because they asked for it."}
    refused = browser.post("/admin/requests/export/", sent)
    assert refused.status_code == 403
    assert "Because they asked for it." in refused.content.decode()
    assert "Markerpassword" not in refused.content.decode()
    browser.get(LOGIN)
    assert "Markerpassword" not in browser.post(LOGIN, {**sent, "login": "x"}).content.decode()


def test_a_form_to_sign_in_that_is_too_old_keeps_what_it_carried(browser, desk):
    consult = make_consult()
    browser.get(LOGIN)
    carried = fields_of(write_note(browser, consult), LOGIN)
    browser.cookies.clear()
    refused = browser.post(LOGIN, {**carried, "login": desk.get_username(), "password": PASSWORD})
    assert refused.status_code == 403
    assert html.escape(TYPED) in sign_in(browser, desk, refused).content.decode()


@pytest.mark.parametrize(
    "typed", ["", "x", "{}", "[]", '["https://example.com/", [["a", "b"]], false]', "[1,2]"]
)
def test_what_is_made_up_leads_nowhere(client, desk, typed):
    sent = {"login": desk.get_username(), "password": PASSWORD, "typed": typed}
    response = client.post(LOGIN, sent)
    assert (response.status_code, response.url) == (302, "/admin/")


def test_a_refused_form_of_the_public_wears_the_public_clothes(browser):
    refused = browser.post("/documents/authenticate_with_password/1/", {"words": "Marker words of mine"})
    page = refused.content.decode()
    assert refused.status_code == 403
    assert "That could not be sent" in page
    assert "Marker words of mine" in page
    assert "no-store" in refused["Cache-Control"]
    assert "csrftoken" not in refused.cookies


def test_signing_out_asks_first_and_ends_the_session_on_the_server(browser, desk):
    sign_in(browser, desk)
    key = browser.cookies["sessionid"].value
    assert StaffSession.objects.filter(session_key=hash_of(key)).exists()
    page = browser.get(LOGOUT)
    assert page.status_code == 200
    assert "You are still signed in" in page.content.decode()
    assert browser.cookies["sessionid"].value == key
    assert browser.get("/admin/requests/").status_code == 200
    browser.post(LOGOUT, fields_of(page, LOGOUT))
    assert not StaffSession.objects.filter(session_key=hash_of(key)).exists()
    browser.cookies["sessionid"] = key
    assert browser.get("/admin/requests/").status_code == 302
    assert browser.get(LOGOUT).url == LOGIN


@pytest.mark.parametrize(
    "typed",
    ["[" * 100_000, '["/admin/", [["text", "\\ud800 and more of it"]], false]', '["/admin/"]', "null"],
)
def test_what_no_page_of_ours_carried_costs_nobody_the_sign_in(browser, desk, typed):
    token = {"csrfmiddlewaretoken": fields_of(browser.get(LOGIN), LOGIN)["csrfmiddlewaretoken"]}
    assert browser.post(LOGIN, {"login": "nobody", "typed": typed, **token}).status_code == 200
    # The same without a token, which is answered by another view.
    assert browser.post(LOGIN, {"typed": typed}).status_code == 403
    signed_in = browser.post(
        LOGIN, {"login": desk.get_username(), "password": PASSWORD, "typed": typed, **token}
    )
    assert signed_in.status_code in (200, 302)


@pytest.mark.parametrize("header", ["Origin", "Referer"])
@pytest.mark.parametrize("address", [LOGIN, "/search/"])
def test_where_a_form_says_it_comes_from_may_be_anything(header, address):
    response = Client(enforce_csrf_checks=True).post(address, {"text": TYPED}, headers={header: "http://["})
    assert response.status_code == 403
    assert html.escape(TYPED) not in response.content.decode()
