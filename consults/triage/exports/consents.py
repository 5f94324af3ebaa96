"""What people agreed to, as columns: when they did, by purpose, and when they asked us to stop."""

from consults import audit
from consults.enums import ClosedReason, ConsentPurpose
from consults.models import StoppedContact

# The code under which all of them are chosen together.
CONSENTS = "consents"
HEADINGS = {
    ConsentPurpose.CONTACT: "Agreed to be contacted",
    ConsentPurpose.TEXTING: "Agreed to texts",
    ConsentPurpose.VOICEMAIL: "Agreed to a voicemail",
    ConsentPurpose.VOICEMAIL_NAME: "Agreed to be told our name in it",
}
WITHDRAWN = "Withdrawn with this request"


def columns_of(requests, in_words):
    """Return heading and rows; ``in_words`` turns a moment, or None, into a cell.

    Nothing is opened: whoever asked us to stop with another request, or without one, shows in a file with
    names alone.
    """
    references = [consult.reference for consult in requests]
    receipts = audit.receipts_of(references)
    stops = StoppedContact.objects.in_force().filter(reference__in=references)
    stopped = dict(stops.order_by("-at").values_list("reference", "at"))
    rows = []
    for consult in requests:
        agreed = {receipt.purpose: receipt.agreed_at for receipt in receipts.get(consult.reference, ())}
        moments = [*(agreed.get(purpose) for purpose in HEADINGS), _withdrawn(consult, stopped)]
        rows.append([in_words(moment) for moment in moments])
    return [[*HEADINGS.values(), WITHDRAWN], *rows]


def _withdrawn(consult, stopped):
    closed = consult.closed_at if consult.closed_reason == ClosedReason.ASKED_TO_STOP else None
    return stopped.get(consult.reference) or closed
