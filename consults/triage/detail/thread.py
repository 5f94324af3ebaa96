"""The notes and the timeline of what one person sent, put together: each says of which request it is."""

from dataclasses import replace
from itertools import groupby

from consults.models import TimelineEvent


def notes_of(consult, notes, thread) -> list:
    """Return the notes and e-mails of a request and of what is linked with it, in order."""
    if not thread:
        return notes
    own = [replace(note, reference=consult.reference) for note in notes]
    others = [note for one in thread for note in one.notes]
    return sorted([*own, *others], key=lambda note: note.created_at)


def timeline_of(requests) -> list[TimelineEvent]:
    """Return what happened to requests, in one query; what one deed did to several of them is one line.

    Each event has its ``requests``, and ``references`` to show where there are several.
    """
    by_key = {consult.pk: consult for consult in requests}
    events = TimelineEvent.objects.filter(consult__in=by_key).select_related("actor")
    if len(by_key) == 1:
        return [_of(event, [by_key[event.consult_id]]) for event in events]
    timeline = []
    for _same, together in groupby(events, key=_deed):
        first, *others = together
        concerned = dict.fromkeys(by_key[event.consult_id] for event in (first, *others))
        timeline.append(_of(first, list(concerned), ", ".join(map(str, concerned))))
    return timeline


def _of(event, requests, references=""):
    event.requests, event.references = requests, references
    return event


def _deed(event):
    """Return in what the events of one deed agree."""
    moment = event.at.replace(microsecond=0)
    return moment, event.action, event.actor_id, event.outcome, event.from_status, event.to_status
