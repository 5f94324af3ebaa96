"""Signs that only a count can give: many requests of one contact or one network within an hour."""

from datetime import timedelta

from django.db import connection

from consults.enums import SpamSignal

WITHIN = timedelta(hours=1)
SAME_CONTACT = 3
# A hospital or a phone network has one address for many people.
SAME_NETWORK = 60
# By hand, since every request waits for it: no count goes on when it is high enough, and SQLite takes
# the index of networks only where a query repeats its very condition.
COUNT = """
SELECT
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM consults_consultrequest
        WHERE (phone_index = %s OR email_index = %s) AND created_at > %s LIMIT %s
    ) AS same_contact),
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM consults_consultrequest
        WHERE network = %s AND NOT (network = '') AND created_at > %s LIMIT %s
    ) AS same_network)
"""


def counted_signals(sealed) -> list[str]:
    """Return the signs that a sealed request gives together with those of the last hour.

    Counting the requests themselves needs no counter that many writers would wait for.
    """
    signals = []
    contact, network = _counts(sealed)
    if contact >= SAME_CONTACT:
        signals.append(SpamSignal.REPEATED.value)
    if network >= SAME_NETWORK:
        signals.append(SpamSignal.BUSY_NETWORK.value)
    return signals


def _counts(sealed):
    since = connection.ops.adapt_datetimefield_value(sealed.received_at - WITHIN)
    contact = (sealed.indexes["phone_index"], sealed.indexes["email_index"])
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [*contact, since, SAME_CONTACT, sealed.network, since, SAME_NETWORK])
        return cursor.fetchone()
