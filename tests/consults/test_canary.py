"""The test request: goes all the way and leaves nothing, or says in one line which step failed."""

import io
import re
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import timedelta
from email.message import Message
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client

from clinic.core.facts import default_facts, write_facts
from consults import workflow
from consults.intake.canary import FIELD
from consults.models import (
    ConsentReceipt,
    ConsultRequest,
    Heartbeat,
    OutboxMessage,
    TimelineEvent,
)
from consults.notices.outbox import send_due
from consults.sealing.keys import new_secrets
from tests.factories.consults import form_data, make_consult
from tests.site.demo import free_port

from .passing_time import let_pass

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SITE = "http://clinic.example.org"


class Network:
    """Stands in for the network alone: what urllib sends arrives at the site in this process."""

    def __init__(self):
        self.client = Client(SERVER_NAME="localhost")
        self.posted, self.answers, self.after_post = None, {}, lambda: None

    def urlopen(self, request, timeout):
        """Return what the site answers, redirects followed, or raise as urllib does."""
        if fixed := self.answers.get(request.get_method()):
            return self._answer(request.full_url, *fixed)
        path = urlsplit(request.full_url).path
        if request.data is None:
            return self._answer(request.full_url, *self._ask(self.client.get(path)))
        self.posted = parse_qs(request.data.decode())
        answer = self.client.post(path, self.posted, follow=True)
        self.after_post()
        url = answer.redirect_chain[-1][0] if answer.redirect_chain else path
        return self._answer(f"{SITE}{url}", *self._ask(answer))

    def _ask(self, answer):
        return answer.status_code, answer.content

    def _answer(self, url, status, body=b""):
        if status >= 400:
            raise urllib.error.HTTPError(url, status, "", Message(), io.BytesIO(body))
        answer = urllib.request.addinfourl(io.BytesIO(body), Message(), url, status)
        return answer


@pytest.fixture
def network(monkeypatch):
    made = Network()
    monkeypatch.setattr(urllib.request, "urlopen", made.urlopen)
    return made


def send(**options):
    """Run the command and return what it said."""
    said = io.StringIO()
    call_command("send_canary", **{"url": SITE, "timeout": 0.1, **options}, stdout=said)
    return said.getvalue()


