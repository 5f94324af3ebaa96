"""Where a request stands, what can become of it, and what is said to have happened."""

from django.db import models


class Status(models.TextChoices):
    """Where a request stands."""

    NEW = "new", "New"
    QUARANTINE = "quarantine", "Suspected spam"
    WORKING = "working", "Working on it"
    REACHED = "reached", "Contacted"
    BOOKED = "booked", "Consultation booked"
    CONVERTED = "converted", "On record"
    CLOSED = "closed", "Closed"
    SPAM = "spam", "Spam"


OPEN_STATUSES = [Status.NEW, Status.WORKING, Status.REACHED, Status.BOOKED]
CLOSED_STATUSES = [Status.CONVERTED, Status.CLOSED, Status.SPAM]
# Nobody is responsible for these.
UNCLAIMED_STATUSES = [Status.NEW, Status.QUARANTINE, Status.SPAM]

TRANSITIONS: dict[str, list[Status]] = {
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


# With these ends a request whose sender was spoken with, and whom we don't go on with.
SPOKEN_REASONS = [
    ClosedReason.NOT_NOW,
    ClosedReason.ELSEWHERE,
    ClosedReason.COST,
    ClosedReason.LATER,
    ClosedReason.OUTSIDE_AREA,
    ClosedReason.UNDER_AGE,
    ClosedReason.NOT_OFFERED,
]


class TimelineAction(models.TextChoices):
    """What happened to a request."""

    SUBMIT = "submit", "Received"
    VIEW = "view", "Opened"
    REVEAL = "reveal", "Name and contact read in the list"
    CLAIM = "claim", "Claimed"
    ASSIGN = "assign", "Given to somebody"
    RELEASED = "released", "Given back, since whoever had it left"
    ATTEMPT = "attempt", "Tried to reach"
    SNOOZE = "snooze", "Put off"
    PRIORITY = "priority", "Priority set, or first seen"
    HANDED = "handed", "Handed to the clinician"
    ASK_CLOSE = "ask_close", "Asked a colleague to agree to closing"
    STATUS = "status", "Moved"
    NOTE = "note", "Note added"
    LINK = "link", "Linked as the same person"
    UNLINK = "unlink", "Link removed"
    PRINT = "print", "Printed"
    EXPORT = "export", "Exported"
    COPY = "copy", "Address read for the copy by e-mail"
    HOLD = "hold", "Kept beyond its time"
    RELEASE = "release", "No longer kept beyond its time"
    ASK_ERASE = "ask_erase", "Asked a manager to agree to removing the contents"
    PURGE = "purge", "Contents removed"
    MAIL = "mail", "E-mail sent"
    MAIL_READ = "mail_read", "Address and words read for the e-mail"
    MOVED_BY_CLOSURE = "moved", "Moved by the site: the clinic is closed then"
    TO_TELL = "to_tell", "The agreed time fell on a closed day: to be told"
    REOPENED = "reopened", "The clinic is open at the agreed time after all"
    STOP = "stop", "Asked us not to contact them"
    LIFT_STOP = "lift_stop", "May be contacted again"
    UNDO = "undo", "Taken back"
    BOOK = "book", "Appointment made"
    MOVED_APPOINTMENT = "move", "Appointment moved"
    CORRECT = "correct", "Appointment corrected"
    CANCEL = "cancel", "Appointment cancelled"
    CAME = "came", "Came to the appointment"
    NO_SHOW = "no_show", "Did not come to the appointment"


# These leave a request as it stands: its version stays, and nobody's page becomes old by them.
UNCHANGING_ACTIONS = [
    TimelineAction.SUBMIT,
    TimelineAction.VIEW,
    TimelineAction.REVEAL,
    TimelineAction.NOTE,
    TimelineAction.PRINT,
    TimelineAction.EXPORT,
    TimelineAction.COPY,
    TimelineAction.MAIL_READ,
    TimelineAction.STOP,
    TimelineAction.LIFT_STOP,
]
# After these somebody has a request, or nobody.
HOLDING_ACTIONS = [
    TimelineAction.CLAIM,
    TimelineAction.ASSIGN,
    TimelineAction.ATTEMPT,
    TimelineAction.STATUS,
    TimelineAction.RELEASED,
]
