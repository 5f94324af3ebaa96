"""What the desk is told after a change: what was done, how the request stands now, and what was not done."""

from django.contrib import messages
from django.utils import timezone

from consults import crisis, workflow
from consults.enums import AppointmentState, ClosedReason, Outcome, TimelineAction
from consults.models import Appointment

from .detail.forms import not_later
from .in_words import moment_as_said

NOT_ENDED = "It stays open: it was marked to be read first. Ask a colleague to look at it and to close it."
NOTHING = "Nothing to do: it stands like that already."
STOPPED = "Number and address are remembered: whoever meets them again is warned."
NOTE_ADDED = "Note added."
NOTE_KNOWN = "You have written the same note before, so it is there once."
UNUSED_TIME = "A time you had entered was not used: each goes with the buttons below it."
TIMES = ("again_at", "until")
REFUSED = {
    workflow.NotSettled: (
        "{}: nothing was done. It takes two managers whose accounts, roles and second factors are older than "
        "a day."
    ),
    workflow.UnreadRequest: "Nobody has opened {} yet. Read it before you close it.",
    workflow.SecondPersonNeeded: (
        "{} was marked to be read first, so one person alone doesn’t take that back. Nothing was saved. "
        "Hand it to the clinician, or let a colleague deal with it first."
    ),
    workflow.PutOffTooLong: "{} was not put off.",
    workflow.CannotLink: (
        "{} was not linked: it can be linked once, to an earlier request that still has its contents."
    ),
    workflow.NotLinked: "{} is not linked with it any more, so it was left as it is.",
    workflow.HasAppointment: "{} has an appointment: end it on its own page.",
    workflow.StaleRequest: "{} was changed by somebody meanwhile, so it was left as it is.",
    workflow.OtherAppointment: (
        "That appointment of {} was changed meanwhile, or another one came after it. Nothing was saved; look "
        "at it as it stands now."
    ),
    workflow.StillToSay: (
        "The appointment of {} is over. Say first whether they came; then give them another time. Nothing "
        "was saved."
    ),
    workflow.NotYet: "The appointment of {} is still to come, so nothing was saved.",
    workflow.InvalidTransition: "{} can’t be moved there from where it stands.",
}


def tell(request, consult, done, note=None, *, used=()):
    """Show what a change did, and what became of the note and of the times beside it; ``used`` were."""
    said = [in_words(consult, done), note_in_words(note), _unused_time(request, used)]
    is_all = not done.undone and (note is None or not note.undone)
    level = messages.SUCCESS if is_all else messages.WARNING
    messages.add_message(request, level, f"{consult}: {' '.join(filter(None, said))}")


def tell_of_note(request, consult, done):
    """Show what became of a note by itself, and how the request stands as before."""
    said = [
        NOTE_KNOWN if done.undone else f"Note added to {consult}.",
        status_in_words(consult),
        next_in_words(consult),
        _unused_time(request, ()),
    ]
    level = messages.WARNING if done.undone else messages.SUCCESS
    messages.add_message(request, level, " ".join(filter(None, said)))


def in_words(consult, done) -> str:
    """Return in one line what a change did to a request and how it stands now; by reference only."""
    said = [
        f"{Outcome(done.outcome).label}." if done.action == TimelineAction.ATTEMPT else "",
        status_in_words(consult),
        NOTHING if workflow.Undone.ANYTHING in done.undone else _deed(consult, done),
        _called_off(done),
        next_in_words(consult),
        NOT_ENDED if workflow.Undone.ENDING in done.undone else "",
        not_later() if workflow.Undone.WAITING in done.undone else "",
        deciding_in_words(done),
    ]
    return " ".join(sentence for sentence in said if sentence)


def deciding_in_words(done) -> str:
    """Return what a wish waits for that one manager alone does not fulfil."""
    if workflow.Undone.DECIDING not in done.undone:
        return ""
    return f"Your wish is noted: {workflow.when_in_words(done.written.due_at)}."


def status_in_words(consult) -> str:
    """Return where the request stands."""
    reason = f" Reason: {consult.get_closed_reason_display()}." if consult.closed_reason else ""
    return f"{consult.get_status_display()}.{reason}"


