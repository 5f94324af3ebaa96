"""What counts now: the newest version, or before there is any what the environment says."""

from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from clinic.core.facts import ClinicFacts, default_facts
from consults.models import AuditEvent, GuardedFacts
from consults.models.guarded_facts import PUBLIC


def current() -> GuardedFacts:
    """Return the newest version. Its number is 0 where nobody wrote one yet."""
    return GuardedFacts.objects.order_by("-version").first() or _of_environment()


def version_or_none(number: int) -> GuardedFacts | None:
    """Return a version; 0 is what the environment says now."""
    return GuardedFacts.objects.filter(version=number).first() if number else _of_environment()


def versions_before_event(seq: int, *, within: timedelta) -> list[GuardedFacts]:
    """Return all that counted at some time within so long before an event of the audit, whatever it did."""
    at = AuditEvent.objects.filter(seq=seq).values_list("at", flat=True).first() or timezone.now()
    earlier = GuardedFacts.objects.filter(Q(event__lt=seq) | Q(event__isnull=True)).order_by("-version")
    lately = list(earlier.filter(created_at__gt=at - within))
    long_ago = earlier.filter(version__lt=lately[-1].version) if lately else earlier
    return [*lately, long_ago.first() or _of_environment()]


def in_facts(facts: ClinicFacts, guarded: GuardedFacts) -> ClinicFacts:
    """Return the facts with the numbers and the address of a version."""
    return replace(facts, **{name: getattr(guarded, name) for name in PUBLIC})


def _of_environment():
    facts = default_facts()
    return GuardedFacts(
        version=0,
        **{name: getattr(facts, name) for name in PUBLIC},
        notice_recipients="\n".join(settings.CONSULTS_NOTICE_RECIPIENTS),
        owner_recipients="\n".join(settings.CONSULTS_OWNER_RECIPIENTS),
        clinician_recipients="\n".join(settings.CONSULTS_CRISIS_RECIPIENTS),
    )
