"""Eight threads seal and open at once, and none ever gets what is another's."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from consults.sealing.envelope import open_envelope, seal
from consults.sealing.keys import new_secrets, parse_sealing_key, parse_sealing_keys

pytestmark = [pytest.mark.once, pytest.mark.long]

VALUES = new_secrets()
PUBLIC = parse_sealing_key(VALUES["CONSULTS_SEALING_PUBLIC_KEY"])
PRIVATE = parse_sealing_keys(VALUES["CONSULTS_SEALING_PRIVATE_KEYS"])
THREADS, ROUNDS = 8, 5000


def mismatches(thread):
    """Seal and open ``ROUNDS`` times; return the rounds that gave anything but what went in."""
    wrong, record_keys = [], set()
    for number in range(ROUNDS):
        reference, contents = f"{thread}-{number}", {"note": f"{thread} says {number}"}
        blob = seal(contents, reference=reference, public_key=PUBLIC)
        opened, record_key = open_envelope(blob, reference=reference, private_keys=PRIVATE)
        record_keys.add(record_key)
        if opened != contents or len(record_keys) != number + 1:
            wrong.append(reference)
    return wrong


def test_eight_threads_of_five_thousand_rounds_never_mix_anything_up():
    with ThreadPoolExecutor(THREADS) as threads:
        assert sum(threads.map(mismatches, range(THREADS)), []) == []
