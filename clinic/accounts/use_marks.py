"""When somebody last did something, to the second, kept by their browser between two writes of ours.

The mark is signed and holds for one session alone; what it can add to the row is bounded there by a minute.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone


def cookie_name():
    """Return the name of the mark, with the prefix that the session's own cookie has."""
    return f"{settings.SESSION_COOKIE_NAME}-used"


def last_use(request, row):
    """Return when the session was last used, as far as the row and the request know."""
    mark = request.get_signed_cookie(cookie_name(), default=None, salt=row.session_key) if request else None
    return max(row.last_seen, datetime.fromtimestamp(float(mark), UTC)) if mark else row.last_seen


def mark_use(response, row):
    """Let the browser keep that the session was used just now."""
    response.set_signed_cookie(
        cookie_name(),
        str(timezone.now().timestamp()),
        salt=row.session_key,
        secure=settings.SESSION_COOKIE_SECURE or None,
        httponly=True,
        samesite=settings.SESSION_COOKIE_SAMESITE,
    )
