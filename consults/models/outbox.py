"""Mail that has to go out. A row is made with the change it tells of, and sent by the worker."""

import uuid
from datetime import timedelta
from operator import attrgetter

from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.db.models.functions import Now

from consults.enums import CLOSED_STATUSES

from .requests import ConsultRequest

# Longer than the slowest mail server may take, so that nobody else sends the same row meanwhile.
LEASE = timedelta(seconds=60)
# After this a person has to look; the mail server has had two days.
GIVE_UP_AFTER = timedelta(hours=48)
# More would make the statements long; the rest goes with the next one.
MOST_TOGETHER = 1000
# What stands for an error where a mail must not go out any more; nobody has to do anything about it.
UNWANTED = "NoLongerWanted"
# The settings no longer name the address that the row was made for.
REMOVED = "RecipientRemoved"
# Nobody has to do anything about these.
SETTLED = [UNWANTED, REMOVED]


class OutboxQuerySet(models.QuerySet):
    """Rows as the worker meets them. All times are the database's: a host's wrong clock loses nothing."""

    def queue(self, messages):
        """Add these messages, each unless it is there already.

        Without "ignore conflicts", by which SQLite would leave out a message for any other reason too.
        """
        same = ("template", "recipient", "reference")
        known = set(self.filter(reference__in={m.reference for m in messages}).values_list(*same))
        self.bulk_create([m for m in messages if attrgetter(*same)(m) not in known])

    def waiting(self):
        """Keep what is neither sent nor given up."""
        return self.filter(sent_at__isnull=True, dead_at__isnull=True)

    def due(self):
        """Keep what is to be sent now and what nobody is sending, the longest due first."""
        is_free = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
        return self.waiting().filter(is_free, next_attempt_at__lte=Now()).order_by("next_attempt_at", "pk")

    def lease(self, message):
        """Take a row for the time of one attempt; False when somebody else was faster."""
        taken = self.due().filter(pk=message.pk).order_by()
        return taken.update(lease_until=Now() + LEASE, attempts=F("attempts") + 1) == 1

    def leased(self, message):
        """Take a row alone; return it as it is then, in a list that is empty where somebody was faster."""
        return list(self.filter(pk=message.pk)) if self.lease(message) else []

    def leased_together(self):
        """Take all that is due, for one mail, whose number follows from what it holds."""
        rows = list(self.due().values_list("pk", flat=True)[:MOST_TOGETHER])
        bundle = uuid.uuid5(uuid.NAMESPACE_OID, " ".join(sorted(map(str, rows))))
        free = self.due().filter(pk__in=rows).order_by()
        if not free.update(bundle=bundle, lease_until=Now() + LEASE, attempts=F("attempts") + 1):
            return []
        return list(
            self.waiting().filter(bundle=bundle, pk__in=rows).order_by("created_at", "reference", "pk")
        )

    def same_kind(self, message):
        """Keep what says the same to the same address."""
        return self.filter(
            template=message.template, recipient=message.recipient, address_hash=message.address_hash
        )

    def mark_sent(self, *messages):
        """Note that the mail server took the mail of these."""
        self.filter(pk__in=[message.pk for message in messages]).update(
            sent_at=Now(), dead_at=None, lease_until=None, last_error="", is_refused=False
        )

    def postpone(self, *messages, wait, error, is_refused):
        """Note a failed attempt: the next one after ``wait``, or none when it has gone on too long."""
        self.waiting().filter(pk__in=[message.pk for message in messages]).update(
            lease_until=None,
            next_attempt_at=Now() + wait,
            dead_at=Case(When(tried_since__lte=Now() - GIVE_UP_AFTER, then=Now())),
            last_error=error,
            is_refused=is_refused,
        )

    def bury(self, message, *, why=UNWANTED):
        """Never send it: what it would say is gone, or whoever it is for asked us to stop or is no more."""
        self.waiting().filter(pk=message.pk).update(dead_at=Now(), lease_until=None, last_error=why)

    def rename_crisis(self):
        """Take the telling name off what the release before queues while it still runs."""
        kinds = self.model.Template
        has_both = self.filter(template=kinds.CLINICIAN, reference=OuterRef("reference"))
        self.due().order_by().filter(~Exists(has_both), template=kinds.CRISIS).update(
            template=kinds.CLINICIAN
        )

    @transaction.atomic
    def fan_out(self, message, hashes):
        """Make a mail that goes to several addresses one row for each; the row itself keeps the first.

        Each is tried, given up and told of by itself. Whoever is second here finds it done.
        """
        first, *others = hashes
        if not self.waiting().filter(pk=message.pk, address_hash="").update(address_hash=first):
            return
        origin = message.origin or message.pk
        kind = {"template": message.template, "recipient": message.recipient, "reference": message.reference}
        since = {"created_at": message.created_at, "tried_since": message.tried_since}
        self.bulk_create(self.model(origin=origin, address_hash=other, **kind, **since) for other in others)

    @transaction.atomic
    def drop_removed(self, message):
        """Let go of a row whose address is no more; where nobody else gets the mail, fan it out anew."""
        origin = message.origin or message.pk
        others = self.filter(Q(pk=origin) | Q(origin=origin)).exclude(pk=message.pk)
        if others.exclude(last_error=REMOVED).exists():
            self.bury(message, why=REMOVED)
        else:
            self.waiting().filter(pk=message.pk).update(address_hash="", lease_until=None)

    def given_up(self):
        """Keep what could not be sent and still matters: nobody needs a notice of what is closed."""
        is_closed = ConsultRequest.objects.filter(reference=OuterRef("reference"), status__in=CLOSED_STATUSES)
        return self.filter(~Exists(is_closed), dead_at__isnull=False).exclude(last_error__in=SETTLED)

    def try_again(self):
        """Give up on nothing: start the two days anew. Returns the number of rows."""
        return self.given_up().update(
            dead_at=None, tried_since=Now(), next_attempt_at=Now(), attempts=0, is_refused=False
        )

    def problems(self):
        """Count what is given up and what the mail server refuses but is still tried, in one query."""
        still_tried = Q(is_refused=True, sent_at__isnull=True, dead_at__isnull=True)
        given_up = Q(pk__in=self.given_up().values("pk"))
        return self.filter(Q(dead_at__isnull=False) | still_tried).aggregate(
            given_up=Count("pk", filter=given_up), refused=Count("pk", filter=still_tried)
        )