def failure(**options):
    """Run the command, which fails, and return its line."""
    with pytest.raises(CommandError) as caught:
        send(**options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def leftovers():
    models = (ConsultRequest, OutboxMessage, TimelineEvent, ConsentReceipt)
    return sum(model.objects.count() for model in models)


def has_passed():
    return Heartbeat.objects.filter(name=Heartbeat.Name.CANARY).exists()


def test_it_goes_all_the_way_and_leaves_nothing(network, settings):
    settings.CONSULTS_CANARY_RECIPIENT = "canary@example.org"
    network.after_post = send_due
    assert send() == "The test request went all the way and was removed.\n"
    assert leftovers() == 0
    assert has_passed()
    assert [m.to for m in mail.outbox] == [["canary@example.org"]]
    assert "a test of the website" in mail.outbox[0].subject


def test_its_notice_goes_to_the_sender_unless_told_otherwise(network, settings):
    settings.DEFAULT_FROM_EMAIL = "Ridge <website@clinic.example.org>"
    network.after_post = send_due
    send()
    assert mail.outbox[0].recipients() == ["Ridge <website@clinic.example.org>"]


def test_it_is_plainly_invented(network):
    failure()
    assert network.posted["second_phone"] == ["(555) 555-0100"]
    assert network.posted["email"] == ["test.request@example.org"]
    assert re.fullmatch(r"Test request \w+", network.posted["name"][0])


def test_it_passes_where_the_clinic_asks_for_the_state(network):
    write_facts(replace(default_facts(), service_states=["UT", "CO"]))
    network.after_post = send_due
    assert send()


def test_people_are_left_alone(network):
    mine = make_consult()
    OutboxMessage.objects.all().delete()
    network.after_post = send_due
    send()
    assert list(ConsultRequest.objects.all()) == [mine]


# --- each step that fails ---------------------------------------------------------------------------


def test_a_stopped_worker_is_said(network):
    assert failure() == "The notice was not sent: the worker is stopped or the mail server is away."
    assert leftovers() == 0
    assert not has_passed()


def test_a_mail_server_that_is_away_is_said(network, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    network.after_post = send_due
    assert failure().endswith("the mail server is away (ConnectionRefusedError).")
    assert leftovers() == 0


def test_a_site_that_is_away_is_said():
    assert failure(url=f"http://127.0.0.1:{free_port()}") == (
        "The form could not be reached: ConnectionRefusedError."
    )


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org", "clinic.example.org"])
def test_an_address_that_is_none_is_said(url):
    assert "must begin with http:// or https://" in failure(url=url)


def test_a_form_that_fails_is_said(network):
    network.answers["GET"] = (500,)
    assert failure() == f"The form could not be reached: {SITE}/consultation/ answered 500."


def test_a_page_that_is_no_form_is_said(network):
    network.answers["GET"] = (200, b"<p>Under construction</p>")
    assert failure() == "The form could not be read: the page has no token."


@pytest.mark.parametrize("status", [200, 422, 503])
def test_a_form_that_does_not_take_it_is_said(network, status):
    network.answers["POST"] = (status,)
    assert failure() == f"The form did not accept the test request: it answered {status}."
    assert leftovers() == 0


def test_a_false_thank_you_is_said(network):
    network.after_post = ConsultRequest.objects.all().delete
    assert failure().startswith("The request was acknowledged, but it is not in the database")


def test_a_missing_event_is_said(network):
    network.after_post = TimelineEvent.objects.all().delete
    assert "its timeline doesn't say" in failure()
    assert ConsultRequest.objects.count() == 0


def test_a_missing_notice_is_said(network):
    network.after_post = OutboxMessage.objects.all().delete
    assert "no notice was queued" in failure()
    assert leftovers() == 0


def test_a_mark_of_another_key_is_said_and_nobody_is_deleted(network, settings, monkeypatch):
    """The site can't tell it from a person's request, so neither may the command."""
    post = network.client.post

    def with_other_key(*args, **kwargs):
        settings.CONSULTS_TOKEN_KEY = new_secrets()["CONSULTS_TOKEN_KEY"]
        return post(*args, **kwargs)

    monkeypatch.setattr(network.client, "post", with_other_key)
    said = failure()
    consult = ConsultRequest.objects.get()
    assert said.startswith("The site took the test for a person's request")
    assert consult.reference in said


def test_a_database_that_is_away_is_said(network):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("secret address of the server")

    def take_away():
        connection.execute_wrappers.append(refuse)

    network.after_post = take_away
    try:
        assert failure() == "The database could not be asked: OperationalError."
    finally:
        connection.execute_wrappers.remove(refuse)


def test_what_an_earlier_test_left_is_removed(network):
    """One that came through the spool after its command had ended."""
    stale, fresh, person = make_consult(), make_consult(), make_consult()
    let_pass(timedelta(hours=1))
    ConsultRequest.objects.filter(pk__in=[stale.pk, fresh.pk]).update(is_canary=True)
    ConsultRequest.objects.filter(pk=fresh.pk).update(created_at=person.created_at)
    network.after_post = send_due
    send()
    assert set(ConsultRequest.objects.all()) == {fresh, person}


# --- the mark ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", "canary", "canary:1:forged"])
def test_a_person_who_sends_a_mark_stays_a_person(client, mark):
    client.post("/consultation/", {**form_data(), FIELD: mark})
    consult = ConsultRequest.objects.get()
    assert not consult.is_canary
    with pytest.raises(workflow.NotAllowed):
        workflow.remove_canary(consult)
