"""What `manage.py check` says of the settings, and what it and `migrate` say of the database."""

from django.conf import settings
from django.core import checks
from django.db import connections

from .groups_of_before import members_short_of_a_role
from .models import DeskGrant
from .models.protection import missing_triggers

PROXIES = "proxies"


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


@checks.register(checks.Tags.database)
def groups_give_what_they_name(databases=None, **kwargs):
    """Name the groups of the clinic's own whose members lost what the group still seems to give."""
    # The process that takes requests in may not read who is at the desk.
    if settings.CONSULTS_ROLE == "intake":
        return []
    return [
        checks.Warning(
            f"The group {name} names rights over requests, which no group gives: {count} of its members "
            "lack them.",
            hint="A manager gives them a role on People at the desk, or they leave the group.",
            id="consults.W002",
        )
        for alias in databases or []
        if DeskGrant._meta.db_table in connections[alias].introspection.table_names()
        for name, count in members_short_of_a_role(alias).items()
    ]


@checks.register(PROXIES)
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
