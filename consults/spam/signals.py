"""Signs that one posted form gives by itself."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from consults.enums import SpamSignal

# Filled in by scripts that fill in everything. Browsers and password managers guess by names and labels what
# a field is for, so it bears none of their words; where one fills it in all the same, it counts, no more.
HONEYPOT_FIELD = "remark_b"
# What forms that were loaded before a release call it.
HONEYPOT_FIELDS = (HONEYPOT_FIELD, "suite_ref")
FASTEST = timedelta(seconds=3)
OLDEST = timedelta(days=1)
LINK = re.compile(r"https?://|www\.|\[url|<a\s", re.IGNORECASE)
MANY_LINKS = 3
# What every browser sends with a form, and many scripts don't.
BROWSER_HEADERS = ("User-Agent", "Accept", "Accept-Language")
# Browsers send at least one of them with a form; only a few very old ones send neither.
ORIGIN_HEADERS = ("Origin", "Sec-Fetch-Site")


def form_signals(request, *, issued_at) -> tuple[str, ...]:
    """Return the signs of a posted form; ``issued_at`` is when it was handed out, None where unknown."""
    found = [
        SpamSignal.HONEYPOT if any(request.POST.get(name) for name in HONEYPOT_FIELDS) else None,
        _age_signal(issued_at),
        SpamSignal.LINKS if _links(request.POST) >= MANY_LINKS else None,
        SpamSignal.ODD_HEADERS if any(name not in request.headers for name in BROWSER_HEADERS) else None,
        SpamSignal.NO_ORIGIN if not any(name in request.headers for name in ORIGIN_HEADERS) else None,
        SpamSignal.FOREIGN_ORIGIN if _is_foreign(request) else None,
    ]
    return tuple(signal.value for signal in found if signal)


def _age_signal(issued_at):
    if issued_at is None:
        return SpamSignal.NO_TOKEN
    age = timezone.now() - issued_at
    if age < FASTEST:
        return SpamSignal.TOO_FAST
    return SpamSignal.OLD_TOKEN if age > OLDEST else None


def _links(data):
    return sum(len(LINK.findall(value)) for values in data.lists() for value in values[1])


def _is_foreign(request):
    origin = request.headers.get("Origin", "")
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return True
    # A proxy may ask us under another name than the one the visitor sees.
    ours = (request.get_host(), urlsplit(settings.SITE_URL).netloc)
    # Browsers write "null" where a page asks for no referrer, as ours does.
    return origin not in ("", "null") and origin.partition("://")[2] not in ours
