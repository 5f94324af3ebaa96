"""What every page will say: the sentences in which the values stand, as they are and as they would be."""

import html
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from clinic.core.facts import read_facts
from clinic.core.phones import phone_uri
from consults import guarded_facts
from consults.enums import Locale
from consults.models.guarded_facts import RECIPIENTS, label_of
from consults.notices.mail import answers_to, plain_text, said_of_clinic

NUMBERS = ("crisis_number", "emergency_number", "phone")
# The sentences, by where people read them; the pages show the very same templates.
ON_PAGES = {
    "Crisis strip on every page": "components/crisis_line.html",
    "Foot of every page": "components/footer_contact.html",
    "Beside the form": "components/help_by_phone.html",
}
IN_MAILS = {
    "Copy by e-mail for whoever asked for one": "patient_copy",
    "Foot of the answers you write": "reply",
}
CALL_FIRST = "Call {} yourself before you confirm: people in danger will, from every page."
OTHER_DOMAIN = "{} does not belong to {}. Is it yours?"
NO_REPLY_ADDRESS = (
    "{} names a treatment or an illness, which no mail of ours does: your answers will go out without an "
    "address to write back to."
)
OWNER_CHANGES = "The owner’s addresses change. Those that go are told of it as well."


@dataclass(frozen=True)
class Pair:
    """One thing before and after."""

    label: str
    now: str
    then: str
    is_changed: bool


def compare(before, after):
    """Return every value as it is and as it would be."""
    changed = guarded_facts.changed_names(before, after)
    return [
        Pair(label_of(name), _shown(before, name), _shown(after, name), name in changed)
        for name in before.values
    ]


def sentences(before, after):
    """Return the sentences of pages and mails that would change, by their place."""
    facts = read_facts()
    now, then = (_sentences_with(guarded_facts.in_facts(facts, version)) for version in (before, after))
    return [Pair(place, now[place], then[place], True) for place in now if now[place] != then[place]]


def warnings(before, after):
    """Return what a person should look at twice; none of it stands in the way."""
    changed = guarded_facts.changed_names(before, after)
    for name in ("crisis_number", "emergency_number"):
        if name in changed:
            yield CALL_FIRST.format(getattr(after, name))
    own = _own_domains()
    for address in _new_addresses(before, after, changed):
        if not _is_within(address.rpartition("@")[2].lower(), own):
            yield OTHER_DOMAIN.format(address, " or ".join(own))
    if "email" in changed and after.email and not answers_to(guarded_facts.in_facts(read_facts(), after)):
        yield NO_REPLY_ADDRESS.format(after.email)
    if guarded_facts.owners_no_more(before, after):
        yield OWNER_CHANGES


def _shown(version, name):
    """Return a value as a person reads it; of a number also what a phone dials."""
    value = getattr(version, name)
    if not value:
        return "the same people" if name == "owner_recipients" else "none"
    return f"{value} (dials {phone_uri(value).removeprefix('tel:')})" if name in NUMBERS else value


def _sentences_with(facts):
    pages = {place: _in_words(render_to_string(name, {"facts": facts})) for place, name in ON_PAGES.items()}
    said = {**said_of_clinic(facts, Locale.EN), "email": answers_to(facts), "reference": "…"}
    mails = {
        place: _from_end(plain_text(f"consults/notices/{name}/en/body.txt", {**said, "text": "…"}))
        for place, name in IN_MAILS.items()
    }
    reply_to = {"Answers to your e-mails go to": answers_to(facts) or "nobody: the mail names no address"}
    return {**pages, **mails, **reply_to}


def _in_words(markup):
    """Return what is read of a piece of a page."""
    return " ".join(html.unescape(strip_tags(markup.replace("<br>", " "))).split())


def _from_end(text):
    """Return the paragraphs of a mail in which the clinic names numbers and addresses."""
    return "\n".join(" ".join(part.split()) for part in text.split("\n\n") if any(c.isdigit() for c in part))


def _own_domains():
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    site = (urlsplit(settings.SITE_URL).hostname or "").removeprefix("www.")
    return list(dict.fromkeys(name.lower() for name in (site, sender) if name))


def _is_within(domain, own):
    return any(domain == name or domain.endswith(f".{name}") for name in own)


def _new_addresses(before, after, changed):
    """Return the addresses that were not there before, each once."""
    known = set(f"{before.email} {' '.join(getattr(before, name) for name in RECIPIENTS)}".split())
    named = [after.email] if "email" in changed else []
    for name in RECIPIENTS:
        named += getattr(after, name).split()
    return [address for address in dict.fromkeys(named) if address and address not in known]
