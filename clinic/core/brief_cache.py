"""A cache in memory that forgets soon, since other processes can't tell it what changed."""

import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache


class BriefCache(LocMemCache):
    """Keeps nothing longer than its own ``TIMEOUT``, whatever a caller asks for.

    Wagtail would remember for an hour where each site begins; until then every process that had looked
    before a change answered with addresses of before.
    """

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        """Return the moment at which an entry ends."""
        latest = time.time() + self.default_timeout
        asked = super().get_backend_timeout(timeout)
        return latest if asked is None else min(asked, latest)
