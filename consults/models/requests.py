"""A request: what the triage needs in clear, and everything else in its envelope."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from consults.enums import (
    HOLDING_ACTIONS,
    OPEN_STATUSES,
    Campaign,
    Channel,
    ClosedReason,
    ContactWay,
    HeardFrom,
    Locale,
    Priority,
    SourceSection,
    SpamSignal,
    Status,
    TimelineAction,
)


def is_agreed_call(now):
    """Return the condition for a call that was agreed with the person and whose time has come."""
    planned = apps.get_model("consults", "Appointment").objects.planned()
    at_that_time = planned.filter(consult=models.OuterRef("pk"), starts_at=models.OuterRef("agreed_at"))
    # What is agreed with whoever is booked is their appointment, unless a call back was agreed on as well.
    is_appointment = models.Q(status=Status.BOOKED) & models.Exists(at_that_time)
    return models.Q(agreed_at__lte=now) & ~is_appointment


def by_anyone_of_thread(condition):
    """Return the condition that it, or another open one of the same person, fulfils a condition.

    Of those that lead, see ``leading``: the others are folded under them, and must not be forgotten.
    """
    # What isn't linked, nearly all, is spared the question.
    linked = models.Q(same_as__isnull=False)
    return condition | (linked & models.Q(models.Exists(_thread_of_outer().filter(condition))))


def _thread_of_outer():
    """Return the open ones linked with the request of the outer query; none where it is the first one."""
    return ConsultRequest.objects.open().filter(
        models.Q(same_as=models.OuterRef("same_as")) | models.Q(pk=models.OuterRef("same_as"))
    )


class ConsultRequestQuerySet(models.QuerySet):
    """Requests as the front desk meets them."""

    def from_people(self):
        """Leave out the test requests that the site sends to itself."""
        return self.filter(is_canary=False)

    def open(self):
        """Keep the requests that somebody still has to do something about.

        Each has its time; saying so lets the database begin with these few, however many ended.
        """
        return self.filter(status__in=OPEN_STATUSES, next_action_at__isnull=False)

    def of_thread(self, leader):
        """Keep the request with this key and those linked to it: what one person sent."""
        return self.filter(models.Q(pk=leader) | models.Q(same_as=leader))

    def leading(self):
        """Leave out open requests of whose person a newer one is open: that one leads and stands for them.

        Nothing but a link folds them, which somebody of the staff made, or whoever corrected the first one.
        Where the leading one ends or its link is removed, the others are there again by themselves.
        """
        open_ones = ConsultRequest.objects.open()
        newer = models.Q(created_at__gt=models.OuterRef("created_at")) | models.Q(
            created_at=models.OuterRef("created_at"), pk__gt=models.OuterRef("pk")
        )
        # The others point to the first one, which is the oldest.
        return self.filter(
            ~models.Exists(open_ones.filter(same_as=models.OuterRef("pk"))),
            ~models.Exists(open_ones.filter(newer, same_as=models.OuterRef("same_as"))),
        )

    def with_thread(self):
        """Add, of all open ones of the person, when the first came, when they come up, the highest mark."""
        return self.annotate(
            arrived_at=_first("created_at"),
            comes_up_at=_first("next_action_at"),
            thread_priority=_first("-priority"),
        )

    def waiting(self):
        """Keep the requests that nobody has; of one person the one that leads."""
        return self.leading().filter(status=Status.NEW)

    def unanswered(self):
        """Keep the open requests that nobody has tried to answer yet."""
        return self.open().filter(first_attempt_at__isnull=True)

    def quarantined(self):
        """Keep the requests that look like spam, nobody has decided about, and still hold their contents."""
        return self.filter(status=Status.QUARANTINE, purged_at=None)

    def with_contents(self):
        """Leave out those whose contents were removed."""
        return self.filter(purged_at=None)

    def suspected_counts(self):
        """Return how many look like spam, how many are to be read first all the same, and by when to look."""
        return self.quarantined().aggregate(
            suspected=models.Count("pk"),
            suspected_first=models.Count("pk", filter=~models.Q(priority=Priority.NONE)),
            # One without a time should have been looked at already.
            suspected_look_by=models.Min(
                Coalesce("next_action_at", "created_at"), filter=models.Q(shown_at=None)
            ),
        )

    def forget_networks(self, before):
        """Remove the hashes of networks from requests that came before; they count for an hour only."""
        return self.filter(created_at__lt=before).exclude(network="").update(network="")

    def with_handed_at(self):
        """Add when each was handed to the clinician since it was last marked; None where it wasn't."""
        events = apps.get_model("consults", "TimelineEvent").objects.order_by("-pk")
        marked = events.filter(consult=models.OuterRef("consult"), action=TimelineAction.PRIORITY)
        handed = events.filter(consult=models.OuterRef("pk"), action=TimelineAction.HANDED).exclude(
            pk__lt=Coalesce(models.Subquery(marked.values("pk")[:1]), 0)
        )
        return self.annotate(handed_at=models.Subquery(handed.values("at")[:1]))

    def with_later(self):
        """Add the reference of the newest one that the same person sent later; None where there is none.

        Of those that are linked: by whoever corrected the first one, or by somebody of the staff.
        """
        linked = models.Q(same_as=models.OuterRef("pk")) | models.Q(same_as=models.OuterRef("same_as"))
        later = ConsultRequest.objects.filter(linked, created_at__gt=models.OuterRef("created_at"))
        newest = later.order_by("-created_at", "-pk").values("reference")[:1]
        return self.annotate(later_reference=models.Subquery(newest))

    def with_appointment(self):
        """Add state, time and place of what stands of its appointments; None where there is none."""
        standing = apps.get_model("consults", "Appointment").objects.standing()
        last = standing.filter(consult=models.OuterRef("pk")).order_by("-pk")
        return self.annotate(
            appointment_state=models.Subquery(last.values("state")[:1]),
            appointment_at=models.Subquery(last.values("starts_at")[:1]),
            appointment_place=models.Subquery(last.values("location")[:1]),
        )

    def with_site_changes(self):
        """Add what the site changed of each by itself, as far as it still holds; None where it did not.

        ``to_tell_of`` is an agreed time that a closure has overtaken, ``to_tell_place`` the place where that
        is one of an appointment, ``moved_from`` a planned time, and ``last_held`` the last event that says
        who has it.
        """
        moves = apps.get_model("consults", "ClosureMove").objects.filter(consult=models.OuterRef("pk"))
        planned = apps.get_model("consults", "Appointment").objects.planned()
        counts_on = models.Exists(
            planned.filter(consult=models.OuterRef("consult"), starts_at=models.OuterRef("fell_on"))
        )
        told = moves.filter(models.Q(fell_on=models.OuterRef("agreed_at")) | counts_on, is_agreed=True)
        moved = moves.filter(is_agreed=False, comes_up_at=models.OuterRef("next_action_at"))
        events = apps.get_model("consults", "TimelineEvent").objects.filter(
            consult=models.OuterRef("pk"), action__in=HOLDING_ACTIONS
        )
        return self.annotate(
            to_tell_of=models.Subquery(told.values("fell_on")[:1]),
            moved_from=models.Subquery(moved.values("fell_on")[:1]),
            last_held=models.Subquery(events.order_by("-pk").values("action")[:1]),
        ).annotate(
            to_tell_place=models.Subquery(
                planned.filter(consult=models.OuterRef("pk"), starts_at=models.OuterRef("to_tell_of")).values(
                    "location"
                )[:1]
            )
        )

    def to_be_told(self):
        """Keep the open requests of people who count on a time that a closure has overtaken."""
        planned = apps.get_model("consults", "Appointment").objects.planned()
        counts_on = models.Q(closure__fell_on=models.F("agreed_at")) | models.Exists(
            planned.filter(consult=models.OuterRef("pk"), starts_at=models.OuterRef("closure__fell_on"))
        )
        return self.open().filter(counts_on, closure__is_agreed=True)

    def due(self, now):
        """Keep the open requests for which something is to be done at a moment, one for each person."""
        people = self.open().leading().with_thread()
        return people.filter(by_anyone_of_thread(models.Q(next_action_at__lte=now)))

    def later(self, now):
        """Keep the open requests for which something is planned after a moment, one for each person."""
        return self.open().leading().with_thread().filter(comes_up_at__gt=now)

    def matching(self, indexes):
        """Keep those that have one of these blind indexes, ``{column: values}``."""
        same = models.Q(pk__in=[])
        for column, values in indexes.items():
            same |= models.Q(**{f"{column}__in": values})
        return self.filter(same)

    def without_mark(self):
        """Keep those that nobody signed: of release 0.1.0, or put in by somebody else."""
        return self.filter(mark=None, purged_at=None)

    def unlinked(self):
        """Keep those whose receipts don't stand in the audit yet."""
        return self.filter(linked_seq=None)

    def oldest_first(self):
        """Order by arrival; the key makes the order certain."""
        return self.order_by("created_at", "pk")


