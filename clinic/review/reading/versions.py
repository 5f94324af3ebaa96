"""Which version somebody has before their eyes, so that no other one is approved."""

from datetime import UTC, datetime

from wagtail.models import Revision


def mark_of(revision: Revision) -> str:
    """Return what tells a version from every other: saving by itself writes over one, at a new moment."""
    return f"{revision.pk}-{_microseconds(revision.created_at)}"


def version_of(page, mark: str):
    """Return the version with this mark while it is there unchanged, or None."""
    key, _, _moment = mark.partition("-")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    revision = page.revisions.filter(pk=int(key)).first()
    return revision if revision and mark_of(revision) == mark else None


def _microseconds(moment):
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
