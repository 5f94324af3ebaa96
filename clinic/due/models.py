"""The mails on what is due. They hold nothing of it: what a mail says is found when it goes out."""

from django.conf import settings
from django.db import models


class DueDay(models.Model):
    """A day on which somebody looked what falls due, so that each day is looked at once."""

    wagtail_reference_index_ignore = True

    day = models.DateField(unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.day)


class DueMail(models.Model):
    """A mail that waits or went out, to whoever answers for something, or to the owner (no account)."""

    wagtail_reference_index_ignore = True

    day = models.DateField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    address = models.EmailField()
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mail on what is due"
        # Whoever may see what is due.
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["day", "address"], name="one_due_mail_a_day")]

    def __str__(self):
        return f"{self.day} {self.pk}"
