"""The versions: one newest counts, nothing is lost, the audit and the owner know, and the pages follow."""

import threading
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from wagtail.models import Site

from clinic.core.facts import publish_facts, read_facts
from clinic.core.group_permissions import grant
from clinic.core.models import ClinicSettings
from clinic.roles import ROLES
from consults import audit, guarded_facts, workflow
from consults.models import AuditEvent, GuardedFacts, OutboxMessage
from consults.notices.outbox import send_due
from tests.consults.passing_time import let_pass
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW, THIEF = "owner@example.org", "new.owner@example.org", "thief@example.net"


@pytest.fixture(autouse=True)
def own_snapshot(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    settings.CONSULTS_OWNER_RECIPIENTS = [OLD]


@pytest.fixture
def manager():
    return UserFactory(group="Managers")


def change(actor, **values):
    now = guarded_facts.current()
    return guarded_facts.change({**now.values, **values}, actor=actor, base=now.version)


def send_all():
    while send_due():
        pass


def told():
    send_all()
    return sorted(to for sent in mail.outbox for to in sent.to)


def test_until_somebody_writes_the_environment_speaks(settings):
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "crisis_number": "111"}
    now = guarded_facts.current()
    assert (now.version, now.crisis_number, now.notice_recipients, now.owners) == (
        0,
        "111",
        "frontdesk@example.org",
        [OLD],
    )


def test_the_first_version_ends_what_the_environment_says(manager, settings):
    change(manager, phone="(555) 555-0123")
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "crisis_number": "111"}
    settings.CONSULTS_NOTICE_RECIPIENTS = ["other@example.org"]
    now = guarded_facts.current()
    assert (now.crisis_number, now.notice_recipients) == ("988", "frontdesk@example.org")


def test_every_page_follows_and_so_does_what_the_release_before_reads(
    manager, client, django_capture_on_commit_callbacks
):
    ClinicSettings.objects.create(site=Site.objects.get(is_default_site=True))
    with django_capture_on_commit_callbacks(execute=True):
        change(manager, crisis_number="(555) 555-0123", phone="", email="hello@example.org")
    assert read_facts().crisis_number == "(555) 555-0123"
    assert "tel:+15555550123" in client.get("/consultation/").content.decode()
    row = ClinicSettings.objects.get()
    assert (row.crisis_number, row.emergency_number, row.phone, row.email) == (
        "(555) 555-0123",
        "911",
        "",
        "hello@example.org",
    )


def test_a_change_is_an_event_that_names_what_and_no_recipient(manager):
    after = change(manager, crisis_number="(555) 555-0123", notice_recipients=f"{NEW}\n{THIEF}")
    event = AuditEvent.objects.get()
    assert (event.seq, event.action, event.actor) == (after.event, "facts", manager)
    assert event.detail.startswith("version 1: crisis number, who is told of requests (2: ")
    assert "@" not in event.detail
    assert audit.verify() == []


def test_however_much_changes_the_event_says_all_of_it(manager):
    many = "\n".join(f"person{n}@example.org" for n in range(20))
    lists = {name: many for name in ("notice_recipients", "owner_recipients", "clinician_recipients")}
    change(manager, crisis_number="111", emergency_number="112", phone="113", email="a@example.org", **lists)
    detail = AuditEvent.objects.get().detail
    assert len(detail) < 200
    assert "clinician’s addresses (20: " in detail


def test_what_is_the_same_changes_nothing_and_tells_nobody(manager):
    change(manager)
    assert not GuardedFacts.objects.exists() and not AuditEvent.objects.exists()
    assert told() == []


def test_the_owner_is_told_with_old_and_new(manager):
    change(manager, phone="(555) 555-0123")
    assert told() == [OLD]
    body = mail.outbox[0].body
    assert "Phone: none → (555) 555-0123" in body and manager.username in body


def test_a_new_owner_is_told_and_so_is_the_old_one(manager):
    change(manager, owner_recipients=f"{NEW}\n{THIEF}")
    assert told() == sorted([OLD, NEW, THIEF])
    assert not [sent for sent in mail.outbox if THIEF in sent.body or NEW in sent.body]


def test_an_owner_that_stays_is_told_once(manager):
    change(manager, owner_recipients=f"{OLD.upper()}\n{NEW}")
    assert sorted(to.lower() for to in told()) == sorted([OLD, NEW])


def test_whoever_was_the_owner_hears_of_it_even_if_more_is_changed_at_once(manager):
    change(manager, owner_recipients=THIEF)
    change(manager, owner_recipients=f"{THIEF}\nmore@example.net", crisis_number="111")
    assert told().count(OLD) == 2


