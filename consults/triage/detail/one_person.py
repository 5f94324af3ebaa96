"""Stop, hold and erase hold for the person: after a change to one request, the same for its others."""

from django.contrib import messages

from consults import workflow
from consults.enums import ClosedReason
from consults.triage.what_was_done import tell_together

STOPPED = "Asked us to stop, also for: {}."
HELD = "The same for: {}."
OPEN_STILL = (
    "{} still open of the same person: {}. On its page you end them with this one, or go on with them apart."
)


def others_concerned(consult, change, values) -> list:
    """Return the other requests of the person that a change concerns; look before it is made."""
    return held_others(consult) if change in DO or _is_stop(values) else []


def held_others(consult) -> list:
    """Return the other requests of the person, held with this one until the answer is sent."""
    workflow.hold_thread(consult)
    return workflow.others_of(consult)


def do_to_others(request, consult, change, others, values) -> None:
    """Do the same to the others, and say to which it was done, and to which not and why."""
    if not others:
        return
    if _is_stop(values):
        stop_others(request, consult, others)
    else:
        do, names = DO[change]
        wanted = {name: values[name] for name in names}
        tell_together(request, do(others, actor=request.user, **wanted), HELD)


def stop_others(request, consult, others) -> None:
    """End the other requests of somebody who asked us to stop, and say how that went."""
    tell_together(request, workflow.stop_others(consult, others, actor=request.user), STOPPED)


def tell_of_open(request, consult) -> bool:
    """Say which others of the person are still open; return whether there are any."""
    still = [other for other in workflow.others_of(consult) if other.is_open]
    if still:
        number = "One other request is" if len(still) == 1 else f"{len(still)} other requests are"
        messages.info(request, OPEN_STILL.format(number, ", ".join(map(str, still))))
    return bool(still)


def _is_stop(values):
    return ClosedReason.ASKED_TO_STOP in (values.get("outcome"), values.get("reason"))


DO = {
    workflow.set_hold: (workflow.hold_others, ["on_hold"]),
    workflow.erase: (workflow.erase_others, []),
}
