"""Notes: sealed, added by themselves or together with a change, and each stored once."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction

from consults.enums import TimelineAction
from consults.models import ConsultNote, ConsultRequest
from consults.permissions import can_change_requests
from consults.sealing.texts import note_id_for, seal_note
from consults.workflow.errors import NotAllowed
from consults.workflow.reading.opening import open_record
from consults.workflow.recording import note

from .change import NOTHING, Done


@transaction.atomic
def add_note(consult: ConsultRequest, *, actor: User, text: str) -> Done:
    """Add a sealed note; the same words of the same person again are that note.

    Raises NotAllowed, AuditProblem, EnvelopeProblem, KeyProblem.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    _contents, record_key = open_record(consult)
    pk = note_id_for(text, author=actor.pk, record_key=record_key)
    sealed = seal_note(text, note_id=str(pk), record_key=record_key)
    # By its key, so that of two clicks at once one finds the note of the other.
    written, is_new = ConsultNote.objects.get_or_create(
        pk=pk, consult=consult, defaults={"author": actor, "sealed": sealed}
    )
    if not is_new:
        return Done(undone=NOTHING.undone, written=written)
    note(consult, TimelineAction.NOTE, actor=actor)
    return Done(TimelineAction.NOTE, written=written)


@transaction.atomic
def with_note(
    change: Callable[..., Done], consult: ConsultRequest, *, actor: User, text: str = "", **values: object
) -> tuple[Done, Done | None]:
    """Make a change and add the note that was written beside it, both or neither.

    Returns what the change did, and what the note did where there was one. Raises like both.
    """
    done = change(consult, actor=actor, **values)
    return done, add_note(consult, actor=actor, text=text) if text else None