class OutboxMessage(models.Model):
    """One mail to one address. It names a template and a kind of recipient: no address, no content."""

    wagtail_reference_index_ignore = True

    class Template(models.TextChoices):
        """What is said."""

        STAFF_NOTICE = "staff_notice", "A request waits"
        PATIENT_COPY = "patient_copy", "Copy for the person who asked"
        ESCALATION = "escalation", "A request waits too long"
        EMERGENCY = "emergency", "Somebody opened the emergency access"
        # Of the release before, whose rows are still sent. The name alone told too much.
        CRISIS = "crisis", "A request to read now (before)"
        CLINICIAN = "clinician", "A request for the clinician"
        REPLY = "reply", "Answer of the front desk"
        DIGEST = "digest", "The week in numbers"
        SUSPECTED = "suspected", "Something looks like spam"
        # Of what happened to an account or to the clinic's facts: the reference names the audit event.
        ALERT = "alert", "Something that somebody should know of"
        # The reference names the invitation.
        INVITATION = "invitation", "Invitation to an account"

    class Recipient(models.TextChoices):
        """To whom it is said."""

        STAFF = "staff", "Staff"
        PATIENT = "patient", "The person who asked"
        OWNER = "owner", "Owner"
        CANARY = "canary", "The site itself"
        CLINICIAN = "clinician", "The clinician in charge"
        AUDITORS = "auditors", "Auditors"
        HOLDER = "holder", "The person whose account it is"

    # Stays the same over all attempts and becomes the Message-ID: mail programs drop doubles.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=20, choices=Template)
    recipient = models.CharField(max_length=10, choices=Recipient)
    reference = models.CharField(max_length=10)
    # What the front desk wrote lies there, sealed; there may be several for one request.
    reply = models.OneToOneField(
        "consults.SealedReply", null=True, blank=True, on_delete=models.CASCADE, related_name="message"
    )
    # Which of several addresses it is for, as a keyed hash; empty until the worker knows, or where there
    # is but one that the settings don't name.
    address_hash = models.CharField(max_length=32, blank=True, default="", db_default="")
    # The row of the same mail that it was fanned out from. No key: either of them may go first.
    origin = models.UUIDField(null=True, blank=True)
    # The number of the mail in which it was last sent or tried together with others.
    bundle = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    # Begins the two days after which it is given up; a person may let them begin again.
    tried_since = models.DateTimeField(db_default=Now())
    next_attempt_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    # The name of the error's class: its text may repeat an address.
    last_error = models.CharField(max_length=80, blank=True)
    # The server answered with a 5xx: it is tried again all the same, and a person hears of it at once.
    is_refused = models.BooleanField(default=False)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(sent_at__isnull=True, dead_at__isnull=True),
                name="outbox_due",
            ),
            models.Index(fields=["template", "recipient", "address_hash", "sent_at"], name="outbox_pace"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "reference", "recipient"],
                condition=Q(reply__isnull=True, origin__isnull=True),
                name="outbox_once",
            ),
            models.CheckConstraint(
                condition=Q(template="reply", reply__isnull=False)
                | Q(~Q(template="reply"), reply__isnull=True),
                name="outbox_reply_has_words",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(dead_at__isnull=True), name="outbox_sent_or_dead"
            ),
        ]

    def __str__(self):
        return f"{self.template} {self.reference}"
