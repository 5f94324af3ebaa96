"""Opening requests: these functions alone lead to what somebody wrote, and each notes that it did."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from consults.enums import TimelineAction
from consults.models import ConsultRequest, TimelineEvent
from consults.permissions import can_read_requests
from consults.sealing.envelope import open_envelope
from consults.sealing.keys import parse_sealing_keys
from consults.sealing.notes import open_note

from .errors import NotAllowed


@dataclass(frozen=True)
class OpenedNote:
    """A note in clear."""

    text: str
    author: str
    created_at: datetime


def read(request: ConsultRequest, *, actor) -> tuple[dict, list[OpenedNote]]:
    """Open a request for somebody who may, and note that they did.

    Returns the contents and the notes. Raises NotAllowed, EnvelopeProblem, KeyProblem.
    """
    if not can_read_requests(actor):
        raise NotAllowed
    contents, record_key = open_record(request)
    notes = [
        OpenedNote(
            open_note(n.sealed, note_id=str(n.pk), record_key=record_key),
            n.author.get_username(),
            n.created_at,
        )
        for n in request.notes.select_related("author")
    ]
    TimelineEvent.objects.create(request=request, actor=actor, action=TimelineAction.VIEW)
    return contents, notes


@transaction.atomic
def address_for_copy(request: ConsultRequest) -> str:
    """Return the address of somebody who asked for a copy, and note that the site read it.

    Raises NotAllowed when they did not ask, EnvelopeProblem, KeyProblem.
    """
    if not request.wants_copy:
        raise NotAllowed
    contents, _record_key = open_record(request)
    TimelineEvent.objects.create(request=request, action=TimelineAction.COPY)
    return contents["email"]


def open_record(request: ConsultRequest) -> tuple[dict, bytes]:
    """Return contents and record key, for this package alone: its callers check and note."""
    keys = parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)
    return open_envelope(request.envelope, reference=request.reference, private_keys=keys)
