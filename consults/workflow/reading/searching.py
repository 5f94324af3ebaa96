"""Finding whom a caller is: by whole number, address or reference at any age, by parts and names of late.

For a part, requests are opened one after another in memory and forgotten; of those that don't fit nothing
leaves this module. Opening one takes about 0.1 ms.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from clinic.core.phones import LOCAL_DIGITS, digits_of, e164
from clinic.core.typed_text import clean_email
from consults import audit
from consults.enums import (
    OPEN_STATUSES,
    AuditAction,
    FoundBy,
    LeftOut,
    Purpose,
    SearchProblem,
    TimelineAction,
)
from consults.models import AuditEvent, ConsultRequest
from consults.permissions import can_read_requests
from consults.references import parse_reference
from consults.sealing.blind_index import PHONE_END_DIGITS
from consults.sealing.envelope import EnvelopeProblem, open_envelope
from consults.sealing.keys import parse_sealing_keys
from consults.workflow.errors import NotAllowed
from consults.workflow.recording import note

from .emergency import may_open
from .matching import matching
from .opening import contents_of, texts_in
from .said import Given, Said

# An address with a mark before and behind it.
LONGEST_TEXT = 300
# Open ones are looked through however old they are.
LOOKED_THROUGH = timedelta(days=90)
# About two seconds; whoever has more says more of whom they look for.
MOST_LOOKED_THROUGH = 10_000
MOST_HITS = 20
# What anybody may look through in an hour: more than any desk has calls.
MOST_AN_HOUR = 60
HOUR = timedelta(hours=1)
# How the audit tells such a search from one for a whole number.
THROUGH = "looked through"


@dataclass(frozen=True)
class Hit:
    """A request that fits, and by what."""

    consult: ConsultRequest
    found_by: FoundBy


@dataclass(frozen=True)
class Found:
    """What a search found; where there is a problem, nothing is shown."""

    hits: tuple[Hit, ...] = ()
    problem: SearchProblem | None = None
    # What was left out, for its number.
    left_out: LeftOut | None = None


def search(text: str, *, actor: User) -> Found:
    """Find requests by what a caller said, the surest and newest first. One event, whatever comes of it.

    Raises NotAllowed, AuditProblem.
    """
    if not may_open(actor):
        raise NotAllowed
    if len(text) > LONGEST_TEXT:
        return _noted(Found(problem=SearchProblem.TOO_LONG), actor)
    said = Said.of(text)
    is_whole = _is_whole(text, said)
    if said.is_too_short:
        return _noted(Found(problem=SearchProblem.TOO_SHORT), actor)
    # A number among other words is a part like them: all of it has to fit.
    known = _by_index(text.strip()) if is_whole or said.is_number else {}
    if known and is_whole:
        # The newest come first.
        newest = dict(list(known.items())[:MOST_HITS])
        return _noted(_found(newest, LeftOut.MORE if len(known) > MOST_HITS else None), actor)
    if _looked_through_lately(actor) >= MOST_AN_HOUR:
        audit.append(AuditAction.DENIED, actor=actor, detail="searched too often within an hour")
        return Found(problem=SearchProblem.TOO_OFTEN)
    return _through(said, known, actor)


@transaction.atomic
def show_names(requests: list[ConsultRequest], *, actor: User) -> dict[int, str]:
    """Return ``{key: name}`` of requests that were found; one that doesn't open is left out.

    Each is an event of its own, since the search has named them all: ``open_together`` writes one for a page.
    Raises NotAllowed, AuditProblem.
    """
    if not may_open(actor):
        raise NotAllowed
    opened = contents_of(requests)
    for consult in requests:
        if consult.pk in opened:
            note(consult, TimelineAction.REVEAL, actor=actor, purpose=_purpose(actor))
    return {pk: contents.get("name", "") for pk, contents in opened.items()}


def _noted(found, actor, detail=""):
    references = [hit.consult.reference for hit in found.hits]
    audit.append(
        AuditAction.SEARCH, actor=actor, purpose=_purpose(actor), references=references, detail=detail
    )
    return found


def _purpose(actor):
    # Whoever broke the glass does nothing else.
    return Purpose.SEARCH if can_read_requests(actor) else Purpose.EMERGENCY


def _is_whole(text, said):
    """Whether it says all of a reference, a number or an address, so that nothing else can be meant."""
    is_number = e164(text).startswith("+") or (said.is_number and len(digits_of(text)) >= LOCAL_DIGITS)
    return bool(parse_reference(text) or "@" in text or is_number)


def _by_index(text):
    """Return ``{key: by what it fits}`` for a reference, an address, a number or its end, at any age."""
    if reference := parse_reference(text):
        return dict.fromkeys(
            _people().filter(reference=reference).values_list("pk", flat=True), FoundBy.REFERENCE
        )
    if "@" in (email := clean_email(text)):
        return {consult.pk: FoundBy.EMAIL for consult in matching(email=email)}
    return {consult.pk: FoundBy.PHONE for consult in _by_number(text)}


def _by_number(text):
    digits, number = digits_of(text), e164(text)
    if len(digits) < PHONE_END_DIGITS:
        return []
    if number.startswith("+"):
        return matching(phone=number)
    # Written without its area, or as within another country (020 …): the end is what we have as well.
    is_domestic = len(digits) > LOCAL_DIGITS and digits.startswith("0")
    return matching(phone=digits, end=digits.lstrip("0") if is_domestic else digits)


def _through(said, known, actor):
    """Look through what is open or new, beside what is known already."""
    of_late = _of_late().values("pk")
    # The order is made of keys alone: envelopes are long, and most of them are not taken.
    taken = ConsultRequest.objects.filter(pk__in=of_late[:MOST_LOOKED_THROUGH])
    rows = list(taken.values_list("pk", "reference", "envelope"))
    ways = _fitting(said, rows) | known
    is_cut = of_late[MOST_LOOKED_THROUGH:].exists()
    found = _found(_few(ways), LeftOut.OLDEST if is_cut else None)
    return _noted(found, actor, f"{THROUGH} {len(rows)}, {len(ways)} fit")


def _of_late():
    """Return what is looked through, in the order in which something is left out at its end."""
    since = timezone.now() - LOOKED_THROUGH
    is_open = Q(pk__in=ConsultRequest.objects.open().values("pk"))
    stands_open = Case(When(status__in=OPEN_STATUSES, then=Value(1)), default=Value(0))
    # A flood of what has ended, or looks like spam, must not push out who waits.
    return (
        _people()
        .with_contents()
        .filter(is_open | Q(created_at__gte=since))
        .order_by(stands_open.desc(), "-created_at", "-pk")
    )


def _fitting(said, rows):
    """Return ``{key: by what it fits}``; whatever doesn't open fits by its reference alone."""
    keys = parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)
    ways = {}
    for pk, reference, envelope in rows:
        try:
            contents, _record_key = open_envelope(envelope, reference=reference, private_keys=keys)
        except EnvelopeProblem:
            contents = {}
        if way := said.fits(Given.of(reference, texts_in(contents))):
            ways[pk] = way
    return ways


def _few(ways):
    """Return those that surely fit where there are too many: what is only similar must not hide them."""
    if len(ways) <= MOST_HITS:
        return ways
    return {pk: way for pk, way in ways.items() if way != FoundBy.NEAR_NAME} or ways


def _found(ways, left_out):
    if len(ways) > MOST_HITS:
        return Found(problem=SearchProblem.TOO_MANY)
    requests = _people().defer("envelope").in_bulk(ways)
    hits = [Hit(consult, ways[pk]) for pk, consult in requests.items()]
    return Found(tuple(sorted(hits, key=_surest_first)), left_out=left_out)


def _surest_first(hit):
    return list(FoundBy).index(hit.found_by), not hit.consult.is_open, -hit.consult.created_at.timestamp()


def _looked_through_lately(actor):
    since = timezone.now() - HOUR
    searches = AuditEvent.objects.filter(at__gt=since, action=AuditAction.SEARCH, actor=actor)
    return searches.filter(detail__startswith=THROUGH).count()


def _people():
    return ConsultRequest.objects.from_people()
