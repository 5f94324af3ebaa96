"""What happens to accounts of staff is in the audit, and the mail about it says who did what."""

import pytest
from django.core import mail

from clinic.accounts import events
from consults import audit
from consults.models import AuditEvent, OutboxMessage
from consults.notices.outbox import send_due
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def test_an_event_of_an_account_is_in_the_audit_and_the_right_people_are_told(settings):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    manager, holder = UserFactory(group="Managers"), UserFactory()
    auditor = UserFactory(group="Auditors")
    UserFactory(group="Auditors", is_active=False)
    events.note(events.Action.FACTOR, actor=manager, about=holder, detail="gave back", tell=list(events.Tell))
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.detail) == ("factor", manager, "gave back")
    assert event.references == f"account:{holder.pk}"
    assert audit.verify() == []
    assert send_due() == 3
    assert sorted(m.to[0] for m in mail.outbox) == sorted([auditor.email, holder.email, "owner@example.org"])
    for message in mail.outbox:
        assert "gave back" in message.body and manager.username in message.body
        assert holder.username not in message.subject


def test_a_mail_about_an_account_without_an_address_is_let_go():
    holder = UserFactory(email="")
    events.note(events.Action.SESSION, actor=None, about=holder, tell=[events.Tell.HOLDER])
    assert send_due() == 0
    assert OutboxMessage.objects.get().last_error == "NoLongerWanted"
