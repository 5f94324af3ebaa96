"""What a page says to machines: one graph in the words of schema.org, in a data block that no browser runs.

A page type that is more than a page says so itself (``described``); what is the same for all stands here.
Only what readers see on the page or in its foot, and nothing that is not known: no stars, no place on a map,
no price range. Review and people are named only where they are real (``is_real``).
"""

import json
from datetime import time
from html import unescape

from django.conf import settings
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from .facts import read_facts
from .models import HomePage
from .opening_hours import Exceptional

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# What could end the block or begin a comment; inside a text of JSON these mean the same.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
# A description of what a page says at length is no copy of it.
LONGEST_TEXT = 600
# For a machine a day without opening is one that opens and closes at the same minute.
CLOSED = "00:00"


def is_real(person) -> bool:
    """Whether somebody is a person whose licence can be looked up, and no sample of the demonstration."""
    return bool(person) and not settings.DEMO_MODE and person.live and bool(person.licence_number)


def script_of(page, trail, image) -> str:
    """Return the data block of a page; ``trail`` are the pages above it, ``image`` is its card, if any."""
    nodes = [site(), *_described(page, image)]
    if trail:
        nodes.append(breadcrumb([*trail, {"title": page.title, "url": page.url}]))
    if not any(node.get("@id") == clinic_id() for node in nodes):
        nodes.append(clinic_in_short())
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": nodes}, ensure_ascii=False, separators=(",", ":")
    )
    return mark_safe(f'<script type="application/ld+json">{text.translate(ESCAPES)}</script>')  # noqa: S308


def _described(page, image):
    if isinstance(page, HomePage):
        return [web_page(page, image), clinic(image)]
    return page.described(image) if hasattr(page, "described") else [web_page(page, image)]


def absolute(address) -> str:
    """Return an address of this site as others know it."""
    return settings.SITE_URL + address


def clinic_id() -> str:
    """Return the name of the clinic within the graph of every page."""
    return absolute("/#clinic")


def the_clinic() -> dict:
    """Return a pointer to the clinic."""
    return {"@id": clinic_id()}


def site() -> dict:
    """Return the website as a whole."""
    facts = read_facts()
    return {
        "@type": "WebSite",
        "@id": absolute("/#website"),
        "url": absolute("/"),
        "name": facts.name,
        "publisher": the_clinic(),
    }


def clinic_in_short() -> dict:
    """Return the clinic as pages name it that are about something else."""
    return filled(
        {"@type": "MedicalClinic", "@id": clinic_id(), "name": read_facts().name, "url": absolute("/")}
    )


def clinic(image=None) -> dict:
    """Return the clinic with number, address and hours, as the foot of every page has them."""
    facts = read_facts()
    return filled(
        {
            **clinic_in_short(),
            "telephone": dialled(facts.phone_uri),
            "email": facts.email,
            "address": postal_address(**facts.postal_address) if facts.postal_address else None,
            "image": image and image.url,
            "sameAs": [address for _name, address in facts.social_links],
            **hours(facts.hours),
        }
    )


def postal_address(street, city, region, postal_code) -> dict:
    """Return an address in the United States."""
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": city,
            "addressRegion": region,
            "postalCode": postal_code,
            "addressCountry": "US",
        }
    )


def dialled(uri) -> str:
    """Return a number of a link as it is dialled."""
    return uri.removeprefix("tel:")


def hours(schedule) -> dict:
    """Return the usual week of a schedule, and the days from today on that differ."""
    today = schedule.local(timezone.now()).date()
    usual = {}
    for day, periods in sorted(schedule.week.items()):
        for period in periods:
            usual.setdefault((period.opens, period.closes), []).append(DAYS[day])
    return {
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": days,
                "opens": _clock(opens),
                "closes": _clock(closes),
            }
            for (opens, closes), days in usual.items()
        ],
        "specialOpeningHoursSpecification": [
            special for exception in schedule.upcoming_exceptions(today) for special in _special(exception)
        ],
    }


def _special(exception: Exceptional):
    days = {
        "@type": "OpeningHoursSpecification",
        "validFrom": exception.first_day.isoformat(),
        "validThrough": exception.last_day.isoformat(),
    }
    if not exception.periods:
        yield {**days, "opens": CLOSED, "closes": CLOSED}
    for period in exception.periods:
        yield {**days, "opens": _clock(period.opens), "closes": _clock(period.closes)}


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def breadcrumb(trail) -> dict:
    """Return the way to a page, from the front door."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step["title"], "item": absolute(step["url"])}
            for place, step in enumerate(trail, start=1)
        ],
    }


def web_page(page, image=None, kind="WebPage") -> dict:
    """Return a page as such."""
    return filled(
        {
            "@type": kind,
            "@id": f"{absolute(page.url)}#page",
            "url": absolute(page.url),
            "name": page.title,
            "description": page.meta_description,
            "inLanguage": "en",
            "isPartOf": {"@id": absolute("/#website")},
            "publisher": the_clinic(),
            "primaryImageOfPage": image and image.url,
        }
    )


def clinical_page(page, image=None, about=()) -> dict:
    """Return a page with medical content: its sources, and who checked it when, if somebody really did."""
    sources = [reference.citation for _number, reference in page.numbered_references]
    return filled(
        {
            **web_page(page, image, "MedicalWebPage"),
            **_review(page),
            "about": list(about),
            "citation": sources,
        }
    )


def _review(page):
    if not (page.is_reviewed and is_real(page.reviewer)):
        return {}
    return {"lastReviewed": page.reviewed_on.isoformat(), "reviewedBy": page.reviewer.as_person()}


def plain(html) -> str:
    """Return the beginning of a rich text as words."""
    words = " ".join(unescape(strip_tags(html.replace("<", " <"))).split())
    return words if len(words) <= LONGEST_TEXT else f"{words[:LONGEST_TEXT].rsplit(' ', 1)[0]} …"


def filled(node) -> dict:
    """Return a node without what is not known."""
    return {name: value for name, value in node.items() if value}
