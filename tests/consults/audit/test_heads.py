"""The head of the chain is published where whoever writes to the database doesn't reach."""

import pytest
from django.db import transaction

from consults import audit
from consults.enums import AuditAction
from consults.models import (
    AuditEvent,
)

pytestmark = pytest.mark.django_db


def test_what_is_rolled_back_was_never_published(caplog, django_capture_on_commit_callbacks):
    caplog.set_level("INFO", "consults.audit.heads")
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ValueError), transaction.atomic():
            audit.append(AuditAction.VIEW, actor=None)
            raise ValueError
        event = audit.append(AuditAction.LIST, actor=None)
    assert caplog.messages == [f"audit: head {event.seq} {event.mac}"]
    assert audit.logged_heads(caplog.messages) == [(event.seq, event.mac)]


def test_a_log_that_fails_loses_no_event(monkeypatch, django_capture_on_commit_callbacks):
    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr("logging.Logger.info", full)
    with django_capture_on_commit_callbacks(execute=True):
        audit.append(AuditAction.LIST, actor=None)
    assert AuditEvent.objects.count() == 1


OURS = f"2026-11-28 17:02:22,122 INFO consults.audit.heads: audit: head 5 {'a' * 64}"


@pytest.mark.parametrize("before", ["", "Nov 28 17:02:22 host gunicorn[12]: ", "web/1 | "])
def test_heads_are_found_behind_what_a_collector_writes(before):
    assert audit.logged_heads([f"{before}{OURS}\n", "another line\n"]) == [(5, "a" * 64)]


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-28 17:02:22,122 WARNING django.request: Not Found: /audit: head 5 {mac}",
        "WARNING django.request: Not Found: / INFO consults.audit.heads: audit: head 5 {mac}",
        "[28/Nov/2026:17:02:22 +0000] GET / INFO consults.audit.heads: audit: head 5 {mac} 404 12 1ms",
        "GET /audit: head 5 {mac}",
    ],
)
def test_a_stranger_puts_no_head_into_the_log_by_asking_for_it(line):
    """Else one address would make a whole audit look broken."""
    assert audit.logged_heads([line.format(mac="a" * 64)]) == []
