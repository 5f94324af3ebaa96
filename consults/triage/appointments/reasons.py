"""What an appointment says of why its request comes up, for the lists of the desk.

It asks for nothing itself: the lists bring state and time along, see ``with_appointment``.
"""

from consults.enums import AppointmentState, Status
from consults.triage.in_words import moment_as_said


def what_to_do(consult, now) -> str:
    """Return what is to be done about a booked request; empty where the lists know better."""
    state, at = _appointment_of(consult)
    if consult.status != Status.BOOKED:
        return ""
    match state:
        case AppointmentState.CAME:
            return "they came: put them on record"
        case AppointmentState.PLANNED if at > now and consult.next_action_at < at:
            return f"call before the appointment {moment_as_said(at, now)}"
        case AppointmentState.PLANNED:
            return ""
    is_known = hasattr(consult, "appointment_state")
    return "booked, and no time is kept" if is_known and not consult.agreed_at else ""


def has_call_agreed(consult) -> bool:
    """Whether what is agreed is a call, and not the appointment; as far as appointments were looked up."""
    if not consult.agreed_at or not hasattr(consult, "appointment_state"):
        return False
    state, at = _appointment_of(consult)
    return state != AppointmentState.PLANNED or at != consult.agreed_at


def appointment_ahead(consult, now) -> str:
    """Return when the appointment is that is still to come, to be said beside a call; empty without one."""
    state, at = _appointment_of(consult)
    is_ahead = state == AppointmentState.PLANNED and at > now
    return f"; appointment {moment_as_said(at, now)}" if is_ahead else ""


def what_happened(consult, now) -> str:
    """Return that the last appointment of an open request came to nothing."""
    state, at = _appointment_of(consult)
    if consult.status != Status.REACHED:
        return ""
    match state:
        case AppointmentState.NO_SHOW:
            return f"did not come {moment_as_said(at, now)}"
        case AppointmentState.CANCELLED:
            return f"cancelled the appointment {moment_as_said(at, now)}"
    return ""


def place_of(consult) -> str:
    """Return the key of the place of a planned appointment; without one, of the place they asked for."""
    state, _at = _appointment_of(consult)
    return consult.appointment_place if state == AppointmentState.PLANNED else consult.location


def _appointment_of(consult):
    return getattr(consult, "appointment_state", None), getattr(consult, "appointment_at", None)
