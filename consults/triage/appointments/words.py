"""An appointment in words: on the card of its request, in lists, and on the timeline."""

from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.facts import read_facts
from consults.enums import AppointmentState, TimelineAction
from consults.models import Appointment
from consults.triage.in_words import time_as_said

from .clocks import zone_in_words, zone_of

# What the others did to an appointment, they did by the way.
SAY_WHAT_CAME_OF_IT = (TimelineAction.CANCEL, TimelineAction.CAME, TimelineAction.NO_SHOW)


def when_in_words(appointment) -> str:
    """Return day and time by the clock of its place: "Tuesday, December 8, 2026 at 9 am (Mountain time)"."""
    zone = zone_of(appointment.location)
    local = appointment.starts_at.astimezone(zone)
    day = date_format(local, "l, F j, Y")
    return f"{day} at {time_as_said(local.time())} ({zone_in_words(appointment.starts_at, zone)})"


def own_clock_in_words(appointment) -> str:
    """Return the time by the reader's clock, where that shows another one."""
    own = timezone.localtime(appointment.starts_at)
    local = appointment.starts_at.astimezone(zone_of(appointment.location))
    if own.utcoffset() == local.utcoffset():
        return ""
    return f"{time_as_said(own.time())} by your clock"


def details_in_words(appointment) -> str:
    """Return what is agreed beside the time: "60 minutes, in person, with ana, Boulder"."""
    return _details(appointment, appointment.with_whom.get_username() if appointment.with_whom else "")


def told_in_words(appointment, role, *, has_time) -> str:
    """Return what is kept of an appointment for the person, with the role of whom they were to see.

    Once the contents are removed that is a day, and no more.
    """
    if has_time:
        return f"{when_in_words(appointment)}, {_details(appointment, role)}"
    return date_format(appointment.starts_at.astimezone(zone_of(appointment.location)), "l, F j, Y")


def _details(appointment, whom):
    place = read_facts().name_of(appointment.location)
    said = [
        f"{appointment.minutes} minutes",
        appointment.get_manner_display().lower(),
        f"with {whom}" if whom else "",
        place,
    ]
    return ", ".join(filter(None, said))


def in_words(appointment) -> str:
    """Return all that is agreed."""
    return f"{when_in_words(appointment)}, {details_in_words(appointment)}"


def tell_times(consult, events) -> None:
    """Give each event that made, moved or ended an appointment its words, as ``event.appointment``.

    One query, whatever their number. Once the contents are removed the times are gone as well.
    """
    if consult.purged_at:
        return
    rows = list(Appointment.objects.filter(consult=consult).select_related("with_whom").order_by("pk"))
    made = {row.made_in_id: row for row in rows}
    ended = {row.ended_in_id: row for row in rows if row.ended_in_id}
    for event in events:
        event.appointment = _of_event(event, made.get(event.pk), ended.get(event.pk))


def _of_event(event, made, ended):
    if made and ended:
        return f"from {in_words(ended)} to {in_words(made)}"
    if made:
        return in_words(made)
    if ended is None:
        return ""
    when = when_in_words(ended)
    if event.action in SAY_WHAT_CAME_OF_IT:
        return when
    return f"the appointment of {when}{' is off' if ended.state == AppointmentState.CANCELLED else ''}"
