"""The week in numbers, for the owner: what came in, who looked at what, and whether the audit is whole.

Counts and usernames alone. No reference, and nothing that a patient wrote, can get here.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from clinic.core.facts import read_facts
from consults import audit
from consults.enums import AuditAction, Channel, ClosedReason, Purpose, Status
from consults.models import AuditEvent, ConsultRequest, OutboxMessage

DIGEST = {"template": OutboxMessage.Template.DIGEST, "recipient": OutboxMessage.Recipient.OWNER}
# On Mondays, by the clinic's clock.
DUE_FROM = time(7)
# What is told of each person, in this order.
TOLD = {
    "opened": Q(action=AuditAction.VIEW),
    "revealed in a list": Q(action=AuditAction.REVEAL),
    "searched": Q(action=AuditAction.SEARCH),
    "exported without names": Q(action=AuditAction.EXPORT) & ~Q(purpose=Purpose.EXPORT),
    "exported with names": Q(action=AuditAction.EXPORT, purpose=Purpose.EXPORT),
    "printed": Q(action=AuditAction.PRINT),
    "refused": Q(action=AuditAction.DENIED),
    "emergency accesses": Q(action=AuditAction.BREAK_GLASS),
}
REAL = ~Q(status__in=[Status.QUARANTINE, Status.SPAM])


@dataclass(frozen=True)
class Week:
    """An ISO week by the clinic's clock."""

    monday: date
    zone: ZoneInfo

    @classmethod
    def called(cls, name):
        """Return the week of a name such as 2026W48."""
        year, _, number = name.partition("W")
        return cls(date.fromisocalendar(int(year), int(number), 1), read_facts().zone)

    @property
    def name(self):
        """Year and number."""
        year, number, _day = self.monday.isocalendar()
        return f"{year}W{number:02}"

    @property
    def starts_at(self):
        """Its first moment."""
        return datetime.combine(self.monday, time.min, tzinfo=self.zone)

    @property
    def ends_at(self):
        """The first moment of the next one."""
        return datetime.combine(self.monday + timedelta(days=7), time.min, tzinfo=self.zone)

    def __str__(self):
        sunday = self.monday + timedelta(days=6)
        return f"{date_format(self.monday, 'MONTH_DAY_FORMAT')} to {date_format(sunday, 'SHORT_DATE_FORMAT')}"


def queue_digest() -> bool:
    """Queue the mail on the week before, once, from Monday morning on; return whether it was queued now.

    A worker that was away on Monday makes up for it. Raises django.db.Error.
    """
    now = timezone.now().astimezone(read_facts().zone)
    this_monday = now.date() - timedelta(days=now.weekday())
    if now < datetime.combine(this_monday, DUE_FROM, tzinfo=now.tzinfo):
        return False
    week = Week(this_monday - timedelta(days=7), now.tzinfo)
    row = {**DIGEST, "reference": week.name}
    if OutboxMessage.objects.filter(**row).exists() or not _was_used_before(week.ends_at):
        return False
    OutboxMessage.objects.queue([OutboxMessage(**row)])
    return True


def digest_context(name) -> dict:
    """Return what the mail on a week says. The template sees nothing else."""
    week = Week.called(name)
    return {
        "week": str(week),
        "target": settings.CONSULTS_ATTEMPT_MINUTES,
        **_requests(week),
        "people": _people(week),
        **_audit_state(week),
        "link": settings.STAFF_URL + reverse("consult_audit:index"),
    }


def _was_used_before(moment):
    """Whether anything happened earlier: a new site has no week to tell of."""
    return (
        ConsultRequest.objects.from_people().filter(created_at__lt=moment).exists()
        or AuditEvent.objects.filter(at__lt=moment).exists()
    )


def _requests(week):
    """Return the counts of requests: of those that came in the week, and of what waits now."""
    people = ConsultRequest.objects.from_people().exclude(closed_reason=ClosedReason.TEST)
    came = people.filter(created_at__gte=week.starts_at, created_at__lt=week.ends_at)
    # Who calls or comes in speaks with somebody at once; that is nobody's quick answer.
    tried = REAL & Q(channel=Channel.WEB, attempt_minutes__isnull=False)
    in_time = Q(attempt_minutes__lte=settings.CONSULTS_ATTEMPT_MINUTES)
    counts = came.aggregate(
        received=Count("pk"),
        spam=Count("pk", filter=~REAL),
        in_time=Count("pk", filter=tried & in_time),
        late=Count("pk", filter=tried & ~in_time),
    )
    return {
        **counts,
        "waiting": ConsultRequest.objects.from_people().waiting().count(),
        "unseen": ConsultRequest.objects.from_people().quarantined().filter(shown_at=None).count(),
    }


def _people(week):
    """Return pairs of who, and what they did how often; only what happened."""
    events = AuditEvent.objects.filter(at__gte=week.starts_at, at__lt=week.ends_at)
    counts = {f"told{n}": Count("pk", filter=told) for n, told in enumerate(TOLD.values())}
    rows = events.order_by().values("actor_name").annotate(**counts).order_by("actor_name")
    people = [
        (row["actor_name"] or "The site", [(what, row[f"told{n}"]) for n, what in enumerate(TOLD)])
        for row in rows
    ]
    did = [(who, [(what, number) for what, number in things if number]) for who, things in people]
    return [(who, things) for who, things in did if things]


def _audit_state(week):
    """Return whether the audit holds from the week's beginning until now, and how far it goes.

    Only that part: 50,000 events take a second, and years of them would hold up the other mail.
    What lies before was looked at in the weeks before, and `manage.py consults_audit` looks at everything.
    """
    head = AuditEvent.objects.order_by("-seq").values_list("seq", "mac").first() or (0, "")
    first = AuditEvent.objects.filter(at__gte=week.starts_at).order_by("at", "seq").first()
    try:
        faults = audit.verify(audit.published_heads(), after=first.seq - 1 if first else head[0])
    # Heads that can't be read prove nothing.
    except (OSError, ValueError):
        faults = None
    return {"is_whole": faults == [], "head_seq": head[0], "head_mac": head[1]}
