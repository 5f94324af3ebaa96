"""Whether the database still refuses what it has to refuse; asked by `check --database` and by `migrate`."""

from django.core import checks
from django.db import connections

from .models.protection import missing_triggers


@checks.register(checks.Tags.database)
def database_refuses_changes(databases=None, **kwargs):
    """Name the triggers that are missing: without them consents and the audit could be changed."""
    return [
        checks.Error(
            f"The database no longer refuses changes of consents or the audit: {trigger} is missing.",
            hint="Find out who removed it. Then `manage.py consults_protect` and `manage.py consults_audit`.",
            id="consults.E001",
        )
        for alias in databases or []
        for trigger in missing_triggers(connections[alias])
    ]
