"""What the page after the form knows of a request, sealed into its own address.

The page asks no database, is the same when somebody opens it again, and nobody reads in a log, a history or
a cache what was chosen. Whoever has the address sent the form; nobody else can make one.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from consults.enums import CopyState
from consults.references import is_proven
from consults.sealing.keys import parse_secret
from consults.sealing.slips import SlipProblem, open_slip, seal_slip
from consults.workflow import Accepted, Submission


@dataclass(frozen=True)
class Slip:
    """When a request came, how and when somebody wants to be reached, and how their copy stands.

    Addresses of release 0.3.0 say nothing but the last.
    """

    reference: str
    received_at: datetime | None = None
    way: str = ""
    best_times: int = 0
    time_zone: str = ""
    location: str = ""
    copy: CopyState = CopyState.NO_ADDRESS
    # The first of those that correct one another; its own where it corrects none.
    first: str = ""

    def with_copy(self, state: CopyState) -> "Slip":
        """Return it with another state of the copy."""
        return replace(self, copy=state)

    def sealed(self) -> str:
        """Return it as it stands in an address."""
        moment = int(self.received_at.timestamp()) if self.received_at else 0
        parts = [moment, self.way, self.best_times, self.time_zone, self.location, self.copy, self.first]
        text = json.dumps(parts, separators=(",", ":"))
        return seal_slip(text, reference=self.reference, secret=_secret())


def slip_for(submission: Submission, accepted: Accepted) -> Slip:
    """Return the slip of a request that was just accepted."""
    contents, columns = submission.contents, submission.columns
    return Slip(
        reference=accepted.reference,
        received_at=accepted.received_at,
        way=contents["way"],
        best_times=columns.best_times,
        time_zone=columns.time_zone,
        location=columns.location,
        copy=accepted.copy if contents["email"] else CopyState.NO_ADDRESS,
        first=submission.corrects or accepted.reference,
    )


def read_slip(reference: str, text: str) -> Slip | None:
    """Return what an address says of its request; None where it is none of ours."""
    # Of the release before, still open in somebody's browser.
    if is_proven(reference, text):
        return Slip(reference, first=reference)
    if is_proven(reference, text, without_copy=True):
        return Slip(reference, copy=CopyState.TOO_MANY, first=reference)
    try:
        parts = json.loads(open_slip(text, reference=reference, secret=_secret()))
    except SlipProblem:
        return None
    moment, way, best_times, time_zone, location, copy, first = parts
    received_at = datetime.fromtimestamp(moment, tz=timezone.get_default_timezone()) if moment else None
    return Slip(reference, received_at, way, best_times, time_zone, location, CopyState(copy), first)


def _secret():
    return parse_secret(settings.CONSULTS_REFERENCE_KEY)
