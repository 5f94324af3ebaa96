"""Signs of life of what works unseen; their silence shows in the admin."""

from django.db import models
from django.db.models.functions import Now


class Heartbeat(models.Model):
    """When something was last known to work, by the database's clock."""

    wagtail_reference_index_ignore = True

    class Name(models.TextChoices):
        """What gives the sign."""

        WORKER = "worker", "Worker"
        CANARY = "canary", "Test request"
        PURGE = "purge", "Removal of old contents"
        # Not a sign of life but of a wrong setting; it knows no address.
        PROXY = "proxy", "Forwarded by a proxy that nobody trusts"

    name = models.CharField(max_length=10, choices=Name, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.get_name_display()

    @classmethod
    def beat(cls, name):
        """Note that it works now."""
        if not cls.objects.filter(name=name).update(at=Now()):
            cls.objects.update_or_create(name=name, defaults={"at": Now()})

    @classmethod
    def silences(cls):
        """Return ``{name: timedelta since the last sign}``; what never gave one is missing."""
        return {beat.name: beat.now - beat.at for beat in cls.objects.annotate(now=Now())}
