"""The demo, filled once for the tests that look at it from several sides."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


# Over one package, so that no test elsewhere finds the demo in its database.
@pytest.fixture(scope="package")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo's folder; its rows are in a transaction that is undone after this package."""
    folder = tmp_path_factory.mktemp("seed")
    changed = {"VAR_DIR": folder, "MEDIA_ROOT": str(folder / "media"), "DEMO_MODE": True}
    with django_db_blocker.unblock(), override_settings(**changed), transaction.atomic():
        call_command("seed_demo", "--no-renditions", verbosity=0)
        yield folder
        transaction.set_rollback(True)
