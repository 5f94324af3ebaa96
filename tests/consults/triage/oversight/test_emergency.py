"""Whoever runs the site reads requests only after breaking the glass: for a while, and loudly."""

from datetime import timedelta
from urllib.parse import quote

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from consults import workflow
from consults.models import AuditEvent, EmergencyAccess
from consults.notices.outbox import send_due
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
URL = "/admin/requests/emergency/"
REASON = "Front desk is ill; somebody waits."


@pytest.fixture
def admin(client):
    user = UserFactory(superuser=True)
    return sign_in(client, user)


def page_of(client, consult):
    return client.get(reverse("consult_requests:detail", args=[consult.pk]))


def test_the_glass_is_broken_with_a_reason_and_mends_itself(client, admin, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    consult = make_consult(name="Markername")
    refused = page_of(client, consult)
    assert refused.status_code == 403
    assert URL in refused.content.decode()
    assert client.post(URL, {"reason": REASON}).status_code == 302
    opened = page_of(client, consult)
    assert "Markername" in opened.content.decode()
    view = AuditEvent.objects.first()
    assert (view.action, view.purpose, view.actor) == ("view", "emergency", admin)
    broken = AuditEvent.objects.get(action="break_glass")
    assert (broken.detail, broken.actor) == (REASON, admin)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        client.force_login(admin)
        assert page_of(client, consult).status_code == 403


def test_the_owner_is_told_each_time(client, admin, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    for _ in range(2):
        client.post(URL, {"reason": REASON})
    assert send_due() == 2
    assert {tuple(message.to) for message in mail.outbox} == {("owner@example.org",)}
    assert "emergency access" in mail.outbox[0].subject
    assert REASON not in str(mail.outbox[0].message())


def test_an_open_browser_alone_breaks_nothing(client, admin):
    sign_in(client, admin, is_fresh=False)
    assert client.get(URL).url == f"{reverse('account_reauthenticate')}?next={quote(URL, safe='')}"
    assert "Show again that it is you" in client.post(URL, {"reason": REASON}).content.decode()
    assert not EmergencyAccess.objects.exists()


def test_it_lets_nobody_change_anything(client, admin):
    consult = make_consult()
    client.post(URL, {"reason": REASON})
    for door, sent in {"claim": {"version": 1}, "note": {"text": "x"}}.items():
        assert client.post(reverse(f"consult_requests:{door}", args=[consult.pk]), sent).status_code == 403
    assert "Claim this request" not in page_of(client, consult).content.decode()


@pytest.mark.parametrize("reason", ["", "short", " " * 20, "x" * 201])
def test_a_reason_has_to_be_one(client, admin, reason):
    assert client.post(URL, {"reason": reason}).status_code == 422
    assert not EmergencyAccess.objects.exists()


@pytest.mark.parametrize("group", ["Editors", "Auditors", "Front desk", "Managers"])
def test_it_is_nobody_elses(client, group):
    user = UserFactory(group=group)
    client.force_login(user)
    assert client.post(URL, {"reason": REASON}).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.break_glass(actor=user, reason=REASON)
