"""The form where something goes wrong on the way: a slow line, a script that fails, a mind that changes."""

import contextlib
import re
import sqlite3
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys.patient import (
    CALL,
    CONSENT,
    EMAIL,
    EMAIL_ADDRESS,
    FORM,
    ME,
    MORE,
    NAME,
    NOTE,
    PHONE,
    SEND,
    everything_wrong_first,
    expect_received,
    fill_in_least,
    for_a_spouse,
)
from tests.site.demo import PUBLIC_REFERENCE
from tests.site.http import StaffSession

from .hand import ChromiumHand

pytestmark = pytest.mark.once
SECOND = 1000
OUR_SCRIPT = re.compile(r"/js/(form|site)\.[^/]*js$")
SCRIPTS = {"form": Path("consults/static/consults/js/form.js"), "site": Path("static/js/site.js")}
# A telephone's line at the edge of the net.
SLOW = {"offline": False, "latency": 600, "downloadThroughput": 50_000, "uploadThroughput": 20_000}


@pytest.fixture
def window(visit):
    """A phone."""
    return visit(width=390, height=844)


def stored(demo_site):
    """Return how many requests there are."""
    with contextlib.closing(sqlite3.connect(demo_site.folder / "db.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM consults_consultrequest").fetchone()[0]


def test_two_taps_on_a_slow_line_are_one_request(window, demo_site):
    hand, before, sent = ChromiumHand(window), stored(demo_site), []
    hand.go(FORM)
    # Nobody of this name has asked before.
    fill_in_least(hand, name=f"Double {uuid4()}")
    wire = window.page.context.new_cdp_session(window.page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    window.page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    window.page.locator(SEND).click(click_count=2, delay=50, no_wait_after=True)
    # The second tap may take the place of the answer to the first; a wait for a navigation ends with that.
    expect(window.page).to_have_url(re.compile("/received/"), timeout=20 * SECOND)
    expect_received(hand)
    assert len(sent) >= 1
    assert stored(demo_site) == before + 1


def change_scripts(window, change):
    """Let every script of the form arrive as ``change`` makes it."""

    def answer(route):
        source = SCRIPTS[OUR_SCRIPT.search(route.request.url)[1]].read_text()
        route.fulfill(content_type="text/javascript", body=change(source))

    window.page.route(OUR_SCRIPT, answer)


@pytest.mark.parametrize("walk", [for_a_spouse, everything_wrong_first])
def test_a_script_that_arrives_by_half_leaves_the_form_whole(window, walk):
    change_scripts(window, lambda source: source[: len(source) // 2])
    walk(ChromiumHand(window))
    assert window.complaints != []


def test_a_script_whose_first_part_fails_still_does_the_rest(window):
    change_scripts(window, lambda source: "JSON.parse = undefined;" + source)
    everything_wrong_first(ChromiumHand(window))
    assert any("JSON.parse" in said for said in window.complaints)


def test_a_way_that_was_not_chosen_leaves_nothing(window, demo_site):
    hand = ChromiumHand(window)
    hand.go(FORM)
    hand.press(ME)
    hand.write(NAME, "Wavering Person")
    hand.press(EMAIL)
    hand.write(EMAIL_ADDRESS, "wavering.person@example.com")
    hand.press(CALL)
    hand.write(PHONE, "(555) 555-0182")
    hand.press(CONSENT)
    hand.follow(SEND)
    expect_received(hand)
    reference = PUBLIC_REFERENCE.search(hand.text("main"))[0].replace("-", "")
    desk = StaffSession(demo_site.url, "frontdesk", demo_site.logins["frontdesk"])
    seen = desk.get(desk.find_consult(reference)).body.decode()
    assert "Wavering Person" in seen and "555-0182" in seen
    assert "wavering.person" not in seen


def test_a_very_long_note_arrives(window):
    hand = ChromiumHand(window)
    hand.go(FORM)
    fill_in_least(hand, name="Writing Person")
    hand.press(MORE)
    hand.write(NOTE, "Please ring twice. " * 263)
    hand.follow(SEND)
    expect_received(hand)