def _first(order):
    """Return what comes first of all open ones of the person, by an order of one column."""
    column = order.removeprefix("-")
    of_thread = _thread_of_outer().order_by(order).values(column)[:1]
    linked = models.When(same_as__isnull=False, then=Coalesce(models.Subquery(of_thread), models.F(column)))
    return models.Case(linked, default=models.F(column))


class ConsultRequest(models.Model):
    """One request. Its label is the reference; no attribute gives what the patient wrote."""

    # No list of uses, no search: nothing of a request lies in another table.
    wagtail_reference_index_ignore = True

    reference = models.CharField(max_length=10, unique=True, editable=False)
    idempotency_key = models.CharField(max_length=64, unique=True, editable=False)
    envelope = models.BinaryField(editable=False)
    key_id = models.PositiveIntegerField(editable=False)
    # The signature of whoever accepted it, over the envelope and what never changes of the clear columns.
    # Rows of release 0.1.0 have none until they are taken over.
    mark = models.BinaryField(null=True, editable=False)
    # The audit event in which its receipts stand.
    linked_seq = models.PositiveBigIntegerField(null=True, editable=False)

    status = models.CharField(max_length=12, choices=Status, default=Status.NEW)
    closed_reason = models.CharField(max_length=16, choices=ClosedReason, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Counts the changes: whoever saves on an older count has seen an older request.
    version = models.PositiveIntegerField(default=1, editable=False)

    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NONE)
    # When somebody has to do something again; every open request has such a time. Of suspected spam it is
    # the time by which somebody looks at it.
    next_action_at = models.DateTimeField(null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When suspected spam was first put before somebody who decides about it.
    shown_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Every try, also one that reached somebody.
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    # The tries in a row that nobody answered: since somebody was reached, or it was opened again.
    unanswered = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    # When to call back or when the appointment is, as agreed with the person; not when it comes up.
    agreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)
    reached_at = models.DateTimeField(null=True, blank=True, editable=False)
    # From arrival, in minutes during which the clinic was open. They outlive a change of the hours.
    attempt_minutes = models.PositiveIntegerField(null=True, blank=True, editable=False)
    reach_minutes = models.PositiveIntegerField(null=True, blank=True, editable=False)
    # The earlier request of the same person, as somebody of the staff decided.
    same_as = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeats", editable=False
    )

    best_times = models.PositiveSmallIntegerField(
        default=0, help_text="Bits of CallWindow; 0 means any time."
    )
    time_zone = models.CharField(max_length=40)
    # The key of a place of the facts; empty for any of them.
    location = models.CharField(max_length=12, blank=True)
    locale = models.CharField("language", max_length=5, choices=Locale, default=Locale.EN)
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.WEB)
    # The way they asked for, for the list alone: what is sealed decides. Empty where nobody has opened it
    # since it came from an earlier release or through the spool.
    way = models.CharField(max_length=8, choices=ContactWay, blank=True, default="", db_default="")
    source_section = models.CharField(max_length=12, choices=SourceSection, default=SourceSection.OTHER)
    campaign = models.CharField(max_length=12, choices=Campaign, blank=True)
    heard_from = models.CharField(max_length=12, choices=HeardFrom, blank=True)

    spam_score = models.PositiveSmallIntegerField(default=0)
    # Codes of SpamSignal, separated by blanks.
    spam_signals = models.CharField(max_length=120, blank=True, editable=False)
    # A keyed hash of the network's address that changes daily; the worker clears it after two days.
    network = models.CharField(max_length=16, blank=True, editable=False)

    # Keyed hashes cut so short that several people share each: they find candidates, not persons.
    # Of release 0.1.0: two hashes of one number told more than one. Re-indexing empties it.
    phone_index = models.PositiveIntegerField(null=True, editable=False)
    phone_end_index = models.PositiveIntegerField(null=True, editable=False)
    email_index = models.PositiveIntegerField(null=True, editable=False)

    # Whoever holds a request keeps its contents beyond their time.
    on_hold = models.BooleanField(default=False, editable=False)
    # Since then nothing is left but these columns, the consents and the audit.
    purged_at = models.DateTimeField(null=True, blank=True, editable=False)

    wants_copy = models.BooleanField(default=False, editable=False)
    is_canary = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ConsultRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "consultation request"
        # Nobody adds or deletes a request by hand.
        default_permissions = ("view", "change")
        permissions = [
            ("export_consultrequest", "Can export consultation requests"),
            ("export_opened_consultrequest", "Can export names and contacts"),
            ("erase_consultrequest", "Can keep or remove the contents of consultation requests"),
            ("report_consultrequest", "Can read the reports on consultation requests"),
        ]
        indexes = [
            models.Index(fields=["status", "created_at"], name="consult_inbox"),
            models.Index(fields=["created_at"], name="consult_arrival"),
            # In part: those that ended have no time, and nearly all are linked to none. SQLite reckons with
            # as many rows as an index holds, and takes a whole one of empty values for one that narrows none.
            models.Index(
                fields=["next_action_at"],
                condition=models.Q(next_action_at__isnull=False),
                name="consult_planned",
            ),
            models.Index(
                fields=["same_as"], condition=models.Q(same_as__isnull=False), name="consult_thread"
            ),
            models.Index(fields=["phone_index", "created_at"], name="consult_phone"),
            models.Index(fields=["phone_end_index"], name="consult_phone_end"),
            models.Index(fields=["email_index", "created_at"], name="consult_email"),
            models.Index(fields=["id"], condition=models.Q(linked_seq=None), name="consult_unlinked"),
            models.Index(
                fields=["network", "created_at"], condition=~models.Q(network=""), name="consult_network"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="consult_status_known"),
            models.CheckConstraint(condition=models.Q(best_times__lte=255), name="consult_times_known"),
            models.CheckConstraint(
                condition=~models.Q(status=Status.CLOSED) | ~models.Q(closed_reason=""),
                name="consult_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.WORKING) | models.Q(assignee__isnull=False),
                name="consult_working_has_assignee",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=OPEN_STATUSES) | models.Q(next_action_at__isnull=False),
                name="consult_open_has_next_action",
            ),
            models.CheckConstraint(
                condition=models.Q(purged_at=None) | ~models.Q(status__in=OPEN_STATUSES),
                name="consult_open_has_contents",
            ),
            models.CheckConstraint(
                condition=models.Q(priority__in=Priority.values), name="consult_priority_known"
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def spam_reasons(self):
        """What made it look like spam, in the staff's words."""
        labels = dict(SpamSignal.choices)
        return [labels.get(code, code) for code in self.spam_signals.split()]

    def agreed_after(self, now):
        """Return the time that was agreed with the person, if it is still to come."""
        return self.agreed_at if self.agreed_at and self.agreed_at > now else None

    @property
    def status_when_taken(self):
        """The status once somebody is responsible for it."""
        return Status.WORKING if self.status == Status.NEW else self.status

    @property
    def thread_id(self):
        """The key of the first request of the person, to which the others are linked."""
        return self.same_as_id or self.pk

    @property
    def may_be_erased(self):
        """Whether it ended and nobody keeps its contents."""
        return not (self.is_open or self.on_hold or self.purged_at)

    @property
    def is_open(self):
        """Whether somebody still has to do something about it."""
        return self.status in OPEN_STATUSES
