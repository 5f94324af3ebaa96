"""From a valid form to what the workflow accepts."""

from consults.workflow import Submission

from .consent import CONSENT_TEXT, CONSENT_VERSION
from .reference import idempotency_key, reference_for
from .token import issue_day

# Needed to sort the queue, and telling nothing about health.
CLEAR_FIELDS = ("times", "time_zone", "section")


def submission_from(form, *, token: str) -> Submission:
    """Return the submission of a valid form; equal forms of one day give equal references."""
    fields = dict(form.cleaned_data)
    # Where somebody came from doesn't make it another request.
    key = idempotency_key({k: v for k, v in fields.items() if k != "section"}, day=issue_day(token))
    contents = {name: value for name, value in fields.items() if name not in CLEAR_FIELDS}
    contents["consent"] = {"text": CONSENT_TEXT, "version": CONSENT_VERSION}
    return Submission(
        reference=reference_for(key),
        idempotency_key=key,
        contents=contents,
        best_times=sum(fields["times"]),
        time_zone=fields["time_zone"],
        source_section=fields["section"],
    )
