"""Finding the requests of one person: candidates by blind index, then opened and compared.

Whoever looks sees only those that really match, and of those the reference.
"""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from consults import audit
from consults.enums import AuditAction, Purpose
from consults.models import ConsultRequest
from consults.sealing.blind_index import indexes_to_look_for, normal_email
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem, parse_secret
from consults.workflow.errors import NotAllowed

from .emergency import may_open
from .opening import open_record
from .said import words_of

# Short indexes have some strangers each, and a number is looked for by its end; more than this are a flood.
MOST_CANDIDATES = 1000
# The answers that two requests are compared by: what is sealed, and what stands in columns.
SEALED = ("name", "phone_e164", "email", "way", "topic", "for_whom", "state", "needs", "note")
CLEAR = ("best_times", "time_zone", "location", "locale")


@dataclass(frozen=True)
class OtherRequest:
    """Another request with somebody's number or address: its name, and which other answers differ."""

    consult: ConsultRequest
    differs: frozenset[str]
    # Whether they sent one of the two to correct the other, and whoever took it in vouches for that.
    is_correction: bool
    # Empty where it doesn't open.
    name: str = ""
    # Whether one name holds all words of the other. A number alone makes nobody the same person.
    is_same_name: bool = False
    is_compared: bool = True


@transaction.atomic
def same_person(consult: ConsultRequest, contents: dict, *, actor: User) -> list[OtherRequest]:
    """Return the other requests with the same phone number or address, and those linked, the newest first.

    To compare them they are opened, and their names are shown, which is noted. Raises NotAllowed,
    AuditProblem.
    """
    found = matching(phone=contents.get("phone_e164", ""), email=contents.get("email", ""), but=consult.pk)
    known = {other.pk for other in found}
    found += [other for other in _linked(consult, contents) if other.pk not in known]
    found.sort(key=lambda other: (other.created_at, other.pk), reverse=True)
    _noted(found, actor, action=AuditAction.REVEAL, detail="compared")
    return [_compared(consult, contents, other) for other in found]


def _first(consult, contents):
    """Return the reference that those have in common which correct one another."""
    return contents.get("corrects") or consult.reference


def look_for_caller(contents: dict, *, actor: User) -> list[ConsultRequest]:
    """Return the requests of somebody who speaks with us now, by number and address, the newest first.

    Raises NotAllowed, AuditProblem.
    """
    phone, email = contents.get("phone_e164", ""), contents.get("email", "")
    return _noted(matching(phone=phone, email=email) if phone or email else [], actor, is_search=True)


@transaction.atomic
def _noted(found, actor, *, action=AuditAction.SEARCH, detail="", is_search=False):
    """Note that somebody looked, also where nothing was found if that was a search; return what was found."""
    if not may_open(actor):
        raise NotAllowed
    if found or is_search:
        references = [consult.reference for consult in found]
        audit.append(action, actor=actor, purpose=Purpose.SEARCH, references=references, detail=detail)
    return found


def _linked(consult, contents):
    """Return the requests that somebody linked with this one, and the one that it corrects."""
    leader = consult.same_as_id or consult.pk
    linked = Q(pk=leader) | Q(same_as=leader) | Q(reference=contents.get("corrects") or None)
    return _people().filter(linked).exclude(pk=consult.pk)


def _compared(consult, contents, other):
    try:
        others, _record_key = open_record(other)
    # Its own page says loudly that it doesn't open.
    except (EnvelopeProblem, KeyProblem):
        return OtherRequest(other, frozenset(), is_correction=False, is_compared=False)
    sealed = {name for name in SEALED if contents.get(name, "") != others.get(name, "")}
    clear = {name for name in CLEAR if getattr(consult, name) != getattr(other, name)}
    is_correction = _first(consult, contents) == _first(other, others)
    name, another = contents.get("name", ""), others.get("name", "")
    return OtherRequest(
        other,
        frozenset(sealed | clear),
        is_correction=is_correction,
        name=another,
        is_same_name=_is_same_name(name, another),
    )


def _is_same_name(one, another):
    few, many = sorted((set(words_of(one)), set(words_of(another))), key=len)
    return bool(few) and few <= many


def matching(
    *, phone: str = "", email: str = "", end: str = "", but: int | None = None
) -> list[ConsultRequest]:
    """Return the requests with a number (E.164 or bare digits), the end of one, or an address, newest first.

    For this package alone: its callers check and note.
    """
    key, bits = parse_secret(settings.CONSULTS_INDEX_KEY), settings.CONSULTS_INDEX_BITS
    phones = _written(phone)
    wanted = {"phones": phones, "email": normal_email(email), "end": end}
    # However a number is written, its end is the same; what is found is opened and compared whole.
    indexes = indexes_to_look_for(key, phone=phone or end, email=email, bits=bits)
    candidates = _people().matching(indexes)
    newest = candidates.exclude(pk=but).order_by("-created_at", "-pk")[:MOST_CANDIDATES]
    return [consult for consult in newest if _is_match(consult, wanted)]


def _people():
    return ConsultRequest.objects.from_people()


def _written(phone):
    """Return the digits of a number, also with the country's code where it may be missing."""
    digits = "".join(c for c in phone if c.isdigit())
    return (
        [digits, "1" + digits]
        if len(digits) == 10 and settings.CLINIC_COUNTRY == "US"
        else [digits] * bool(digits)
    )


def _is_match(consult, wanted):
    try:
        contents, _record_key = open_record(consult)
    # Looked for by accident; whoever opens it is told loudly.
    except (EnvelopeProblem, KeyProblem):
        return False
    phone = "".join(c for c in contents.get("phone_e164", "") if c.isdigit())
    email = normal_email(contents.get("email", ""))
    return bool(
        (phone and phone in wanted["phones"])
        or (email and email == wanted["email"])
        or (wanted["end"] and phone.endswith(wanted["end"]))
    )
