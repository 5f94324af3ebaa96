"""What stands beside a contact that is not to be used: the same words wherever it is shown."""

from django import forms
from django.contrib import messages
from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.bounded_forms import BoundedForm
from consults import workflow
from consults.enums import ClosedReason
from consults.models.contacts import LONGEST_REASON

ASKED = "Do not contact: asked us on {}, with request {}, not to contact them."
ASKED_BY_PHONE = "Do not contact: asked us on {}, by phone or at the desk, not to contact them."
CAME_AFTER = "This request came after that, from them or in their name: ask before you call."
CAME_BEFORE = "This request came before that."
NOT_REGISTERED = (
    "{} can't be opened, so its number and address could not be remembered as not to be contacted. "
    "Nobody will be warned. Tell whoever runs the site."
)


class LiftForm(BoundedForm):
    """Why somebody who asked us to stop may be contacted again."""

    reason = forms.CharField(
        label="They may be contacted again, because",
        max_length=LONGEST_REASON,
        help_text="No names and nothing about health: auditors read it.",
        error_messages={"required": "Say why.", "max_length": f"Use {LONGEST_REASON} characters or fewer."},
    )

    def __init__(self, *args, **kwargs):
        # Beside the form that closes a request, which asks for a reason as well.
        super().__init__(*args, auto_id="id_lift_%s", **kwargs)


def in_words(stop) -> str:
    """Return the warning; nothing where there is no stop."""
    if stop is None:
        return ""
    words = ASKED if stop.reference else ASKED_BY_PHONE
    asked = words.format(date_format(timezone.localtime(stop.at), "SHORT_DATE_FORMAT"), stop.reference)
    if stop.is_with_this:
        return asked
    return f"{asked} {CAME_AFTER if stop.came_after else CAME_BEFORE}"


def warning_for(contents, consult=None) -> str:
    """Return the warning about a contact that is shown; without a request they speak with us now."""
    return in_words(workflow.stopped(contents, consult))


def warnings_for(requests) -> dict[int, str]:
    """Return the warnings, by key, about requests that are shown without being opened."""
    return {pk: in_words(stop) for pk, stop in workflow.stops_of(requests).items()}


def say_if_not_registered(request, consult, **values):
    """Say it where somebody asked us to stop, and a damaged envelope kept that from being remembered."""
    asked = ClosedReason.ASKED_TO_STOP in (values.get("outcome"), values.get("reason"))
    if asked and not workflow.is_registered(consult):
        messages.error(request, NOT_REGISTERED.format(consult))
