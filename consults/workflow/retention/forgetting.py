"""Letting go of what served its purpose."""

from datetime import timedelta

from django.utils import timezone

from consults.models import ConsultRequest

# The hashes of two days differ, so an older one can't be compared with anything anyway.
NETWORKS_KEPT = timedelta(days=2)


def forget_networks() -> int:
    """Remove the networks of requests that came long ago; return of how many."""
    return ConsultRequest.objects.forget_networks(before=timezone.now() - NETWORKS_KEPT)
