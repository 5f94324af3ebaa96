"""What looks like spam, as a short section of the desk: ten at most, and equal ones as one."""

from typing import NamedTuple

from django.db.models import Case, Count, Min, Q, Value, When
from django.urls import reverse

from consults.models import ConsultRequest
from consults.triage.in_words import moment_as_said

MOST_GROUPS = 10
# So many at a time count as shown with the one that stands for them; the next look takes more.
MOST_TOGETHER = 500
# Equal in all of this: the short hashes of number and address, the signs, and what is clear of the answers.
# Each hash alone is shared by strangers; what scripts send in thousands agrees in everything.
EQUAL_IN = (
    "phone_end_index",
    "email_index",
    "spam_signals",
    "spam_score",
    "priority",
    "locale",
    "source_section",
    "campaign",
    "heard_from",
    "best_times",
    "time_zone",
    "location",
)


class Group(NamedTuple):
    """Equal requests: the first one stands for all of them."""

    consult: ConsultRequest
    url: str
    number: int
    look_by: str
    is_late: bool


class Suspected(NamedTuple):
    """The section, and the requests that it puts before somebody for the first time."""

    groups: list
    unshown: dict

    @property
    def references(self):
        """The references of all that the section shows."""
        shown = [group.consult.reference for group in self.groups]
        return [*shown, *(reference for reference in self.unshown.values() if reference not in shown)]


def suspected_title(look_by, now) -> str:
    """Return the heading: by when somebody looks, or that nobody did in time; no more once all were seen."""
    if not look_by:
        return "Suspected spam"
    when = f"look by {moment_as_said(look_by, now)}" if look_by > now else "nobody has looked in time"
    return f"Suspected spam: {when}"


def suspected_section(now) -> Suspected:
    """Return the section: what is to be read first, then the least suspicious, then what nobody saw."""
    found = list(_grouped()[:MOST_GROUPS])
    first = ConsultRequest.objects.defer("envelope").in_bulk([row["first"] for row in found])
    groups = [
        Group(
            consult=first[row["first"]],
            url=reverse("consult_requests:detail", args=[row["first"]]),
            number=row["number"],
            look_by=moment_as_said(row["look_by"], now) if row["look_by"] else "",
            is_late=bool(row["unshown"]) and (row["look_by"] is None or row["look_by"] <= now),
        )
        for row in found
        if row["first"] in first
    ]
    return Suspected(groups, _unshown(found))


def _people():
    return ConsultRequest.objects.from_people().quarantined()


def _grouped():
    nobody_saw = Q(shown_at=None)
    return (
        _people()
        .values(*EQUAL_IN)
        .annotate(
            first=Min("pk"),
            number=Count("pk"),
            unshown=Count("pk", filter=nobody_saw),
            look_by=Min("next_action_at", filter=nobody_saw),
            was_seen=Case(When(unshown=0, then=Value(1)), default=Value(0)),
        )
        .order_by("-priority", "spam_score", "was_seen", "first")
    )


def _unshown(found):
    """Return ``{pk: reference}`` of those in these groups that nobody was shown yet, in one query."""
    equal = Q(pk__in=[])
    for row in found:
        if row["unshown"]:
            equal |= Q(
                **{f"{c}__isnull" if row[c] is None else c: row[c] is None or row[c] for c in EQUAL_IN}
            )
    new = _people().filter(equal, shown_at=None).order_by("pk")
    return dict(new.values_list("pk", "reference")[:MOST_TOGETHER])
