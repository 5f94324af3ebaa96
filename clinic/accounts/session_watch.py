"""What a page knows of the session it was opened in, so that it can warn, and cover itself at the end."""

from django.utils import timezone

from .models import longest


def watch_of(row):
    """Return whose session it is, in how many seconds it is over, and whether using it puts that off."""
    return {
        "user": str(row.user_id),
        "seconds": max(0, int((row.ends_at - timezone.now()).total_seconds())),
        "can_stay": row.ends_at < row.began + longest(),
    }
