"""The clinic's facts: what every page shows, also while the database is away.

Editors write them in the admin. Publishing puts them into one small snapshot file, which every
process reads; the fixed routes and the error pages therefore need no database. Where there is
no snapshot yet, the defaults of the Django settings stand in.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from clinic.core import opening_hours
from clinic.core.opening_hours import Exceptional, Period, Schedule
from clinic.core.phones import phone_uri
from clinic.core.time_zones import TIME_ZONE_CHOICES

# The least first, as in core.models.SiteNotice.
NOTICE_LEVELS = ("info", "important", "urgent")
# What is no plain value in the file.
BUILT = {"hours", "locations", "notices"}


@dataclass(frozen=True)
class Location:
    """One of the clinic's locations. Its key stays the same whatever editors rename."""

    key: str
    name: str
    hours: Schedule
    # Town and state, where somebody entered them.
    town: str = ""


@dataclass(frozen=True)
class Notice:
    """What editors say above every page for a time. Another key means: it says something else."""

    key: str
    text: str
    text_es: str
    level: str
    link: str
    link_title: str
    shows_from: datetime
    shows_until: datetime

    @property
    def weight(self):
        """Of several, the greatest shows."""
        return NOTICE_LEVELS.index(self.level), self.shows_from, self.key

    @property
    def may_be_closed(self):
        """Whether a reader may put it away."""
        return self.level != NOTICE_LEVELS[-1]


@dataclass(frozen=True)
class ClinicFacts:
    """One consistent picture of the clinic. Addresses are plain text, times are wall-clock."""

    name: str = ""
    short_name: str = ""
    phone: str = ""
    # What a phone shows when the clinic calls, where that is known.
    calls_show: str = ""
    email: str = ""
    crisis_number: str = "988"
    emergency_number: str = "911"
    callback_promise: str = "within one business day"
    callback_promise_es: str = "en un plazo de un día hábil"
    consult_label: str = "Free Consult"
    interest_line: str = "We provide this treatment and charge for it. Ask another clinician too."
    share_networks: bool = True
    privacy_url: str = ""
    social_links: list = field(default_factory=list)
    # Titles and addresses of the pages in the menu, for pages that must stand without a database.
    main_pages: list = field(default_factory=list)
    # Titles of the treatments, as the consultation form offers them.
    treatments: list = field(default_factory=list)
    # Their names in Spanish by title, where an editor gave one.
    treatments_es: dict = field(default_factory=dict)
    # Codes of the states the clinic serves; empty where it doesn't ask.
    service_states: list = field(default_factory=list)
    # What the consultation form asks and says only where the clinic wants it.
    asks_heard_from: bool = False
    voicemail_names_clinic: bool = False
    hours: Schedule = field(default_factory=Schedule)
    locations: list = field(default_factory=list)
    # Those to come as well.
    notices: list = field(default_factory=list)
    # After how many days readers are told that the check of a page is overdue.
    overdue_after_days: int = 30
    location_name: str = ""
    location_url: str = ""
    address_lines: list = field(default_factory=list)
    # The same address in its parts, by the names of structured_data.postal_address.
    postal_address: dict = field(default_factory=dict)
    directions_url: str = ""

    def hours_of(self, key):
        """Return the hours of a location, or the clinic's for no location and for one that is no more."""
        return next((location.hours for location in self.locations if location.key == key), self.hours)

    def name_of(self, key):
        """Return the name of a location, where the clinic has several; otherwise nothing."""
        return dict(self.choice_of_locations).get(key, "")

    def town_of(self, key):
        """Return in which town a location is, where the clinic has several; otherwise nothing."""
        towns = {one.key: one.town for one in self.locations}
        return towns.get(key, "") if self.choice_of_locations else ""

    @property
    def known_hours(self):
        """The hours that somebody entered: the clinic's and those of each location."""
        return [hours for hours in (self.hours, *(one.hours for one in self.locations)) if hours]

    def is_open_at(self, at):
        """Whether any location is open at an aware moment. Where nobody entered hours, it counts as open."""
        known = self.known_hours
        return not known or any(hours.is_open(at) for hours in known)

    def opens_after(self, at):
        """Return the aware moment at which a location opens next, or None where none is in sight."""
        openings = (hours.next_opening(at) for hours in self.known_hours)
        return min(filter(None, openings), default=None)

    def treatment_name(self, title, language):
        """Return what a treatment is called in a language; where nobody translated it, it says so."""
        if language != "es":
            return title
        return self.treatments_es.get(title) or f"{title} (en inglés)"

    @property
    def notice(self):
        """The one notice that shows at this moment, or None."""
        now = timezone.now()
        shown = [notice for notice in self.notices if notice.shows_from <= now < notice.shows_until]
        return max(shown, key=lambda notice: notice.weight, default=None)

    @property
    def choice_of_locations(self):
        """Keys and names to choose from; none where there is nothing to choose."""
        return [(one.key, one.name) for one in self.locations] if len(self.locations) > 1 else []

    @property
    def phone_uri(self):
        """The clinic's number as a link."""
        return phone_uri(self.phone)

    @property
    def crisis_uri(self):
        """The crisis line as a link to call."""
        return phone_uri(self.crisis_number)

    @property
    def crisis_sms_uri(self):
        """The crisis line as a link to text."""
        return self.crisis_uri.replace("tel:", "sms:")

    @property
    def emergency_uri(self):
        """The emergency number as a link."""
        return phone_uri(self.emergency_number)

    @property
    def hours_today(self):
        """Today's hours in a sentence."""
        return opening_hours.describe_today(self.hours, timezone.now())

    @property
    def is_open_now(self):
        """Whether the clinic is open at this moment."""
        return self.hours.is_open(timezone.now())

    @property
    def next_opening(self):
        """When the clinic opens next, in words."""
        return opening_hours.describe_next_opening(self.hours, timezone.now())

    @property
    def closed_until(self):
        """When a location opens next, in words, while none is open; empty otherwise."""
        now = timezone.now()
        if self.is_open_at(now):
            return ""
        opening = self.opens_after(now)
        next_open = (hours for hours in self.known_hours if hours.next_opening(now) == opening)
        return opening_hours.describe_next_opening(next(next_open), now)

    @property
    def weekly_hours(self):
        """The usual week: pairs of day and hours."""
        return opening_hours.describe_week(self.hours)

    @property
    def zone(self):
        """The clinic's time zone: its days, weeks and reports go by it."""
        return ZoneInfo(self.hours.zone)

    @property
    def time_zone_label(self):
        """The zone's one name in words, the same in summer and winter, such as Mountain time."""
        return dict(TIME_ZONE_CHOICES).get(self.hours.zone, self.hours.zone)


