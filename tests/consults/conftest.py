"""Fixtures for the forms of patients, and for what several people do at once."""

import pytest
import time_machine
from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client

from clinic.core.group_permissions import grant
from clinic.roles import ROLES
from consults.models import AuditEvent, ConsentReceipt, GuardedFacts
from consults.models.protection import protect, unprotect
from tests.factories.forms import BROWSER

KEPT_FOR_EVER = [ConsentReceipt, AuditEvent, GuardedFacts]


@pytest.fixture
def client():
    """A browser; without its headers a form looks a little like spam."""
    return Client(headers=BROWSER)


@pytest.fixture
def midday():
    """The clock stands at noon of a working day, so that no midnight comes between two steps of a test.

    Name it before whatever signs somebody in.
    """
    with time_machine.travel("2026-11-24 19:00:00Z", tick=False):
        yield


@pytest.fixture
def committed(transactional_db):
    """A database that other threads see; what can't be deleted is gone all the same afterwards."""
    # The test before may have emptied every table.
    grant(apps, {name: ROLES["consults"][name] for name in ("Front desk", "Managers", "Auditors")})
    yield
    tables = [model._meta.db_table for model in KEPT_FOR_EVER]
    unprotect(connection, tables)
    for model in KEPT_FOR_EVER:
        model.objects.all().delete()
    protect(connection, tables)


@pytest.fixture
def connection_stays(db, monkeypatch):
    """Django would take the test's own transaction for a forgotten one and close the connection."""
    monkeypatch.setitem(connection.settings_dict, "AUTOCOMMIT", connection.get_autocommit())
    monkeypatch.setattr(connections[DEFAULT_DB_ALIAS], "close_at", None)
