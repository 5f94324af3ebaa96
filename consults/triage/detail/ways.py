"""The ways to reach one person: the one they asked for stands first and is loud, the others are quiet."""

from typing import NamedTuple
from urllib.parse import quote

from django.urls import reverse

from consults.enums import ContactWay

# What the others are for.
ASKED_FOR = {
    ContactWay.CALL: "They asked for a call. Write only if they don’t answer.",
    ContactWay.TEXT: "They asked for a text. Call or write only if that doesn’t reach them.",
    ContactWay.EMAIL: "They asked for an e-mail. Call or text only if that doesn’t reach them.",
}


class Way(NamedTuple):
    """A button that leads to the phone, the texts or the e-mail."""

    way: str
    label: str
    url: str
    is_loud: bool = False


def ways_to_reach(consult, contents, say, *, asked, may_write, may_be_loud):
    """Return the ways, the one that was asked for first, and a sentence on the others.

    ``contents`` are those to display, ``say`` the prepared words by way, ``asked`` the code of the way that
    was asked for. ``may_write`` says whether the site sends e-mail. Where a contact is not to be used nothing
    is loud.
    """
    ways = sorted(_possible(consult, contents, say, may_write), key=lambda way: way.way != asked)
    if not ways or ways[0].way != asked or not may_be_loud:
        return ways, ""
    first, *others = ways
    return [first._replace(is_loud=True), *others], ASKED_FOR[first.way] if others else ""


def _possible(consult, contents, say, may_write):
    if contents.phone:
        yield Way(ContactWay.CALL, f"Call {contents.phone}", contents.phone_uri)
    # Only of somebody who agreed to texts.
    if contents.phone and "text" in say:
        own = [each for each in say["text"] if each.template.locale == consult.locale]
        yield Way(ContactWay.TEXT, "Text", _text_url(contents.phone_uri.removeprefix("tel:"), own))
    if contents.email:
        # What the site sends is kept with the request; else it is the desk's own program.
        own = reverse("consult_requests:reply", args=[consult.pk])
        is_own = may_write and say.get("email")
        url = own if is_own else f"mailto:{contents.email}"
        yield Way(ContactWay.EMAIL, f"E-mail {contents.email}", url)


def _text_url(number, prepared):
    """Return what opens the clinic's phone with the prepared words; nothing the person typed is in them."""
    # With the ampersand both kinds of phones take it.
    return f"sms:{number}?&body={quote(prepared[0].text)}" if prepared else f"sms:{number}"
