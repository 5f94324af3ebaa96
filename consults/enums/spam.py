"""Signs of spam and what each weighs. They sort requests; none refuses one."""

from django.db import models


class SpamSignal(models.TextChoices):
    """One sign, as staff read it."""

    HONEYPOT = "honeypot", "The hidden field was filled in"
    NO_TOKEN = "no_token", "The form's token is missing or forged"
    TOO_FAST = "too_fast", "Sent within 3 seconds"
    OLD_TOKEN = "old_token", "The form was open for more than a day"
    LINKS = "links", "Links in the text"
    REPEATED = "repeated", "The same contact several times within an hour"
    BUSY_NETWORK = "busy_network", "Many requests from one network"
    ODD_HEADERS = "odd_headers", "Without what every browser sends"
    NO_ORIGIN = "no_origin", "Doesn't say from which page it was sent"
    FOREIGN_ORIGIN = "foreign_origin", "Sent from another website"


# Whatever an honest browser can do of itself (fill in a field, be old, lose the token, send quickly) stays
# below the score in every pair. What weighs more is what no browser does: leave out its own headers.
WEIGHTS = {
    SpamSignal.HONEYPOT: 2,
    SpamSignal.NO_TOKEN: 2,
    SpamSignal.TOO_FAST: 2,
    SpamSignal.OLD_TOKEN: 1,
    SpamSignal.LINKS: 3,
    # What others sent is told, and weighs nothing: it is no doing of whoever sent this one.
    SpamSignal.REPEATED: 0,
    SpamSignal.BUSY_NETWORK: 0,
    SpamSignal.ODD_HEADERS: 3,
    SpamSignal.NO_ORIGIN: 1,
    SpamSignal.FOREIGN_ORIGIN: 2,
}
# From here on a person looks before the request joins the queue.
QUARANTINE_SCORE = 5


def score_of(signals):
    """Return the sum of the weights."""
    return sum(WEIGHTS[SpamSignal(signal)] for signal in signals)
