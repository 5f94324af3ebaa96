"""The appointments of a day or a week: references, never names. It prints as it stands."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.views import View

from clinic.core.facts import read_facts
from clinic.core.opening_hours import describe_periods
from consults.admin_pages import DESK, PageMixin
from consults.audited_views import FrontDeskMixin
from consults.enums import AuditAction
from consults.models import Appointment
from consults.permissions import can_change_requests
from consults.triage.in_words import time_as_said

from .card import Card, card_for
from .clocks import zone_in_words, zone_of
from .filters import DAY, ListForm, filters_of

# Of a day or a week; no clinic sees more.
MOST = 500


class Row(NamedTuple):
    """An appointment in a list."""

    card: Card
    time: str
    # Where the clocks of its place show another time than those of the list.
    zone: str
    place: str


class Day(NamedTuple):
    """A day with its appointments, and when the place is open."""

    title: str
    hours: str
    is_today: bool
    rows: list


class AppointmentsView(FrontDeskMixin, PageMixin, View):
    """The list."""

    noted_as = AuditAction.LIST
    page_title = "Appointments"
    breadcrumbs_items = (DESK,)
    template_name = "consults/triage/appointments/list.html"

    def get(self, request):
        """Show what was asked for; what can't be understood leads to today, and says why."""
        form = ListForm(request.GET)
        shown = filters_of(**form.cleaned_data) if form.is_valid() else filters_of(None, DAY, "")
        appointments = list(_standing(shown)[: MOST + 1])
        self.references = [each.consult.reference for each in appointments[:MOST]]
        context = {
            "form": form if form.errors else ListForm(initial=_as_typed(shown)),
            "filters": shown,
            "before": shown.later(-1),
            "after": shown.later(1),
            "today": filters_of(None, shown.span, shown.place),
            "days": _days(shown, appointments[:MOST]),
            "is_cut": len(appointments) > MOST,
            "most": MOST,
            "place_name": read_facts().name_of(shown.place),
            "zone_name": zone_in_words(timezone.now(), shown.zone),
            "has_places": bool(read_facts().choice_of_locations),
            "may_change": can_change_requests(request.user),
            "printed_at": timezone.now(),
        }
        return self.show_page(context)

    def listed(self, response):
        """Return what the page shows."""
        return list(dict.fromkeys(self.references))


def _standing(shown):
    """Return what stands of the appointments of a list; what was removed is left out."""
    appointments = Appointment.objects.standing().with_is_last().between(*shown.bounds)
    if shown.place:
        # One of which nobody said where may be here: it is hidden in no list.
        appointments = appointments.filter(location__in=[shown.place, ""])
    appointments = appointments.filter(consult__is_canary=False, consult__purged_at=None)
    return appointments.select_related("consult", "with_whom").defer("consult__envelope", "consult__mark")


def _as_typed(shown):
    return {"day": shown.first, "span": shown.span, "place": shown.place}


def _days(shown, appointments):
    zone, by_day = shown.zone, {}
    for each in appointments:
        by_day.setdefault(each.starts_at.astimezone(zone).date(), []).append(_row(each, zone))
    today = timezone.now().astimezone(zone).date()
    return [
        Day(
            title=date_format(day, "l, F j, Y"),
            hours=_hours(shown, day),
            is_today=day == today,
            rows=by_day.get(day, []),
        )
        for day in shown.days
    ]


def _row(appointment, zone):
    own = zone_of(appointment.location)
    local = appointment.starts_at.astimezone(own)
    is_same = local.utcoffset() == appointment.starts_at.astimezone(zone).utcoffset()
    return Row(
        card=card_for(appointment.consult, appointment, is_last=appointment.is_last),
        time=time_as_said(local.time()),
        zone="" if is_same else zone_in_words(appointment.starts_at, own),
        place=read_facts().name_of(appointment.location),
    )


def _hours(shown, day):
    """Return when the place is open on a day, where it is one place and its hours are known."""
    facts = read_facts()
    hours = facts.hours_of(shown.place)
    if not hours or (facts.choice_of_locations and not shown.place):
        return ""
    periods = describe_periods(hours.periods_on(day))
    special = hours.exception_on(day)
    return f"{periods} ({special.reason})" if special and special.reason else periods
