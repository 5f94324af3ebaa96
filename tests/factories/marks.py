"""Marks of rows that a test moved in time or place: as if the form had accepted them so."""

from django.conf import settings

from consults import audit
from consults.models import ConsultRequest
from consults.sealing.keys import parse_sealing_key
from consults.sealing.marks import make_mark


def mark_again(requests=None):
    """Put the form's mark under these requests as they stand, or under all."""
    key = parse_sealing_key(settings.CONSULTS_SIGNING_PRIVATE_KEY)
    for consult in ConsultRequest.objects.all() if requests is None else requests:
        receipts = audit.receipts_of([consult.reference]).get(consult.reference, ())
        statement = audit.statement_of(consult, [receipt.purpose for receipt in receipts])
        ConsultRequest.objects.filter(pk=consult.pk).update(mark=make_mark(statement, key=key))
