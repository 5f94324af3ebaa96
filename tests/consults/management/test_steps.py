"""What the worker does by its table, seen from outside."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

from clinic.accounts.models import StaffSession
from clinic.accounts.session_store import SessionStore
from consults.models import AuditEvent, Heartbeat
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.usefixtures("connection_stays"), pytest.mark.once]
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def page():
    return StandardPageFactory(parent=HomePageFactory.make_site(), title="About mornings")


def work():
    call_command("consults_worker", once=True)


def test_a_page_whose_time_has_come_is_published(client, page):
    page.unpublish()
    page.go_live_at = timezone.now() + A_MINUTE
    revision = page.save_revision()
    revision.publish()
    work()
    assert client.get(page.url).status_code == 404
    revision.refresh_from_db()
    # As if the minute had gone by.
    revision.content["go_live_at"] = (timezone.now() - A_MINUTE).isoformat()
    revision.approved_go_live_at = timezone.now() - A_MINUTE
    revision.save()
    Heartbeat.objects.filter(name="publish").update(at=timezone.now() - 2 * A_MINUTE)
    work()
    assert client.get(page.url).status_code == 200


def test_a_page_whose_time_is_over_is_taken_down(client, page):
    page.expire_at = timezone.now() - A_MINUTE
    page.save()
    assert client.get(page.url).status_code == 200
    work()
    assert client.get(page.url).status_code == 404


def test_a_page_that_cannot_be_published_holds_no_other_back(client, page, caplog):
    """Its new address was free when it was scheduled, and another page took it meanwhile."""
    home = page.get_parent()
    other, over = StandardPageFactory(parent=home, live=False), StandardPageFactory(parent=home)
    for draft, changes in [(page, {"slug": "mornings"}), (other, {"title": "About evenings"})]:
        for name, value in changes.items():
            setattr(draft, name, value)
        revision = draft.save_revision()
        revision.approved_go_live_at = timezone.now() - A_MINUTE
        revision.save()
    StandardPageFactory(parent=home, slug="mornings")
    Page.objects.filter(pk=over.pk).update(expire_at=timezone.now() - A_MINUTE)
    work()
    assert client.get(other.url).status_code == 200
    assert client.get(over.url).status_code == 404
    assert f"page {page.pk} can't be published" in caplog.text
    # The banner hears of it, and the page is tried again.
    assert Heartbeat.silences()["publish"] >= A_MINUTE


def test_old_sessions_go_and_those_in_use_stay():
    old, used = SessionStore(), SessionStore()
    holder = UserFactory()
    for session in (old, used):
        session[SESSION_KEY] = str(holder.pk)
        session.create()
    StaffSession.objects.filter(pk=old.row.pk).update(expire_date=timezone.now() - A_MINUTE)
    work()
    assert list(StaffSession.objects.values_list("pk", flat=True)) == [used.row.pk]
    [event] = AuditEvent.objects.filter(action="sign_out")
    assert event.references == f"account:{holder.pk}"
    assert event.detail == "By itself, after 30 minutes without a sign of anybody."


def test_old_versions_go_but_never_the_published_the_newest_or_a_scheduled_one(page):
    kept_since = timezone.now() - timedelta(days=366)
    unused, published, scheduled, newest = (page.save_revision() for _ in range(4))
    published.publish()
    Revision.objects.update(created_at=kept_since)
    Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=timezone.now() + timedelta(days=1))
    newest_of_all = page.save_revision()
    work()
    kept = set(Revision.objects.values_list("pk", flat=True))
    assert kept == {published.pk, scheduled.pk, newest_of_all.pk}
    page.refresh_from_db()
    assert page.live_revision_id == published.pk


def test_versions_of_the_last_year_stay(page):
    for _ in range(3):
        page.save_revision()
    work()
    assert Revision.objects.count() == 3


def test_heads_that_cannot_be_written_hold_up_nothing(settings, tmp_path, caplog, page):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path
    page.expire_at = timezone.now() - A_MINUTE
    page.save()
    work()
    page.refresh_from_db()
    assert not page.live
    assert "worker: step audit_heads failed: IsADirectoryError" in caplog.messages
