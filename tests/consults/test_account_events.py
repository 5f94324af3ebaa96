"""What happens to accounts of staff is in the audit, and the mail about it says who did what."""

import pytest
from django.core import mail

from clinic.accounts import events
from consults import audit
from consults.account_events import note_account_event
from consults.enums import AuditAction
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


@pytest.mark.parametrize("action", [AuditAction.CHANGE, AuditAction.VERIFY])
@pytest.mark.parametrize("is_by_hand", [True, False])
def test_a_mail_whose_word_says_little_is_headed_with_what_was_done(settings, action, is_by_hand):
    settings.CONSULTS_OWNER_RECIPIENTS = ["owner@example.org"]
    manager = UserFactory(group="Managers") if is_by_hand else None
    detail = "asks to let somebody be contacted again"
    note_account_event(action, actor=manager, detail=detail, tell=[events.Tell.OWNER])
    assert send_due() == 1
    [message] = mail.outbox
    said = f"{manager} {detail}" if is_by_hand else f"A{detail[1:]}"
    assert message.body.startswith(f"{said}.\n")
    assert f">{said}</h1>" in message.alternatives[0].content
    assert "More:" not in message.body
