"""What counts now: the newest version, or before there is any what the environment says."""

from dataclasses import replace

from django.conf import settings
from django.db.models import Q

from clinic.core.facts import ClinicFacts, default_facts
from consults.models import GuardedFacts
from consults.models.guarded_facts import PUBLIC


def current() -> GuardedFacts:
    """Return the newest version. Its number is 0 where nobody wrote one yet."""
    return GuardedFacts.objects.order_by("-version").first() or _of_environment()


def version_or_none(number: int) -> GuardedFacts | None:
    """Return a version; 0 is what the environment says now."""
    return GuardedFacts.objects.filter(version=number).first() if number else _of_environment()


def version_before_event(seq: int) -> GuardedFacts:
    """Return what counted until an event of the audit happened, whether or not it changed anything."""
    earlier = GuardedFacts.objects.filter(Q(event__lt=seq) | Q(event__isnull=True))
    return earlier.order_by("-version").first() or _of_environment()


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
