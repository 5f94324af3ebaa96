"""The sessions of staff: what signs them in, and what they see of it under *My sessions*."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

# As many as fit a day of walking about with a telephone; whoever comes from more is not noted again.
MOST_NETWORKS = 20
NETWORK_CHARACTERS = 16


class StaffSessionQuerySet(models.QuerySet):
    """Sessions, by whether they still hold."""

    def of(self, user):
        """Return the sessions with which somebody is signed in now, the last used first."""
        rows = self.filter(user=user, expire_date__gt=timezone.now()).order_by("-last_seen", "session_key")
        return [row for row in rows if row.ends_at > timezone.now()]


class StaffSession(AbstractBaseSession):
    """A session. Its key is in the browser alone: who reads this table signs in nowhere with it.

    Keys are long and random, so their plain hash can't be turned back.
    """

    session_key = models.CharField("hash of the key", max_length=64, primary_key=True)
    # None until somebody has signed in with it.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="staff_sessions"
    )
    began = models.DateTimeField("signed in", default=timezone.now)
    # To the minute; what was done since is in a cookie: clinic/accounts/use_marks.py.
    last_seen = models.DateTimeField("last used", default=timezone.now)
    idle_minutes = models.PositiveSmallIntegerField(default=0)
    device = models.CharField(max_length=40, blank=True, default="")
    # Hashes of the networks it came from, each for this session alone; the newest last.
    networks = models.CharField(max_length=MOST_NETWORKS * (NETWORK_CHARACTERS + 1), blank=True, default="")
    mailed_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    objects = StaffSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session of staff"
        verbose_name_plural = "sessions of staff"
        # Nobody is given any of these rights.
        default_permissions = ()

    def __str__(self):
        return self.device

    @classmethod
    def get_session_store_class(cls):
        """Return what reads and writes these rows."""
        from .session_store import SessionStore

        return SessionStore

    @property
    def ends_at(self):
        """When it is over, unless it is used before that."""
        idle = self.last_seen + timedelta(minutes=self.idle_minutes)
        return min(idle, self.began + longest())


def longest():
    """Return for how long somebody stays signed in at most."""
    return timedelta(hours=settings.ACCOUNTS_SESSION_HOURS)


def hash_of(key) -> str:
    """Return what the table knows of a key."""
    return hashlib.sha256(key.encode()).hexdigest()
