"""Heads of the audit, written outside the database: without them a chain cut at its end still holds."""

import json
import logging

from django.conf import settings

from consults.models import AuditEvent

logger = logging.getLogger(__name__)


def publish_head() -> bool:
    """Write down how far the audit goes, if it went on since the last time; return whether it did.

    Raises OSError when the file can't be written, django.db.Error.
    """
    newest = AuditEvent.objects.order_by("-seq").only("seq", "mac", "at").first()
    known = published_heads()
    if newest is None or (known and known[-1][0] >= newest.seq):
        return False
    line = json.dumps({"seq": newest.seq, "mac": newest.mac, "at": newest.at.isoformat()})
    with settings.CONSULTS_AUDIT_HEADS_FILE.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    # Whoever collects the logs elsewhere has it too.
    logger.warning("audit: head %d %s", newest.seq, newest.mac)
    return True


def published_heads(path=None) -> list[tuple[int, str]]:
    """Return ``(seq, mac)`` of every published head, in order; none where the file is missing.

    Raises ValueError for a file that holds anything else.
    """
    try:
        text = (path or settings.CONSULTS_AUDIT_HEADS_FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    heads = [json.loads(line) for line in text.splitlines() if line.strip()]
    return [(head["seq"], head["mac"]) for head in heads]
