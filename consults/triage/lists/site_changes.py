"""What a row says of what nobody at the desk did: closed days, and colleagues who are away or left."""

from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.facts import read_facts
from consults import workflow
from consults.enums import TimelineAction
from consults.models import ConsultRequest
from consults.triage.in_words import time_as_said


def look_up_site_changes(requests) -> None:
    """Add to the requests of one page what the site changed of them, in one query.

    Not to the whole list before it is sorted: that would be reckoned for each of its rows.
    """
    rows = ConsultRequest.objects.filter(pk__in=[consult.pk for consult in requests])
    found = {row.pk: row for row in rows.with_site_changes().only("pk")}
    for consult in requests:
        for name in ("to_tell_of", "to_tell_place", "moved_from", "last_held"):
            setattr(consult, name, getattr(found.get(consult.pk), name, None))


def closure_in_words(consult) -> str:
    """Return what a closed day did to a request; empty where it did nothing, or it wasn't looked up."""
    if at := getattr(consult, "to_tell_of", None):
        # An appointment may be at another place than the one they asked for.
        own_place = getattr(consult, "to_tell_place", None)
        place = consult.location if own_place is None else own_place
        return f"tell them: agreed for {_day_and_time(at)}, and {_who_is_closed(place)} then"
    if at := getattr(consult, "moved_from", None):
        hours = read_facts().hours_of(consult.location)
        is_whole_day = not hours.periods_on(hours.local(at).date())
        when = f"on {_day(at)}" if is_whole_day else f"on {_day_and_time(at)}"
        return f"plan moved: {_who_is_closed(consult.location)} {when}"
    return ""


def given_back_in_words(consult) -> str:
    """Return that whoever had it left, until somebody has it again; empty where that wasn't looked up."""
    is_given_back = getattr(consult, "last_held", None) == TimelineAction.RELEASED
    if not is_given_back or consult.assignee_id:
        return ""
    return "whoever had it left: nobody has it now"


class WhoIsAway:
    """Who is away today, as one reader is told of it."""

    def __init__(self, reader):
        self._reader = reader
        self._absences = workflow.absences()

    @property
    def all(self):
        """Return a sentence for each of them."""
        return [self._sentence(absence) for absence in self._absences.away.values()]

    def of(self, consult) -> list[str]:
        """Return what a row says of whoever has the request; nothing where they are here."""
        absence = self._absences.of(consult)
        return [self._sentence(absence)] if absence else []

    def _sentence(self, absence):
        if absence.stands_in is None:
            how = "nobody stands in"
        elif absence.stands_in == self._reader:
            how = "you stand in"
        else:
            how = f"{absence.stands_in} stands in"
        return f"{absence.user} is away until {date_format(absence.until, 'MONTH_DAY_FORMAT')}; {how}"


def _who_is_closed(place):
    return f"{read_facts().name_of(place) or 'the clinic'} is closed"


def _day(moment):
    return date_format(timezone.localtime(moment), "MONTH_DAY_FORMAT")


def _day_and_time(moment):
    return f"{_day(moment)} at {time_as_said(timezone.localtime(moment).time())}"
