"""People are never refused and never set aside; scripts nearly always are; nobody vanishes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from consults.enums import Status
from consults.intake.token import issue_token
from consults.models import ConsultRequest

from .corpora import HOSPITAL, bots, honest

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
REFERENCE = re.compile(r"/received/(\w{10})/")


@pytest.fixture
def client():
    """A sender without any headers of its own."""
    return Client()


def token_of(sent):
    """Return the token of a form that was handed out when this one was."""
    if sent.age is None:
        return sent.token
    with time_machine.travel(timezone.now() - timedelta(seconds=sent.age), tick=False):
        return issue_token("en-0")


def send(client, sent):
    """Send a form; return the status and the request that its sender was told of."""
    data = {**sent.data, "token": token_of(sent)}
    response = client.post(
        sent.path,
        {name: value for name, value in data.items() if value is not None},
        headers=sent.headers,
        REMOTE_ADDR=sent.address,
    )
    assert response.status_code == 303, response.content.decode()
    return ConsultRequest.objects.get(reference=REFERENCE.search(response.url)[1])


def set_aside(requests):
    return [consult for consult in requests if consult.status == Status.QUARANTINE]


def test_two_hundred_people_and_five_hundred_scripts(client, settings):
    # Seven hundred within an hour: short indexes would now and then take strangers for one person.
    settings.CONSULTS_INDEX_BITS = 24
    people = [send(client, sent) for sent in honest()]
    scripts = [send(client, sent) for sent in bots()]
    assert len({consult.reference for consult in people + scripts}) == 700
    assert not set_aside(people), [r.spam_signals for r in set_aside(people)]
    missed = [script.spam_signals for script in scripts if script.status != Status.QUARANTINE]
    assert len(missed) <= 25, missed
    # A script that does all that a person does can't be told apart; none of the others gets through.
    assert set(missed) == {""}


def test_forty_people_behind_one_address_all_get_through(client):
    shared = [sent for sent in honest() if sent.address == HOSPITAL]
    assert len(shared) == 40
    assert not set_aside([send(client, sent) for sent in shared])
