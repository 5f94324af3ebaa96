"""A visit to the real form, as a browser makes it: read it, fill it in, send it, follow to the next page."""

import http.client
import secrets
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

from django.urls import reverse

from clinic.core.facts import read_facts
from consults.enums import ContactWay, ForWhom
from consults.intake import canary
from consults.intake.page_form import LAYOUT, LAYOUT_FIELD

# Plainly invented, should anybody ever see them.
PHONE = "(555) 555-0100"
EMAIL = "test.request@example.org"
RECEIVED = "/received/"
SECONDS_FOR_A_PAGE = 20


class VisitFailed(Exception):
    """The site doesn't take requests; the message says how it shows, for an operator."""


def send_test_request(site: str) -> str:
    """Send a marked request through the form at ``site`` and return its reference. Raises VisitFailed."""
    form = site.rstrip("/") + reverse("consultation")
    status, _url, page = _open(form)
    if status != 200:
        raise VisitFailed(f"The form could not be reached: {form} answered {status}.")
    status, url, _page = _open(
        form, {**_answers(), "token": _token_of(page), canary.FIELD: canary.new_mark()}
    )
    path = urllib.parse.urlsplit(url).path
    if status != 200 or RECEIVED not in path:
        raise VisitFailed(f"The form did not accept the test request: it answered {status}.")
    return path.partition(RECEIVED)[2].partition("/")[0]


def _answers():
    """Return what a valid form needs; the name makes each test a request of its own."""
    facts = read_facts()
    return {
        LAYOUT_FIELD: LAYOUT,
        "name": f"Test request {secrets.token_hex(4)}",
        "second_phone": PHONE,
        "email": EMAIL,
        "way": ContactWay.EMAIL.value,
        "for_whom": ForWhom.ME.value,
        "state": facts.service_states[0] if facts.service_states else "",
        "note": "This is a test that the site sends to itself.",
        "contact": "yes",
    }


def _open(url, data=None):
    """Return status, final address and text of a page. Raises VisitFailed where nobody answers."""
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise VisitFailed("The form could not be reached: its address must begin with http:// or https://.")
    body = urllib.parse.urlencode(data).encode() if data else None
    request = urllib.request.Request(url, body, {"User-Agent": "clinic-canary"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=SECONDS_FOR_A_PAGE) as answer:  # noqa: S310
            return answer.status, answer.url, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.url, ""
    # HTTPException isn't an OSError: a server that hangs up in the middle.
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise VisitFailed(f"The form could not be reached: {type(reason).__name__}.") from None


class _TokenFinder(HTMLParser):
    """Finds the form's token among the hidden fields."""

    token = ""

    def handle_starttag(self, tag, attributes):
        """Remember the value of the field."""
        values = dict(attributes)
        if tag == "input" and values.get("name") == "token":
            self.token = values.get("value") or ""


def _token_of(page):
    finder = _TokenFinder()
    finder.feed(page)
    if not finder.token:
        raise VisitFailed("The form could not be read: the page has no token.")
    return finder.token
