"""What somebody does who owns the database: rows are changed while no trigger stands in the way."""

import io
from contextlib import contextmanager

from django.core.management import CommandError, call_command
from django.db import connection

from consults import workflow
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsultRequest
from consults.models.protection import protect, protected_tables, unprotect
from consults.sealing.keys import new_signing_pair
from tests.factories.consults import valid_form


@contextmanager
def triggers_off():
    """Let every change through; afterwards all triggers are there again."""
    tables = protected_tables(connection)
    unprotect(connection, tables)
    yield
    protect(connection, tables)


def flaws(**options):
    """Return the lines that the one command prints of what is wrong; none where all is whole."""
    said = io.StringIO()
    try:
        call_command("consults_audit", stdout=said, **options)
    except CommandError:
        return [line for line in said.getvalue().splitlines() if "see consults_adopt" not in line]
    return []


def flaws_of_rows(**options):
    """Return the same without those of the triggers, which were off."""
    return [line for line in flaws(**options) if not line.startswith("database: ")]


def made_by_a_thief(settings, *, signs=True):
    """Store a whole request with what a thief of the database knows: the public key, and no signing key."""
    if signs:
        settings.CONSULTS_SIGNING_PRIVATE_KEY = new_signing_pair()["CONSULTS_SIGNING_PRIVATE_KEY"]
    submission = submission_from(valid_form(name="Mallory"), token=FormToken(), locale="en")
    consult = ConsultRequest.objects.get(reference=workflow.accept(submission).reference)
    if not signs:
        ConsultRequest.objects.filter(pk=consult.pk).update(mark=None)
        consult.refresh_from_db()
    return consult