@pytest.mark.parametrize(("hours", "hears"), [(0, True), (23, True), (25, False)])
def test_whoever_was_the_owner_hears_for_a_day_of_what_else_is_done(manager, hours, hears):
    """A thief would send the owner's mail elsewhere first, and ask for a second account then."""
    change(manager, owner_recipients=THIEF)
    assert told().count(OLD) == 1
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + timedelta(hours=hours)):
        workflow.give_role(UserFactory(group="Front desk"), "manager", actor=manager)
        send_all()
    addresses = [address for message in mail.outbox for address in message.to]
    assert (OLD in addresses) is hears
    assert THIEF in addresses


def test_what_was_changed_just_before_the_owner_is_told_to_both(manager):
    change(manager, crisis_number="111")
    change(manager, owner_recipients=THIEF)
    send_all()
    about_number = [sent.to for sent in mail.outbox if "988 → 111" in sent.body]
    assert sorted(about_number) == [[OLD], [THIEF]]


def test_the_address_of_the_owner_then_stays_when_the_mail_server_was_away(manager, settings):
    settings.EMAIL_BACKEND = "tests.consults.notices.test_replies.RefusingBackend"
    change(manager, crisis_number="111")
    send_all()
    change(manager, owner_recipients=THIEF)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    let_pass(timedelta(hours=2))
    assert told().count(OLD) == 2


def test_without_addresses_of_its_own_the_owner_changes_with_the_desks(manager, settings):
    settings.CONSULTS_OWNER_RECIPIENTS = []
    change(manager, notice_recipients=NEW)
    assert told() == ["frontdesk@example.org", NEW]


def test_an_earlier_version_comes_back_as_a_new_one(manager):
    change(manager, crisis_number="111")
    change(manager, crisis_number="112", phone="(555) 555-0123")
    other = UserFactory(group="Managers")
    back = guarded_facts.restore(1, actor=other, base=2)
    assert (back.version, back.restored_from, back.author) == (3, 1, other)
    assert guarded_facts.current().values == GuardedFacts.objects.get(version=1).values
    assert AuditEvent.objects.first().detail == "version 3 as in version 1: crisis number, phone"
    assert told() == [OLD] * 3


def test_the_second_of_two_is_refused(manager):
    first, second = (guarded_facts.current() for _ in range(2))
    guarded_facts.change({**first.values, "phone": "111"}, actor=manager, base=0)
    with pytest.raises(guarded_facts.ChangedMeanwhile):
        guarded_facts.change({**second.values, "phone": "112"}, actor=manager, base=0)
    assert [model.objects.count() for model in (GuardedFacts, AuditEvent, OutboxMessage)] == [1, 1, 1]


@pytest.mark.parametrize("group", ["Editors", "Front desk", "Auditors", "Medical reviewers", None])
def test_nobody_else_writes_a_version(group):
    with pytest.raises(PermissionDenied):
        change(UserFactory(group=group), phone="111")
    with pytest.raises(PermissionDenied):
        change(UserFactory(superuser=True), phone="111")


def test_the_database_keeps_every_version(manager):
    change(manager, phone="111")
    for do in (lambda: GuardedFacts.objects.update(phone="112"), GuardedFacts.objects.all().delete):
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            do()


def test_what_an_editor_wrote_before_the_upgrade_is_the_first_version(settings):
    settings.CONSULTS_CRISIS_RECIPIENTS = ["clinician@example.org"]
    ClinicSettings.objects.create(
        site=Site.objects.get(is_default_site=True), phone="(555) 555-0123", crisis_number="111", email=NEW
    )
    take_over = import_module("consults.migrations.0007_guarded_facts_protected").take_over
    take_over(apps, None)
    take_over(apps, None)
    first = GuardedFacts.objects.get()
    assert (first.version, first.author, first.event) == (1, None, None)
    assert first.values == {
        "crisis_number": "111",
        "emergency_number": "911",
        "phone": "(555) 555-0123",
        "email": NEW,
        "notice_recipients": "frontdesk@example.org",
        "owner_recipients": OLD,
        "clinician_recipients": "clinician@example.org",
    }
    assert publish_facts().phone == "(555) 555-0123"


def test_a_site_without_settings_keeps_following_the_environment():
    import_module("consults.migrations.0007_guarded_facts_protected").take_over(apps, None)
    assert not GuardedFacts.objects.exists()


def test_of_eight_managers_at_once_one_writes(committed):
    grant(apps, {"Managers": ROLES["consults"]["Managers"]})
    managers = [UserFactory(group="Managers") for _ in range(8)]
    refused = []

    def write(manager):
        try:
            guarded_facts.change(
                {**guarded_facts.current().values, "phone": f"11{manager.pk}"}, actor=manager, base=0
            )
        except guarded_facts.ChangedMeanwhile:
            refused.append(manager)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(manager,)) for manager in managers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [model.objects.count() for model in (GuardedFacts, AuditEvent, OutboxMessage)] == [1, 1, 1]
    assert len(refused) == 7
    assert audit.verify() == []
