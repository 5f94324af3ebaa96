"""Every page that the consultation form can answer with, asked for over HTTP."""

import contextlib

from tests.browser.test_form_barriers import serve
from tests.factories.forms import form_data
from tests.faults.databases import SqliteFile
from tests.faults.site import folder_taken_away
from tests.journeys.patient import FORM, SPANISH_FORM
from tests.site.http import fetch

FIRST = "Validated Person"
# What is sent, by the state that it leads to. Without `layout` it is a form of the release before.
SENT = {
    "everything missing": {"layout": "2"},
    "a call, all wrong": {"layout": "2", "way": "call", "phone": "12", "times": "3", "time_zone": "x"},
    "a text, all wrong": {"layout": "2", "way": "text", "phone": "12", "second_email": "nobody"},
    "an e-mail, all wrong": {"layout": "2", "way": "email", "email": "nobody", "second_phone": "12"},
    "too much text": form_data(note="x" * 6000),
    "a slip in the address": form_data(way="email", email="somebody@gmial.com", phone=None),
    "gone back": form_data(back="yes", name="A <b>& B\"'"),
    "under 18": form_data(age="minor", layout=None),
    "received": form_data(name=FIRST),
    "too large": form_data(note="x" * 70000),
}


def form_states(demo_site):
    """Return ``{what it is: HTML}`` of the form's pages in both languages."""
    pages = {}
    for address in (FORM, SPANISH_FORM):
        url = demo_site.url + address
        pages |= {f"{address} {state}": fetch(url, data).body for state, data in SENT.items()}
        pages[f"{address} under 18, asked"] = fetch(f"{url}under-18/").body
        received = fetch(url, form_data(way="email", phone=None, name=f"Copied {address}"))
        pages[f"{address} copy asked for"] = fetch(received.url, {}).body
        # The one form there that leads on: what it sends along marks the next as a correction.
        inputs = {field.get("name"): field.get("value") for field in received.tree.iter("input")}
        pages[f"{address} corrected"] = fetch(
            url, {"layout": "2", "corrects": inputs["corrects"], "back": "yes"}
        ).body
    with contextlib.ExitStack() as broken:
        broken.enter_context(SqliteFile(demo_site.folder).locked())
        broken.enter_context(folder_taken_away(demo_site.folder / "spool"))
        pages["could not be kept"] = fetch(demo_site.url + FORM, form_data(name="Unlucky Person")).body
    serve(demo_site, "CO NM")
    pages["with states"] = fetch(demo_site.url + FORM).body
    pages["outside the area"] = fetch(demo_site.url + FORM, form_data(state="TX")).body
    serve(demo_site, "")
    return pages
