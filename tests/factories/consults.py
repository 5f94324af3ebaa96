"""Requests that went the way of real ones: sealed, stored and worked on by the workflow."""

import itertools

from consults import workflow
from consults.enums import Locale, Purpose, Status
from consults.intake.earlier_form import EarlierForm
from consults.intake.page_form import PatientForm
from consults.intake.submission import submission_from
from consults.intake.token import FormToken
from consults.models import ConsultRequest
from tests.factories.forms import answers, form_data

_numbers = itertools.count(1)


def valid_form(**changes):
    """Return a valid form with these changes; with the box for a copy, as it had one before."""
    form = EarlierForm(answers(**changes)) if "copy" in changes else PatientForm(form_data(**changes))
    assert form.is_valid(), form.errors
    return form


def make_consult(*, claimed_by=None, status=None, reason="", **changes):
    """Store a request and return it, claimed and moved on if asked; each call makes another one."""
    form = valid_form(**{"name": f"Sample Person {next(_numbers)}", **changes})
    accepted = workflow.accept(submission_from(form, token=FormToken(), locale=Locale.EN))
    consult = ConsultRequest.objects.get(reference=accepted.reference)
    if claimed_by:
        workflow.claim(consult, actor=claimed_by, version=consult.version)
    if status and status != Status.WORKING:
        workflow.open_consult(consult, actor=claimed_by, purpose=Purpose.TRIAGE)
        workflow.change_status(
            consult, actor=claimed_by, version=consult.version, status=status, reason=reason
        )
    return consult
