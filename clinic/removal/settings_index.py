"""What settings choose, such as the privacy notice, stands in Wagtail's index of references, too.

Wagtail indexes pages and snippets by itself; of settings it knows nothing unless it is told.
"""

import contextlib

from django.db import DatabaseError, transaction
from wagtail.contrib.settings.registry import registry
from wagtail.models import ReferenceIndex


def follow() -> None:
    """Index settings from now on, whenever they are saved."""
    for model in registry:
        ReferenceIndex.register_model(model)


def catch_up(**kwargs) -> None:
    """Index those that were saved before; with every migration, for rows may be older than this."""
    # A migration to an earlier state may have taken a table away.
    with contextlib.suppress(DatabaseError), transaction.atomic():
        for model in filter(ReferenceIndex.is_indexed, registry):
            for one in model.objects.all():
                ReferenceIndex.create_or_update_for_object(one)
