"""Which addresses may be counted: none that can hold something of a person, none that only programs try."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.contrib.redirects.models import Redirect

LONGEST = 255
# What an address made by people is of. Left out with the rest: @, %, =, blanks and control characters.
PLAIN = re.compile(r"/|(?:/[\w\-.~]+)+/?")
# Phone numbers, days of birth, numbers of cards; a date may stand between slashes, as in a blog's addresses.
LONG_NUMBER = re.compile(r"\d(?:[-._~]*\d){5}")
# Links that are meant for one person are long, or mix digits and letters.
LONGEST_WORD = 24
MIXED_FROM = 8
CHANGE_OF_CASE = re.compile("[a-z][A-Z]")
# What has an ending is a page or a paper, or else something that programs try.
ENDINGS = ("html", "htm", "pdf", "doc", "docx")
TRIED_BY_PROGRAMS = re.compile(
    r"/(?:\.|wp-(?!content/uploads/)|xmlrpc|cgi-bin|phpmyadmin|pma(?:/|$)|adminer|vendor/|actuator|"
    r"server-status|solr|boaform|hnap1|owa(?:/|$)|autodiscover|_ignition|telescope|graphql|api(?:/|$))",
    re.IGNORECASE,
)
# Their addresses are not for redirects, and some are meant for one person.
OURS = ("admin", "consultation", "documents", "search", "_util", "-")
# What the system of the site before may have had instead of words; the numbers of its pages.
BY_NUMBER = ("p", "page_id")
NUMBER = re.compile(r"[0-9]{1,6}")


def countable(path: str, query) -> str:
    """Return the address as redirects are stored, with the number of a page; "" for what is not counted."""
    if len(path) > LONGEST or not PLAIN.fullmatch(path) or _is_ours(path) or _is_tried_by_programs(path):
        return ""
    if LONG_NUMBER.search(path) or any(_may_be_secret(word) for word in re.split(r"[/\-._~]", path)):
        return ""
    number = number_of_page(query)
    address = Redirect.normalise_path(f"{path}?{number}" if number else path)
    return address if address != "/" and len(address) <= LONGEST else ""


def number_of_page(query) -> str:
    """Return the part of a query that names a page by its number, or ""."""
    parts = ((name, query.get(name, "")) for name in BY_NUMBER)
    return next((f"{name}={value}" for name, value in parts if NUMBER.fullmatch(value)), "")


def without_query(address: str) -> str:
    """Return its path alone."""
    return urlsplit(address).path


def _is_ours(path):
    return path.split("/")[1] in OURS or path.startswith((settings.STATIC_URL, settings.MEDIA_URL))


def _is_tried_by_programs(path):
    name, dot, ending = path.rstrip("/").rpartition(".")
    return bool(TRIED_BY_PROGRAMS.search(path) or "." in name or (dot and ending.lower() not in ENDINGS))


def _may_be_secret(word):
    has_both = any(char.isdigit() for char in word) and any(char.isalpha() for char in word)
    return (
        len(word) > LONGEST_WORD
        or (has_both and len(word) >= MIXED_FROM)
        or len(CHANGE_OF_CASE.findall(word)) > 1
    )
