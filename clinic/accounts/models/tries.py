"""How often something was tried: one row for each thing that is counted, exact however many count at once."""

import time

from django.db import connection, models

# In one statement, so that no two processes read the same number. A window begins with its first try. One
# that would last longer than it may was begun by a clock that was wrong.
UPSERT = """
INSERT INTO accounts_trycount (key, n, ends) VALUES (%(key)s, 1, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
    n = CASE
        WHEN accounts_trycount.ends <= %(now)s OR accounts_trycount.ends > %(latest)s THEN 1
        ELSE accounts_trycount.n + 1
    END,
    ends = CASE
        WHEN accounts_trycount.ends <= %(now)s OR accounts_trycount.ends > %(latest)s THEN %(ends)s
        ELSE accounts_trycount.ends
    END
RETURNING n, ends
"""

# So far apart may two processes look at the clock before they count (seconds): whoever looked first, in the
# second before, must not take the other's window for one of a wrong clock.
APART = 10


class TryCount(models.Model):
    """A number of tries until a moment. The key tells nothing to whoever hasn't the site's secret."""

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=64, primary_key=True)
    n = models.PositiveIntegerField()
    # Seconds since 1970: whole numbers are the same on every database.
    ends = models.BigIntegerField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.key[:8]

    @classmethod
    def add(cls, key, *, seconds):
        """Count one more try and return ``(number, when the count ends)``."""
        now = int(time.time())
        with connection.cursor() as cursor:
            ends = now + seconds
            cursor.execute(UPSERT, {"key": key, "now": now, "ends": ends, "latest": ends + APART})
            return cursor.fetchone()

    @classmethod
    def take_back(cls, key):
        """Count one try less."""
        cls.objects.filter(key=key, n__gt=0).update(n=models.F("n") - 1)

    @classmethod
    def forget_ended(cls):
        """Remove what counts no more."""
        cls.objects.filter(ends__lte=int(time.time())).delete()
