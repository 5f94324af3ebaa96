"""Signs of life of what works unseen; their silence shows in the admin."""

from datetime import UTC, timedelta

from django.db import connection, models, transaction
from django.db.models.functions import Now

# A step of the worker may be late by as much as its own pause, and never less than this.
LEAST_PATIENCE = timedelta(minutes=2)
# Two columns and nothing else: whoever takes requests in may add such a row, and change or word none.
NOTE = "INSERT INTO consults_heartbeat (name, at) VALUES (%s, CURRENT_TIMESTAMP) ON CONFLICT DO NOTHING"


class Heartbeat(models.Model):
    """When something was last known to work, by the database's clock."""

    wagtail_reference_index_ignore = True

    class Name(models.TextChoices):
        """Signs that the code asks for by name. The worker's steps have names of their own besides."""

        WORKER = "worker", "Worker"
        CANARY = "canary", "Test request"
        PURGE = "purge", "Removal of old contents"
        # Not a sign of life but of a wrong setting; it knows no address. Its rows bear the hour besides.
        PROXY = "proxy", "Forwarded by a proxy that nobody trusts"

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField()
    # What it is, in the words of the banner, and how often it has to happen; empty: nobody waits for it.
    label = models.CharField(max_length=80, blank=True, default="", db_default="")
    every = models.DurationField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.label or self.name

    @property
    def silence(self):
        """How long ago the last sign came; for rows of ``signs``."""
        return self.now - self.at

    @property
    def is_overdue(self):
        """Whether it should have happened long since; for rows of ``signs``."""
        return self.every is not None and self.silence > max(2 * self.every, LEAST_PATIENCE)

    @classmethod
    def expect(cls, steps):
        """Wait from now on for these ``(name, label, every)``, due at once, and for no others."""
        rows = [cls(name=name, label=label, every=every, at=Now() - every) for name, label, every in steps]
        with transaction.atomic():
            cls.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["name"], update_fields=["label", "every"]
            )
            cls.objects.exclude(every=None).exclude(name__in=[row.name for row in rows]).delete()

    @classmethod
    def beat(cls, *names):
        """Note that these work now."""
        known = cls.objects.filter(name__in=names)
        if known.update(at=Now()) < len(names):
            missing = set(names) - set(known.values_list("name", flat=True))
            rows = [cls(name=name, at=Now()) for name in missing]
            cls.objects.bulk_create(rows, update_conflicts=True, unique_fields=["name"], update_fields=["at"])

    @classmethod
    def note(cls, name, moment):
        """Note, once in the hour of an aware moment, that something was seen; no row is changed."""
        with connection.cursor() as cursor:
            cursor.execute(NOTE, [f"{name} {moment.astimezone(UTC):%Y-%m-%d %H}"])

    @classmethod
    def forget_noted(cls, name, *, before):
        """Remove what was noted longer ago than that."""
        noted = models.Q(name=name) | models.Q(name__startswith=f"{name} ")
        cls.objects.filter(noted, at__lt=Now() - before).delete()

    @classmethod
    def last_noted(cls, name, signs):
        """Return the newest of these ``signs`` that was noted under a name; None where there is none."""
        noted = [sign for sign in signs.values() if sign.name.partition(" ")[0] == name]
        return max(noted, key=lambda sign: sign.at, default=None)

    @classmethod
    def signs(cls):
        """Return ``{name: Heartbeat}`` with each one's ``silence``; what never gave a sign is missing."""
        return {beat.name: beat for beat in cls.objects.annotate(now=Now())}

    @classmethod
    def silences(cls):
        """Return ``{name: timedelta since the last sign}``; what never gave one is missing."""
        return {name: beat.silence for name, beat in cls.signs().items()}
