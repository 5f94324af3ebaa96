"""Heads of the audit, written outside the database: without them a chain cut at its end still holds.

The log gets one for each event, at once, from whichever process wrote the event: a log is made for many
writers and is collected where a thief of the database can't reach it. The file has one writer, the worker,
and gets the newest head every so often: a copy that is quickly compared.
"""

import json
import logging
import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from consults.models import AuditEvent

logger = logging.getLogger(__name__)

# Number and seal alone. When a log is read back, a collector's words may stand before, but no other logger's
# line counts: a stranger could ask for an address with such words in it, and make a whole audit look broken.
LOGGED = "audit: head %d %s"
LEVELS = "DEBUG|INFO|WARNING|ERROR|CRITICAL"
IN_LOG = re.compile(
    rf"(?:(?:(?!\b(?:{LEVELS})\b).)*\bINFO {re.escape(__name__)}: )?"
    r"audit: head (\d{1,18}) ([0-9a-f]{64})\s*"
)
# How each line begins.
BEGINNING = b'{"seq": '


def publish_head() -> bool:
    """Write down how far the audit goes, if it went on since the last time; return whether it did.

    Raises OSError when the file can't be written, django.db.Error.
    """
    newest = AuditEvent.objects.order_by("-seq").only("seq", "mac", "at").first()
    known = published_heads()
    if newest is None or (known and known[-1][0] >= newest.seq):
        return False
    head = {"seq": newest.seq, "mac": newest.mac, "at": newest.at.isoformat()}
    _append(settings.CONSULTS_AUDIT_HEADS_FILE, json.dumps(head).encode() + b"\n")
    return True


def log_head(seq: int, mac: str) -> None:
    """Write the head that an event made into the log."""
    logger.info(LOGGED, seq, mac)


def logged_heads(lines: Iterable[str]) -> list[tuple[int, str]]:
    """Return ``(seq, mac)`` of every head in the lines of a log; other lines are passed over."""
    found = filter(None, map(IN_LOG.fullmatch, lines))
    return [(int(head[1]), head[2]) for head in found]


def published_heads(path: Path | None = None) -> list[tuple[int, str]]:
    """Return ``(seq, mac)`` of every published head, in order; none where the file is missing.

    A last line that was only begun, as by a full disk or a power cut, was never published. Raises
    ValueError for a file that holds anything else.
    """
    try:
        content = (path or settings.CONSULTS_AUDIT_HEADS_FILE).read_bytes()
    except FileNotFoundError:
        return []
    heads = [json.loads(line) for line in content[: _sound(content)].splitlines() if line.strip()]
    try:
        return [(head["seq"], head["mac"]) for head in heads]
    except (KeyError, TypeError):
        raise ValueError("not a head of the audit") from None


def _append(path: Path, line: bytes) -> None:
    """Put a line behind the sound part of the file, in place of what was only begun."""
    with path.open("a+b") as file:
        file.seek(0)
        content = file.read()
        sound = content[: _sound(content)]
        file.truncate(len(sound))
        # A whole line that somebody copied by hand may lack its end.
        file.write(line if sound.endswith(b"\n") or not sound else b"\n" + line)


def _sound(content: bytes) -> int:
    """Return how many bytes there are without a last line that was only begun."""
    start = content.rfind(b"\n") + 1
    last = content[start:].rstrip(b"\0")
    is_begun = last.startswith(BEGINNING) or BEGINNING.startswith(last)
    return start if is_begun and not last.endswith(b"}") else len(content)
