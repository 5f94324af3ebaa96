"""Wherever the desk opens a request that the form never accepted, it is shown, and said to be one."""

import csv
import io

import pytest
from django.urls import reverse

from consults.models import AuditEvent, ConsultRequest
from consults.triage.acceptance import BEFORE, WRONG, WRONG_IN_FILE
from tests.accounts.signing_in import sign_in
from tests.consults.triage.exports.files import COLUMNS
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
INDEX = "/admin/requests/"


@pytest.fixture
def desk(client):
    user = UserFactory(group="Managers")
    user.groups.add(UserFactory(group="Front desk").groups.get())
    return sign_in(client, user)


def exchange(consult):
    """Change what its mark was made for."""
    ConsultRequest.objects.filter(pk=consult.pk).update(campaign="other")
    return consult


def page_of(client, name, consult):
    return client.get(reverse(f"consult_requests:{name}", args=[consult.pk])).content.decode()


@pytest.mark.parametrize("name", ["detail", "reply"])
def test_its_pages_say_so(client, desk, name):
    consult = exchange(make_consult(name="Sample Person", way="email", email="sample@example.org"))
    page = page_of(client, name, consult)
    assert "Sample Person" in page
    assert WRONG in page
    assert "not accepted by the form" in AuditEvent.objects.first().detail


@pytest.mark.parametrize("name", ["detail", "reply"])
def test_others_say_nothing(client, desk, name):
    page = page_of(client, name, make_consult(way="email", email="sample@example.org"))
    assert WRONG not in page
    assert BEFORE not in page


def test_the_list_of_whom_to_call_says_so(client, desk):
    consult = exchange(make_consult(name="Sample Person"))
    assert WRONG not in client.get(INDEX).content.decode()
    page = client.post(INDEX, {"request": consult.pk}).content.decode()
    assert "Sample Person" in page
    assert WRONG in page


def test_a_file_of_names_says_so(client, desk):
    good, wrong = make_consult(), exchange(make_consult())
    data = {"kind": "csv", "contents": "opened", "reason": "For the call centre.", **COLUMNS}
    response = client.post(reverse("consult_requests:export"), data)
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    said = {row["Reference"]: row["Do not contact"] for row in rows}
    assert (said[good.reference], said[wrong.reference]) == ("", WRONG_IN_FILE)


def test_one_that_cannot_be_opened_either_is_not_called_stored_as_it_came(client, desk):
    consult = make_consult()
    ConsultRequest.objects.filter(pk=consult.pk).update(envelope=b"\x01nothing")
    page = page_of(client, "detail", consult)
    assert WRONG in page
    assert "stored as it came" not in page