def next_in_words(consult) -> str:
    """Return when an open request comes up again, and what was agreed with the person."""
    if not consult.is_open:
        return ""
    now = timezone.now()
    agreed, comes_up = consult.agreed_after(now), consult.next_action_at
    if agreed and agreed == comes_up:
        return f"Agreed for {moment_as_said(agreed, now)}, when it comes up again."
    said = [f"Agreed for {moment_as_said(agreed, now)}."] if agreed else []
    said.append("It is due now." if comes_up <= now else f"It comes up {moment_as_said(comes_up, now)}.")
    return " ".join(said)


def note_in_words(note):
    """Return what became of a note, if there was one."""
    if note is None:
        return ""
    return NOTE_KNOWN if note.undone else NOTE_ADDED


def why_refused(consult, problem) -> str:
    """Return why the workflow refused a change."""
    said = REFUSED.get(type(problem), REFUSED[workflow.InvalidTransition]).format(consult)
    return f"{said} {not_later()}" if isinstance(problem, workflow.PutOffTooLong) else said


def tell_together(request, together, said):
    """Show to which of several requests of a person something was done, and to which not and why."""
    if together.done:
        messages.success(request, said.format(", ".join(map(str, together.done))))
    for consult, problem in together.undone:
        messages.warning(request, why_not(consult, problem))


def why_not(consult, problem) -> str:
    """Return why something was not done to one of several requests."""
    match problem:
        case workflow.Undone.ENDING:
            return f"{consult}: {NOT_ENDED}"
        case workflow.Undone.DECIDING:
            return f"{consult}: it waits for a second manager."
        case workflow.InvalidTransition() if type(problem) is workflow.InvalidTransition:
            return f"{consult}: not done, {_as_it_stands(consult)}."
    return why_refused(consult, problem)


def _as_it_stands(consult):
    if consult.is_open:
        return "since it is still open"
    if consult.on_hold:
        return "since it is kept beyond its time"
    return f"as it stands now ({consult.get_status_display()})"


def _unused_time(request, used):
    """Return that somebody entered a time and pressed a button that has no use for it."""
    return UNUSED_TIME if any(request.POST.get(name) and name not in used for name in TIMES) else ""


def _deed(consult, done):
    """Return what was done, where the status alone doesn't say it."""
    if _asks_to_stop(consult, done) and workflow.is_registered(consult):
        return STOPPED
    match done.action:
        case TimelineAction.ASSIGN | TimelineAction.CLAIM:
            return f"With {consult.assignee.get_username()}."
        case TimelineAction.PRIORITY:
            return f"{consult.get_priority_display()}."
        case TimelineAction.HANDED:
            return f"Handed to {crisis.clinician()}."
        case TimelineAction.LINK:
            return f"Linked to {consult.same_as}."
    return DEEDS.get(done.action, "")


def _called_off(done):
    """Return that an appointment is off, where that came along with something else."""
    if done.event is None or done.action == TimelineAction.CANCEL:
        return ""
    off = Appointment.objects.filter(ended_in=done.event, state=AppointmentState.CANCELLED).first()
    return f"The appointment {moment_as_said(off.starts_at, timezone.now())} is off." if off else ""


def _asks_to_stop(consult, done):
    """Whether somebody may have asked us to stop with this; no reason is kept until a colleague agrees."""
    return (
        done.outcome == Outcome.ASKED_TO_STOP
        or done.action == TimelineAction.ASK_CLOSE
        or (done.action == TimelineAction.STATUS and consult.closed_reason == ClosedReason.ASKED_TO_STOP)
    )


DEEDS = {
    TimelineAction.SNOOZE: "Put off.",
    TimelineAction.UNLINK: "The link is removed.",
    TimelineAction.HOLD: "Its contents are kept beyond their time.",
    TimelineAction.RELEASE: "Its contents are no longer kept beyond their time.",
    TimelineAction.PURGE: "The contents are removed for good.",
    TimelineAction.MAIL: "The e-mail is on its way.",
    TimelineAction.UNDO: "Taken back.",
    TimelineAction.BOOK: "The appointment stands.",
    TimelineAction.MOVED_APPOINTMENT: "The appointment was moved.",
    TimelineAction.CORRECT: "The appointment was corrected.",
    TimelineAction.CANCEL: "The appointment is off: call them.",
    TimelineAction.CAME: "They came: print the sheet for the record, then say that they are on record.",
    TimelineAction.NO_SHOW: "They did not come: call them.",
}
