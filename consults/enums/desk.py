"""How the front desk goes on with a request: what is read first, what a call came to, what is audited."""

from django.db import models


class Priority(models.IntegerChoices):
    """What is read first. Staff set it too, so it tells nothing by itself."""

    NONE = 0, "In turn"
    FIRST = 1, "Read first"
    NOW = 2, "Read now"


class Outcome(models.TextChoices):
    """What came of an attempt to reach somebody."""

    BOOKED = "booked", "Reached: booked"
    CALL_BACK = "call_back", "Reached: call back"
    DECLINED = "declined", "Reached: not interested"
    VOICEMAIL = "voicemail", "Left a voicemail"
    NO_ANSWER = "no_answer", "No answer"
    WRONG_NUMBER = "wrong_number", "Wrong number"
    TEXTED = "texted", "Texted"
    WROTE = "wrote", "Wrote an e-mail"
    ANSWERED = "answered", "Answered in writing"
    ASKED_TO_STOP = "asked_to_stop", "Asked us to stop"
    # Of any request: the words must not tell what it was about.
    CLINICIAN = "clinician", "Reached: plan made with the clinician"


# In these a person spoke with a person.
REACHED_OUTCOMES = [
    Outcome.BOOKED,
    Outcome.CALL_BACK,
    Outcome.DECLINED,
    Outcome.ANSWERED,
    Outcome.ASKED_TO_STOP,
    Outcome.CLINICIAN,
]
# After these the cadence decides when to try again.
UNREACHED_OUTCOMES = [Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.TEXTED, Outcome.WROTE]


class Purpose(models.TextChoices):
    """Why somebody opened a request."""

    TRIAGE = "triage", "To answer it"
    REVEAL = "reveal", "To call from the list"
    SEARCH = "search", "To find somebody"
    COPY = "copy", "To send the copy that was asked for"
    REPLY = "reply", "To answer by e-mail"
    EXPORT = "export", "To export it"
    PRINT = "print", "To print it"
    EMERGENCY = "emergency", "In an emergency"


class AuditAction(models.TextChoices):
    """What the audit keeps. Never what was read, only that it was."""

    LIST = "list", "Listed"
    VIEW = "view", "Opened"
    REVEAL = "reveal", "Revealed in a list"
    SEARCH = "search", "Searched"
    PRINT = "print", "Printed"
    EXPORT = "export", "Exported"
    REPORT = "report", "Read the reports"
    CHANGE = "change", "Changed"
    NOTE = "note", "Noted"
    DENIED = "denied", "Refused"
    BREAK_GLASS = "break_glass", "Opened the emergency access"
    AUDIT = "audit", "Read the audit"
    VERIFY = "verify", "Verified the audit"
    PURGE = "purge", "Removed the contents"
    # Of accounts, see clinic.accounts.events.
    SIGN_IN = "sign_in", "Signed in"
    SIGN_IN_FAIL = "sign_in_fail", "Failed to sign in"
    LIMIT = "limit", "Held up after wrong tries"
    SIGN_OUT = "sign_out", "Signed out"
    SESSION = "session", "Session ended or moved"
    FACTOR = "factor", "Changed a second factor"
    PASSWORD = "password", "Changed a password"
    EMAIL = "email", "Changed an e-mail address"
    GRANT = "grant", "Changed who may do what"
    ACCOUNT = "account", "Changed an account"
    # Of the numbers and addresses that every page shows.
    FACTS = "facts", "Changed what every page says"
    PROTECT = "protect", "Renewed the protection of the database"
    RECEIPTS = "receipts", "Linked receipts of consent"
    ADOPT = "adopt", "Took over requests of the release before"


# In these somebody saw a name, or what somebody wrote.
SHOWING_ACTIONS = [AuditAction.VIEW, AuditAction.REVEAL]
