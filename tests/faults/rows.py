"""What the database holds after a trial: `python -m tests.faults.rows` prints it as JSON."""

import json
from collections import Counter

import django


def read_rows():
    """Return every request as its sender would recognise it, with the number of rows that belong to it."""
    from django.conf import settings

    from consults.models import ConsentReceipt, ConsultRequest, OutboxMessage, TimelineEvent
    from consults.sealing.envelope import open_envelope
    from consults.sealing.keys import parse_sealing_keys

    keys = parse_sealing_keys(settings.CONSULTS_SEALING_PRIVATE_KEYS)
    outbox = Counter(OutboxMessage.objects.values_list("reference", flat=True))
    receipts = Counter(ConsentReceipt.objects.values_list("reference", flat=True))
    arrivals = Counter(TimelineEvent.objects.filter(action="submit").values_list("consult", flat=True))
    for consult in ConsultRequest.objects.all():
        contents, _key = open_envelope(consult.envelope, reference=consult.reference, private_keys=keys)
        yield {
            "reference": consult.reference,
            "status": consult.status,
            "contents": contents,
            "outbox": outbox[consult.reference],
            "receipts": receipts[consult.reference],
            "arrivals": arrivals[consult.pk],
        }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(list(read_rows())))
