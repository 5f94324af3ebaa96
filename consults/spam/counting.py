"""What only a count can tell: many requests of one contact or one network, and many copies.

It is told to staff and slows mail. It is others' doing, so it never decides whether somebody is looked at.
"""

import hashlib
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
        WHERE (phone_end_index = %s OR email_index = %s) AND created_at > %s LIMIT %s
    ) AS same_contact),
    (SELECT COUNT(*) FROM (
        SELECT 1 FROM consults_consultrequest
        WHERE network = %s AND NOT (network = '') AND created_at > %s LIMIT %s
    ) AS same_network)
"""

# Whoever corrects a mistake and sends again has a copy of each; a stranger's address has no more a day.
COPIES_FOR = timedelta(days=1)
COPIES_TO_ADDRESS = 3
# Within an hour, from a hospital or a phone network too.
COPIES_FROM_NETWORK = 20
TO_ADDRESS = """
SELECT COUNT(*) FROM (
    SELECT 1 FROM consults_consultrequest
    WHERE email_index = %s AND created_at > %s AND wants_copy AND NOT (status = 'quarantine') LIMIT %s
) AS copies
"""
FROM_NETWORK = """
SELECT COUNT(*) FROM (
    SELECT 1 FROM consults_consultrequest
    WHERE network = %s AND NOT (network = '') AND created_at > %s
    AND wants_copy AND NOT (status = 'quarantine') LIMIT %s
) AS copies
"""
# Those without a network, such as what was replayed from the spool, count as one.
FROM_NOWHERE = """
SELECT COUNT(*) FROM (
    SELECT 1 FROM consults_consultrequest
    WHERE network = %s AND created_at > %s AND wants_copy AND NOT (status = 'quarantine') LIMIT %s
) AS copies
"""


def may_be_sent_a_copy(*, email_index, network, since) -> bool:
    """Whether so few copies went to this address that day and from this network that hour that one more may.

    ``since`` is when the request came, however much later the copy is asked for. What waits as suspected spam
    was sent none. Call it in the transaction that notes the wish: whoever asks for a copy at the very same
    moment, to that address or from that network, waits until it has ended.
    """
    _wait_for_others(f"address {email_index}", f"network {network}")
    day, hour = (connection.ops.adapt_datetimefield_value(since - each) for each in (COPIES_FOR, WITHIN))
    to_address = (TO_ADDRESS, email_index, day, COPIES_TO_ADDRESS)
    query = FROM_NETWORK if network else FROM_NOWHERE
    from_network = (query, network, hour, COPIES_FROM_NETWORK)
    return all(_counted(*limit) < limit[-1] for limit in (to_address, from_network))


def _wait_for_others(*names):
    """Let one at a time count for each of these, to the end of the transaction."""
    # On SQLite the transaction has the only lock for writing from its beginning.
    if connection.vendor != "postgresql":
        return
    digests = (hashlib.sha256(name.encode()).digest() for name in names)
    # Always in one order, so that no two wait for each other.
    with connection.cursor() as cursor:
        for key in sorted(int.from_bytes(digest[:8], signed=True) for digest in digests):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _counted(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


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
    contact = (sealed.indexes["phone_end_index"], sealed.indexes["email_index"])
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [*contact, since, SAME_CONTACT, sealed.network, since, SAME_NETWORK])
        return cursor.fetchone()
