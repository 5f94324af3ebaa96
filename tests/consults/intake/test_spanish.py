"""Every page and state of the form speaks Spanish, and only there."""

import gettext
import html
import re
from collections import Counter
from dataclasses import replace
from datetime import time

import pytest
import time_machine

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults.references import proof_for
from tests.factories.consults import form_data

from .catalogue import FOLDER, PLACEHOLDER, entries

pytestmark = pytest.mark.once

FORM = "/consultation/es/"
# Shorter ones stand by chance in addresses and names.
SHORTEST = 6
HOURS = Schedule(zone="America/Denver", week={day: (Period(time(9), time(17)),) for day in range(5)})
FACTS = {
    "service_states": ["CO"],
    "phone": "(555) 555-0100",
    "email": "desk@example.org",
    "privacy_url": "/p/",
    "hours": HOURS,
}


@pytest.fixture(autouse=True)
def clinic(midday):
    """A clinic that leaves nothing out, so that all there is to say is said."""
    write_facts(replace(default_facts(), **FACTS))


def english():
    """Return the English texts, as far as they are other in Spanish, in pieces without placeholders."""
    for entry in entries():
        spanish = " ".join(entry["msgstr"])
        for piece in PLACEHOLDER.split(entry["msgid"][0]):
            if len(piece.strip()) >= SHORTEST and piece.strip() not in spanish:
                yield piece.strip()


def english_in(response):
    page = html.unescape(response.content.decode())
    assert '<html lang="es">' in page
    # An address is no word of the page.
    page = re.sub(r'(href|action|src|class|id|name)="[^"]*"', "", page)
    return [text for text in english() if re.search(rf"\b{re.escape(text)}", page)]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"age": "minor", "state": "CO"}, 200),
        ({"state": "TX"}, 200),
        ({"name": "", "phone": "", "email": "", "way": "", "time_zone": "", "for_whom": "", "age": ""}, 422),
        ({"name": "x" * 101, "phone": "1" * 81, "email": "a" * 255, "needs": "x" * 201, "times": "x"}, 422),
        ({"phone": "12", "email": "nobody", "way": "text", "note": "x" * 5001, "contact": None}, 422),
        ({"phone": "call me"}, 422),
        ({"phone": "555-0123"}, 422),
        ({"phone": "1" * 16}, 422),
        ({"phone": "1" * 60_000 + "!"}, 422),
        ({"phone": "", "way": "call"}, 422),
        ({"phone": "", "way": "text"}, 422),
        ({"email": "", "way": "email"}, 422),
        ({"email": "", "copy": "yes"}, 422),
        ({"note": "x" * 70_000}, 413),
        ({"email": "some.name@gmial.com", "name": ""}, 422),
    ],
)
def test_no_answer_holds_english(client, changes, status):
    response = client.post(FORM, form_data(**changes))
    assert response.status_code == status
    assert english_in(response) == []


@pytest.mark.parametrize("moment", ["2026-11-24 16:30:00Z", "2026-11-28 16:30:00Z"])
def test_neither_the_empty_form_nor_the_page_after_it_does(client, moment):
    received = f"{FORM}received/AB2CD3EF4G/{proof_for('AB2CD3EF4G')}/"
    with time_machine.travel(moment):
        pages = [client.get(FORM), client.get(received)]
    assert [page.status_code for page in pages] == [200, 200]
    assert [english_in(page) for page in pages] == [[], []]


@pytest.mark.parametrize("moment", ["2026-11-24 16:30:00Z", "2026-11-28 16:30:00Z"])
def test_no_sentence_ends_in_two_full_stops(client, moment):
    received = f"{FORM}received/AB2CD3EF4G/{proof_for('AB2CD3EF4G')}/"
    with time_machine.travel(moment):
        pages = [client.get(FORM), client.get(received), client.post(FORM, form_data(note="x" * 70_000))]
    assert [page.status_code for page in pages] == [200, 200, 413]
    assert [".." in html.unescape(page.content.decode()) for page in pages] == [False] * 3


def test_nor_does_the_form_that_could_not_be_kept(client, no_database, settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "file"
    settings.CONSULTS_SPOOL_DIR.touch()
    response = client.post(FORM, form_data(state="CO"))
    assert response.status_code == 503
    assert english_in(response) == []


def test_the_search_would_find_english(client):
    response = client.get("/consultation/")
    page = response.content.decode()
    assert '<html lang="en">' in page
    response.content = page.replace('lang="en"', 'lang="es"', 1)
    assert len(english_in(response)) > 40


def test_the_languages_do_not_mix(client):
    before = client.get("/consultation/").content
    client.get(FORM)
    client.post(FORM, {})
    after = client.get("/consultation/").content
    token = re.compile(rb'name="token" value="[^"]+"')
    assert token.sub(b"", before) == token.sub(b"", after)


def test_what_is_compiled_is_what_is_written():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in entries():
        [text] = entry["msgid"]
        [context] = entry.get("msgctxt", [None])
        if "msgid_plural" in entry:
            assert {compiled.ngettext(text, text, n) for n in (1, 2)} == set(entry["msgstr"])
        elif context:
            assert [compiled.pgettext(context, text)] == entry["msgstr"]
        else:
            assert [compiled.gettext(text)] == entry["msgstr"]


def test_every_entry_is_translated_with_the_same_placeholders_and_tags():
    assert "#, fuzzy" not in (FOLDER / "django.po").read_text(encoding="utf-8")
    for entry in entries():
        expected = Counter(PLACEHOLDER.findall(entry["msgid"][0]))
        for text in entry["msgstr"]:
            assert text
            assert Counter(PLACEHOLDER.findall(text)) == expected, text
