"""What whoever runs the site is told at its start."""

from django.conf import settings
from django.core import checks

TAG = "proxies"


@checks.register(TAG)
def proxies_are_named(app_configs, **options):
    """Ask for the proxies where visitors come through one: without them all visitors are one network."""
    takes_requests = settings.CONSULTS_ROLE != "staff"
    if settings.TRUSTED_PROXIES or not settings.SECURE_PROXY_SSL_HEADER or not takes_requests:
        return []
    return [
        checks.Warning(
            "TRUSTED_PROXIES is empty: all visitors who come through a front server count as one network.",
            hint="Name that server, such as 127.0.0.1.",
            id="consults.W001",
        )
    ]
