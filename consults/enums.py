"""The words that requests are described with, and which of them belong together."""

from django.db import models


class Status(models.TextChoices):
    """Where a request stands."""

    NEW = "new", "New"
    QUARANTINE = "quarantine", "Suspected spam"
    WORKING = "working", "Working on it"
    REACHED = "reached", "Contacted"
    BOOKED = "booked", "Consultation booked"
    CONVERTED = "converted", "Handed over"
    CLOSED = "closed", "Closed"
    SPAM = "spam", "Spam"


OPEN_STATUSES = [Status.NEW, Status.WORKING, Status.REACHED, Status.BOOKED]
CLOSED_STATUSES = [Status.CONVERTED, Status.CLOSED, Status.SPAM]
# Nobody is responsible for these.
UNCLAIMED_STATUSES = [Status.NEW, Status.QUARANTINE, Status.SPAM]

TRANSITIONS = {
    Status.NEW: [Status.WORKING, Status.CLOSED, Status.SPAM],
    Status.QUARANTINE: [Status.NEW, Status.SPAM],
    Status.WORKING: [Status.NEW, Status.REACHED, Status.BOOKED, Status.CLOSED, Status.SPAM],
    Status.REACHED: [Status.WORKING, Status.BOOKED, Status.CLOSED],
    Status.BOOKED: [Status.CONVERTED, Status.REACHED, Status.CLOSED],
    Status.CONVERTED: [Status.REACHED],
    Status.CLOSED: [Status.WORKING],
    Status.SPAM: [Status.NEW],
}


class ClosedReason(models.TextChoices):
    """Why a request ended; deliberately nothing medical, since the column is not sealed."""

    NO_CONTACT = "no_contact", "No contact"
    WRONG_DETAILS = "wrong_details", "Wrong details"
    NOT_NOW = "not_now", "Not interested now"
    ELSEWHERE = "elsewhere", "Chose elsewhere"
    COST = "cost", "Cost"
    LATER = "later", "Later"
    OUTSIDE_AREA = "outside_area", "Outside our area"
    UNDER_AGE = "under_age", "Under age"
    NOT_OFFERED = "not_offered", "We can't offer this"
    ASKED_TO_STOP = "asked_to_stop", "Asked us to stop"
    DUPLICATE = "duplicate", "Duplicate"
    TEST = "test", "Test"


class ContactWay(models.TextChoices):
    """How somebody wants to be reached; sealed."""

    CALL = "call", "Call me"
    EMAIL = "email", "E-mail me"


class Interest(models.TextChoices):
    """What somebody wants to talk about; sealed, since it says something about health."""

    UNSURE = "unsure", "Not sure, or I'd rather talk"
    INFUSION = "infusion", "Ketamine infusion (IV)"
    INJECTION = "injection", "Ketamine injection (intramuscular)"
    THERAPY = "therapy", "Therapy around treatment"
    COST = "cost", "Cost and paying"
    OTHER = "other", "Something else"


class CallWindow(models.IntegerChoices):
    """When somebody can be called, by the clock of their time zone; one bit each."""

    WEEKDAY_MORNING = 1, "Weekday morning, 8 to 12"
    WEEKDAY_MIDDAY = 2, "Weekday midday, 12 to 2"
    WEEKDAY_AFTERNOON = 4, "Weekday afternoon, 2 to 5"
    WEEKDAY_EVENING = 8, "Weekday evening, 5 to 8"
    WEEKEND_MORNING = 16, "Weekend morning, 8 to 12"
    WEEKEND_MIDDAY = 32, "Weekend midday, 12 to 2"
    WEEKEND_AFTERNOON = 64, "Weekend afternoon, 2 to 5"
    WEEKEND_EVENING = 128, "Weekend evening, 5 to 8"


class SourceSection(models.TextChoices):
    """The part of the site somebody came from; never the page."""

    HOME = "home", "Home"
    TREATMENTS = "treatments", "Treatments"
    BLOG = "blog", "Blog"
    TEAM = "team", "Team"
    LOCATIONS = "locations", "Locations"
    QUESTIONS = "questions", "Questions"
    FEES = "fees", "Fees"
    POLICIES = "policies", "Policies"
    SEARCH = "search", "Search"
    OTHER = "other", "Elsewhere"


class TimelineAction(models.TextChoices):
    """What happened to a request."""

    SUBMIT = "submit", "Sent"
    VIEW = "view", "Opened"
    CLAIM = "claim", "Claimed"
    STATUS = "status", "Moved"
    NOTE = "note", "Note added"
