"""What every template may use."""

from django.conf import settings

from .facts import read_facts


def clinic_facts(request):
    """Add the clinic's facts, the public address, and whether this is a demonstration or made to be kept."""
    return {
        "facts": read_facts(),
        "site_url": settings.SITE_URL,
        "demo_mode": settings.DEMO_MODE,
        # Then it says nothing that changes with the hour.
        "for_keeping": getattr(request, "is_for_keeping", False),
    }
