"""The other requests of one person, or of somebody who speaks with us now: opened and compared.

Whoever looks sees only those that really match, and of those the reference and the name.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from consults import audit
from consults.enums import AuditAction, Purpose
from consults.models import ConsultRequest
from consults.sealing.envelope import EnvelopeProblem
from consults.sealing.keys import KeyProblem
from consults.workflow.errors import NotAllowed

from .emergency import may_open
from .matching import matching
from .opening import open_record
from .said import words_of

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
    return ConsultRequest.objects.from_people().filter(linked).exclude(pk=consult.pk)


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
