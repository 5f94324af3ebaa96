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
    ODD_HEADERS = "odd_headers", "Not sent the way browsers send"
    FOREIGN_ORIGIN = "foreign_origin", "Sent from another website"


WEIGHTS = {
    SpamSignal.HONEYPOT: 5,
    SpamSignal.NO_TOKEN: 3,
    SpamSignal.TOO_FAST: 3,
    SpamSignal.OLD_TOKEN: 1,
    SpamSignal.LINKS: 2,
    SpamSignal.REPEATED: 2,
    SpamSignal.BUSY_NETWORK: 3,
    SpamSignal.ODD_HEADERS: 2,
    SpamSignal.FOREIGN_ORIGIN: 2,
}
# From here on a person looks before the request joins the queue.
QUARANTINE_SCORE = 5


def score_of(signals):
    """Return the sum of the weights."""
    return sum(WEIGHTS[SpamSignal(signal)] for signal in signals)
