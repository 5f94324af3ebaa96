"""Who else looks at a request right now: whoever opened it within the last minutes."""

from datetime import timedelta

from consults.enums import TimelineAction
from consults.models import TimelineEvent

# Longer than most calls nobody is taken to look at what they opened.
LOOKS_FOR = timedelta(minutes=5)


def looking_at(requests, *, besides, now) -> dict[int, list[str]]:
    """Return ``{key: names}`` of the colleagues who look at these requests, in one query.

    The timeline says it: to open a request is noted anyway. Nothing is kept for it.
    """
    opened = TimelineEvent.objects.filter(
        consult__in=[consult.pk for consult in requests],
        action=TimelineAction.VIEW,
        actor__isnull=False,
        at__gt=now - LOOKS_FOR,
    )
    looking: dict[int, list[str]] = {}
    for key, name in (
        opened.exclude(actor=besides).order_by("at", "pk").values_list("consult_id", "actor__username")
    ):
        names = looking.setdefault(key, [])
        if name not in names:
            names.append(name)
    return looking