def default_facts():
    """Return what the Django settings know of the clinic."""
    name = settings.CLINIC_DEFAULTS["name"]
    return ClinicFacts(**settings.CLINIC_DEFAULTS, short_name=name)


def facts_from(stored):
    """Rebuild the facts from their JSON form; what another release added to it is left aside."""
    known = {item.name for item in fields(ClinicFacts)}
    return replace(
        default_facts(),
        **{name: value for name, value in stored.items() if name in known - BUILT},
        hours=schedule_from(stored["hours"]),
        locations=[
            Location(p["key"], p["name"], schedule_from(p["hours"]), p.get("town", ""))
            for p in stored.get("locations", [])
        ],
        notices=[_notice_from(notice) for notice in stored.get("notices", [])],
    )


def _notice_from(stored):
    times = {name: datetime.fromisoformat(stored[name]) for name in ("shows_from", "shows_until")}
    return Notice(**{**stored, **times})


def schedule_from(stored):
    """Rebuild a schedule from its JSON form."""
    return Schedule(
        zone=stored["zone"],
        week={int(day): _periods_from(periods) for day, periods in stored["week"].items()},
        exceptions=tuple(
            Exceptional(
                date.fromisoformat(item["first_day"]),
                date.fromisoformat(item["last_day"]),
                _periods_from(item["periods"]),
                item["reason"],
            )
            for item in stored["exceptions"]
        ),
    )


def _periods_from(stored):
    return tuple(Period(time.fromisoformat(p["opens"]), time.fromisoformat(p["closes"])) for p in stored)
