"""The notes and the timeline of what one person sent, put together: each says of which request it is."""

from collections import Counter
from dataclasses import replace
from itertools import groupby

from consults.enums import TimelineAction
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

    Each event has its ``requests``, and ``references`` to show where there are several. Looks at a name in a
    list that follow one another are one line as well, the last of them, with ``looks`` by whom and how often.
    """
    by_key = {consult.pk: consult for consult in requests}
    events = TimelineEvent.objects.filter(consult__in=by_key).select_related("actor")
    if len(by_key) == 1:
        return _looks_as_one(_of(event, [by_key[event.consult_id]]) for event in events)
    timeline = []
    for _same, together in groupby(events, key=_deed):
        first, *others = together
        concerned = dict.fromkeys(by_key[event.consult_id] for event in (first, *others))
        timeline.append(_of(first, list(concerned), ", ".join(map(str, concerned))))
    return _looks_as_one(timeline)


def _of(event, requests, references=""):
    event.requests, event.references = requests, references
    return event


def _deed(event):
    """Return in what the events of one deed agree."""
    moment = event.at.replace(microsecond=0)
    return moment, event.action, event.actor_id, event.outcome, event.from_status, event.to_status


def _looks_as_one(timeline):
    """Where the desk starts with names, looks would hide what was done."""
    lines = []
    for (is_look, _references), together in groupby(timeline, key=_look):
        events = list(together)
        if is_look and len(events) > 1:
            times = Counter(event.actor.get_username() for event in events)
            events[-1].looks = [f"{name} {_times(number)}" for name, number in times.items()]
            events = events[-1:]
        lines += events
    return lines


def _times(number):
    return "once" if number == 1 else f"{number} times"


def _look(event):
    return event.action == TimelineAction.REVEAL and event.actor is not None, event.references
