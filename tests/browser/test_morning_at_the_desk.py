"""A morning at the desk: requests of all kinds, and one person who can't be reached for days."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from consults.spam.signals import HONEYPOT_FIELD

from .desk_window import send
from .visit import DESK_CLOCK, follow

# One morning: each test goes on where the one before ended.
pytestmark = [pytest.mark.once, pytest.mark.in_order]

TRIES = 4
LET_PASS = "from tests.consults.passing_time import let_pass_until_due; let_pass_until_due('{}')"
EVENING = ["8"]
LINKS = "https://a.example https://b.example https://c.example"
# What each person sent, by a word for them.
KINDS = {
    "books": {"phone": "(555) 555-0301"},
    "wants a call back": {"phone": "(555) 555-0302", "times": EVENING},
    "allows a voicemail": {"phone": "(555) 555-0303", "voicemail_name": "yes"},
    "allows none": {"phone": "(555) 555-0304", "voicemail": None},
    "has a wrong number and an address": {"phone": "(555) 555-0305", "email": "desk.five@example.org"},
    "has a wrong number alone": {"phone": "(555) 555-0306", "email": ""},
    "wants to be left alone": {"phone": "(555) 555-0307", "email": ""},
    "may be texted": {"phone": "(555) 555-0308", "way": "text", "texting": "yes"},
    "lives in another zone": {"phone": "(555) 555-0309", "time_zone": "Pacific/Honolulu"},
    "asks for somebody else": {"phone": "(555) 555-0310", "for_whom": "else", "topic": "cost"},
    "looks like spam": {"phone": "(555) 555-0311", HONEYPOT_FIELD: "x", "note": LINKS},
}
IN_SPANISH = {"phone": "(555) 555-0312", "email": "desk.twelve@example.org"}


@pytest.fixture(scope="module")
def references(demo_site):
    """The references of twelve requests by what is special about each."""
    found = {kind: send(demo_site, name=f"Person who {kind}", **given) for kind, given in KINDS.items()}
    found["speaks Spanish"] = send(demo_site, "/consultation/es/", name="Persona", **IN_SPANISH)
    return found


@pytest.fixture
def desk(signed_in):
    """The front desk at its window; nothing may be asked of another host or complained about."""
    window = signed_in("frontdesk")
    yield window
    assert window.strangers == set()
    # A browser also complains about each answer that points out a mistake.
    assert [line for line in window.complaints if "status of 422" not in line] == []


def said(page):
    """Return what the page says, in one line."""
    return " ".join(page.get_by_role("main").inner_text().split())


def press(page, name):
    """Press the button of this name."""
    follow(page.get_by_role("button", name=name, exact=True))


def open_consult(page, reference):
    """Find a request by its reference and open it."""
    page.goto("/admin/requests/")
    page.get_by_label("Find by name").fill(reference)
    press(page, "Find")
    follow(page.get_by_role("link", name=reference).first)


def test_the_list_says_of_everybody_why_they_stand_there(desk, references):
    page = desk.page
    page.goto("/admin/requests/")
    desk.film("01-the-desk")
    rows = page.locator(".desk__row")
    assert rows.count() >= len(references)
    assert all("their time" in row or "E-mail" in row for row in rows.all_inner_texts())
    names = set()
    # Other stories sent requests as well; behind the last page comes the last one again.
    for number in range(1, 5):
        page.goto(f"/admin/requests/?p={number}")
        names |= {row.split()[0] for row in rows.all_inner_texts()}
    assert references["looks like spam"] not in names
    assert references["speaks Spanish"] in names
    assert "Person who" not in page.content()
    page.goto("/admin/requests/all/?status=quarantine")
    page.get_by_role("row").filter(has_text=references["looks like spam"]).get_by_role("checkbox").check()
    page.get_by_label("With the ticked ones").select_option("ham")
    press(page, "Go on")
    desk.film("02-several-at-once")
    press(page, "Do it")
    open_consult(page, references["looks like spam"])
    assert "Nobody has it yet" in page.locator(".triage__state").inner_text()


def test_each_outcome_moves_the_request_and_says_what_comes_next(desk, references):
    page = desk.page
    # No clinic is open then, whatever the day: of an appointment the page asks whether it is meant.
    tomorrow = f"{datetime.now(DESK_CLOCK) + timedelta(days=1):%Y-%m-%d}T04:30"
    for kind, outcome, status, again in (
        ("books", "Reached: booked", "Consultation booked", tomorrow),
        ("wants a call back", "Reached: call back", "Contacted", tomorrow),
        ("allows a voicemail", "Left a voicemail", "Working on it", ""),
        ("has a wrong number and an address", "Wrong number", "Working on it", ""),
        ("has a wrong number alone", "Wrong number", "Closed", ""),
        ("wants to be left alone", "Asked us to stop", "Closed", ""),
        ("lives in another zone", "No answer", "Working on it", ""),
    ):
        open_consult(page, references[kind])
        assert f"Person who {kind}" in said(page)
        page.get_by_label("Call back, or appointment").fill(again)
        press(page, outcome)
        if outcome == "Reached: booked":
            page.get_by_label("Book it all the same").check()
            press(page, outcome)
        assert page.url.endswith("/admin/requests/")
        assert f"{references[kind]}: {outcome}. {status}." in said(page)
    desk.film("03-after-the-first-round")


def test_permissions_decide_what_can_be_done_and_said(desk, references):
    page = desk.page
    open_consult(page, references["allows none"])
    assert "Leave no voicemail." in said(page)
    assert page.get_by_role("button", name="Left a voicemail").count() == 0
    assert page.get_by_text("On a voicemail").count() == 0
    open_consult(page, references["may be texted"])
    desk.film("04-may-be-texted")
    address = page.get_by_role("link", name="Text", exact=True).get_attribute("href")
    assert address.startswith("sms:+15555550308?&body=Hello")
    open_consult(page, references["speaks Spanish"])
    desk.film("05-speaks-spanish")
    assert "Speaks Español." in said(page)
    assert "Gracias" in page.locator(".say").first.text_content()


def test_whoever_asked_to_be_left_alone_is_known_again(desk, demo_site, references):
    page = desk.page
    again = send(demo_site, name="The same person", phone=KINDS["wants to be left alone"]["phone"])
    open_consult(page, again)
    desk.film("06-asked-us-to-stop")
    assert "not to contact them" in said(page)
    assert references["wants to be left alone"] in said(page)
    press(page, "Link to this one")
    press(page, "Remove the link")
    assert "Link removed" in page.locator(".triage__timeline").inner_text()


def test_an_answer_by_email_goes_out_with_neutral_words(desk, demo_site, references):
    page = desk.page
    open_consult(page, references["has a wrong number and an address"])
    follow(page.get_by_role("link", name="We could not reach you"))
    text = page.get_by_label("E-mail", exact=True)
    assert "Robin" in text.input_value()
    text.fill(f"{text.input_value()} Your ketamine appointment is on Monday.")
    press(page, "Send")
    desk.film("07-refused-words")
    assert "ketamine" in page.locator(".error-message").inner_text()
    text = page.get_by_label("E-mail", exact=True)
    text.fill(text.input_value().replace("ketamine ", ""))
    press(page, "Send")
    assert "E-mail sent" in page.locator(".triage__timeline").inner_text()
    desk.film("08-after-the-e-mail")


def test_nobody_is_forgotten_for_days_and_then_it_ends(desk, demo_site, references):
    """Four tries over three days and more: each comes up by itself, the last one closes it."""
    page = desk.page
    reference = references["allows none"]
    for number in range(1, TRIES + 1):
        page.goto("/admin/requests/")
        row = page.locator(".desk__row").filter(has_text=reference)
        while row.count() == 0:
            follow(page.get_by_role("link", name="Next", exact=True))
        desk.film(f"10-try-{number}")
        assert f"{number - 1} of {TRIES} tries made" in row.inner_text() or number == 1
        open_consult(page, reference)
        press(page, "No answer")
        if number < TRIES:
            assert f"{reference}: No answer. Working on it." in said(page)
            assert page.locator(".desk__row").filter(has_text=reference).count() == 0
            demo_site.manage("shell", "-c", LET_PASS.format(reference))
    assert f"{reference}: No answer. Closed." in said(page)
    open_consult(page, reference)
    desk.film("11-closed")
    assert "No contact" in page.locator(".triage__state").inner_text()
    timeline = page.locator(".triage__timeline").inner_text()
    assert timeline.count("Tried to reach: No answer") == TRIES


def test_an_owner_takes_the_reports_along_on_paper(signed_in, tmp_path, references):
    window = signed_in("manager")
    page = window.page
    window.go("/admin/consult-reports/?days=90")
    window.film("12-reports")
    # What is exact stays on the screen.
    page.emulate_media(media="print")
    assert page.get_by_text("Exact figures aren’t printed").is_visible()
    assert not page.locator(".reports__all").is_visible()
    page.emulate_media(media="screen")
    follow(page.get_by_role("link", name="Show them rounded, to print or hand on"))
    page.emulate_media(media="print")
    assert page.locator(".reports__all").is_visible()
    pdf = page.pdf(path=str(tmp_path / "reports.pdf"), format="Letter", print_background=True)
    if folder := os.environ.get("FILM"):
        Path(folder, "reports.pdf").write_bytes(pdf)
    assert pdf.startswith(b"%PDF")
    # Three sheets at most: it is to be read, not filed.
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 3
    for hidden in ("aside", "nav"):
        assert not any(e.is_visible() for e in page.locator(hidden).all())
    assert window.complaints == []
