"""Contents go after their time, and earlier where two managers agree; figures, consents and audit stay."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from consults import audit, workflow
from consults.enums import ClosedReason, Outcome, Purpose, Status
from consults.models import (
    AuditEvent,
    ConsentReceipt,
    ConsultNote,
    ConsultRequest,
    FunnelCount,
    FunnelRow,
    Heartbeat,
    OutboxMessage,
    UncountedRemoval,
)
from consults.reports.catalogue import REPORTS
from consults.reports.periods import last_days
from consults.reports.rounding import exact
from consults.workflow.retention import purging
from consults.workflow.retention.counting_removed import keep_for_counting
from consults.workflow.retention.policy import contents_go_at
from tests.accounts.signing_in import sign_in
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "Qzname Marker",
    "email": "qzmail@example.org",
    "phone": "(555) 867-5309",
    "note": "qznote",
    "needs": "qzneeds",
}
MARKERS = ("Qzname", "qzmail", "867-5309", "5558675309", "qznote", "qzneeds", "qzremark")
ENDED = {
    Status.SPAM: 30,
    Status.CLOSED: 90,
    Status.CONVERTED: 30,
}


@pytest.fixture
def manager():
    return UserFactory(group="Managers")


@pytest.fixture
def other():
    return UserFactory(group="Managers")


def ended(status=Status.CLOSED, *, days=0, **changes):
    """Store a request that ended so many days ago."""
    consult = make_consult(**changes)
    moment = timezone.now() - timedelta(days=days)
    ConsultRequest.objects.filter(pk=consult.pk).update(
        status=status,
        closed_reason=ClosedReason.COST if status == Status.CLOSED else "",
        closed_at=moment,
        next_action_at=None,
        created_at=moment,
    )
    consult.refresh_from_db()
    return consult


def remove(consult, first, second):
    """Remove the contents of a request the way two managers do."""
    workflow.erase(consult, actor=first, version=consult.version)
    workflow.erase(consult, actor=second, version=consult.version)


def is_due(consult):
    return workflow.due_contents(timezone.now()).filter(pk=consult.pk).exists()


# --- when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "days"), ENDED.items())
def test_each_end_has_its_time(status, days):
    assert not is_due(ended(status, days=days - 1))
    assert is_due(ended(status, days=days + 1))


@pytest.mark.parametrize("status", ENDED)
def test_after_a_year_everything_ended_is_due(status):
    consult = ended(status, days=1)
    assert not is_due(consult)
    long_ago = timezone.now() - timedelta(days=366)
    ConsultRequest.objects.filter(pk=consult.pk).update(created_at=long_ago)
    assert is_due(consult)


@pytest.mark.parametrize("status", [Status.NEW, Status.WORKING, Status.REACHED, Status.BOOKED])
def test_what_is_open_is_never_due(status):
    consult = make_consult()
    long_ago = timezone.now() - timedelta(days=4000)
    user = UserFactory(group="Front desk")
    ConsultRequest.objects.filter(pk=consult.pk).update(status=status, created_at=long_ago, assignee=user)
    assert not is_due(consult)


def test_what_is_on_hold_stays(manager, other):
    consult = ended(days=4000)
    workflow.set_hold(consult, actor=manager, version=1, on_hold=True)
    assert not is_due(consult)
    workflow.set_hold(consult, actor=manager, version=2, on_hold=False)
    assert not is_due(consult)
    workflow.set_hold(consult, actor=other, version=2, on_hold=False)
    assert is_due(consult)


def test_whoever_is_on_record_and_still_to_be_seen_keeps_the_contents():
    desk, now = UserFactory(group="Front desk"), timezone.now()
    consult, kept = make_consult(), timedelta(days=ENDED[Status.CONVERTED])
    workflow.record_outcome(
        consult,
        actor=desk,
        version=consult.version,
        outcome=Outcome.BOOKED,
        again_at=now + timedelta(days=50),
    )
    workflow.put_on_record(consult, actor=desk, version=consult.version)
    seen = workflow.planned_of(consult).starts_at
    assert contents_go_at(consult) == seen + kept
    with time_machine.travel(seen, tick=False):
        workflow.note_came(consult, actor=desk, version=consult.version)
    consult.refresh_from_db()
    assert contents_go_at(consult) == seen + kept
    for moment, goes in ((now + kept * 1.5, False), (seen + kept * 0.9, False), (seen + kept, True)):
        assert workflow.due_contents(moment).filter(pk=consult.pk).exists() == goes
    # At the latest a year after it came, but not before they were seen.
    ConsultRequest.objects.filter(pk=consult.pk).update(created_at=now - timedelta(days=400))
    consult.refresh_from_db()
    assert contents_go_at(consult) == seen
    assert not workflow.due_contents(seen - timedelta(minutes=1)).exists()
    assert workflow.due_contents(seen).exists()


def suspected(**columns):
    """Store a request that looked like spam 40 days ago."""
    consult = make_consult()
    long_ago = timezone.now() - timedelta(days=40)
    values = {"status": Status.QUARANTINE, "created_at": long_ago, "next_action_at": long_ago, **columns}
    ConsultRequest.objects.filter(pk=consult.pk).update(**values)
    return consult


@pytest.mark.parametrize("address", ["consult_requests:all", "consult_requests:index"])
def test_suspected_spam_goes_only_some_days_after_this_very_request_was_shown(client, address):
    sign_in(client, UserFactory(group="Front desk"))
    shown = suspected()
    client.get(reverse(address), {"status": "quarantine"})
    later_found = suspected()
    assert not is_due(shown)
    in_a_week = timezone.now() + timedelta(days=7, minutes=1)
    assert list(workflow.due_contents(in_a_week)) == [shown]
    ConsultRequest.objects.filter(pk=shown.pk).update(created_at=in_a_week - timedelta(days=29))
    assert not workflow.due_contents(in_a_week).exists()
    assert later_found.shown_at is None


def test_no_page_that_does_not_show_it_lets_suspected_spam_go(client):
    consult = suspected()
    sign_in(client, UserFactory(group="Front desk"))
    listed = reverse("consult_requests:all")
    for data, headers in (
        ({}, {}),
        ({"status": "spam"}, {}),
        # Where it is filtered away.
        ({"status": "quarantine", "locale": "es"}, {}),
        # A browser that looks ahead shows it to nobody.
        ({"status": "quarantine"}, {"Sec-Purpose": "prefetch;prerender"}),
    ):
        client.get(listed, data, headers=headers)
    client.head(listed, {"status": "quarantine"})
    # Whoever may only read decides nothing.
    sign_in(client, with_only("Clinician", "view_consultrequest"))
    assert consult.reference in client.get(listed, {"status": "quarantine"}).content.decode()
    consult.refresh_from_db()
    assert consult.shown_at is None


def test_who_reads_suspected_spam_was_shown_it(client):
    consult = suspected()
    sign_in(client, UserFactory(group="Front desk"))
    client.get(reverse("consult_requests:detail", args=[consult.pk]))
    assert not is_due(consult)
    assert list(workflow.due_contents(timezone.now() + timedelta(days=7, minutes=1))) == [consult]


def test_who_may_only_read_decides_nothing_by_reading(client):
    consult = suspected()
    reader = with_only("Clinician", "view_consultrequest")
    boss = UserFactory(is_superuser=True, is_staff=True)
    workflow.break_glass(actor=boss, reason="The front desk is ill.")
    for user in (reader, boss):
        workflow.open_consult(ConsultRequest.objects.get(pk=consult.pk), actor=user, purpose=Purpose.TRIAGE)
    consult.refresh_from_db()
    assert (bool(consult.seen_at), consult.shown_at) == (True, None)
    assert not workflow.due_contents(timezone.now() + timedelta(days=99)).exists()


def test_what_was_removed_waits_for_nobody_any_more():
    consult = suspected(shown_at=timezone.now() - timedelta(days=8))
    assert workflow.purge_due(confirmed=1) == 1
    assert not ConsultRequest.objects.quarantined().exists()
    assert ConsultRequest.objects.get(pk=consult.pk).purged_at


# --- what ---------------------------------------------------------------------------------------------


def stored():
    """Return every value of every row."""
    values = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values_list():
            values += [bytes(value) if isinstance(value, memoryview) else value for value in row]
    return values


def test_nothing_that_was_written_is_left_and_the_rest_stays(manager):
    consult = make_consult(**TYPED)
    workflow.claim(consult, actor=manager, version=1)
    workflow.add_note(consult, actor=manager, text="qzremark")
    workflow.open_consult(consult, actor=manager, purpose=Purpose.TRIAGE)
    workflow.change_status(consult, actor=manager, version=2, status=Status.CLOSED, reason=ClosedReason.COST)
    envelope = bytes(consult.envelope)
    receipts = list(ConsentReceipt.objects.values())
    ConsultRequest.objects.update(closed_at=timezone.now() - timedelta(days=91))
    assert workflow.purge_due() == 1
    assert not ConsultNote.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert envelope not in stored()
    assert not [marker for marker in MARKERS if any(marker in str(value) for value in stored())]
    consult.refresh_from_db()
    assert (consult.phone_index, consult.phone_end_index, consult.email_index) == (None, None, None)
    assert (consult.status, consult.closed_reason) == (Status.CLOSED, ClosedReason.COST)
    assert list(ConsentReceipt.objects.values()) == receipts
    assert audit.verify() == []
    [event] = AuditEvent.objects.filter(action="purge")
    assert (event.references, event.actor) == (consult.reference, None)


def counts():
    return sorted(FunnelCount.objects.values_list("treatment", "is_booked", "number"))


def test_what_waits_to_be_counted_is_sealed_and_leads_nowhere():
    """Neither the transaction that removed the contents nor its neighbors hold a word in clear."""
    for _ in range(4):
        ended(days=91, topic="cost")
    workflow.purge_due()
    assert workflow.count_removed() == 0
    assert counts() == []
    assert not FunnelRow.objects.exists()
    rows = list(UncountedRemoval.objects.values())
    assert len(rows) == 4
    assert not [row for row in rows if b"cost" in bytes(row["sealed"]) or set(row) != {"id", "sealed"}]


def test_five_are_counted_at_once_and_nothing_of_them_is_left():
    for topic in ("cost", "cost", "unsure", "cost"):
        ended(days=91, topic=topic)
    ended(Status.CONVERTED, days=91, topic="cost")
    workflow.purge_due()
    assert [workflow.count_removed(), workflow.count_removed()] == [5, 0]
    assert counts() == [("cost", False, 3), ("cost", True, 1), ("unsure", False, 1)]
    assert not UncountedRemoval.objects.exists()
    for _ in range(5):
        ended(days=91, topic="cost")
    workflow.purge_due()
    workflow.count_removed()
    assert counts()[0] == ("cost", False, 8)


def test_the_counts_are_written_in_an_order_of_their_own(monkeypatch):
    orders = set()
    topics = ["cost", "unsure", "other", "medication", "first"]
    for _ in range(8):
        for topic in topics:
            keep_for_counting(week=date(2026, 11, 23), treatment=topic, is_booked=False)
        written = []

        def note(execute, sql, params, many, context, written=written):
            if sql.startswith("INSERT") and "funnelcount" in sql:
                written.append(next(topic for topic in topics if topic in params))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            workflow.count_removed()
        orders.add(tuple(written))
        FunnelCount.objects.all().delete()
    assert len(orders) > 1


def test_rows_of_the_release_before_are_counted_and_gone():
    for outcome in ("cost", "cost", "converted", "spam", "cost"):
        FunnelRow.objects.create(week=date(2026, 11, 23), treatment="cost", outcome=outcome)
    workflow.count_removed()
    assert counts() == [("cost", False, 3), ("cost", True, 1)]
    assert not FunnelRow.objects.exists()


def test_without_the_key_it_waits(settings):
    for _ in range(5):
        ended(days=91)
    workflow.purge_due()
    right, settings.CONSULTS_SEALING_PRIVATE_KEYS = settings.CONSULTS_SEALING_PRIVATE_KEYS, ""
    assert workflow.count_removed() == 0
    settings.CONSULTS_SEALING_PRIVATE_KEYS = right
    assert workflow.count_removed() == 5


def test_what_does_not_open_goes_as_well():
    for _ in range(5):
        consult = ended(days=91)
        ConsultRequest.objects.filter(pk=consult.pk).update(envelope=b"damaged")
    assert workflow.purge_due() == 5
    workflow.count_removed()
    assert counts() == [("unknown", False, 5)]


def test_the_other_figures_stay_as_they_were(manager, other):
    for number in range(12):
        ended(days=5, section="fees" if number % 2 else "blog")
    period = last_days(30)
    names = ("funnel", "first-attempt", "arrivals", "heard-from", "section", "lost-reasons")
    before = [REPORTS[name].table_of(period, exact) for name in names]
    for consult in ConsultRequest.objects.all():
        remove(consult, manager, other)
    assert [REPORTS[name].table_of(period, exact) for name in names] == before


# --- afterwards ---------------------------------------------------------------------------------------


@pytest.fixture
def gone():
    """A request without contents."""
    consult = ended(days=91, **TYPED)
    workflow.purge_due()
    consult.refresh_from_db()
    return consult


def test_its_page_says_that_the_contents_are_gone(client, gone):
    sign_in(client, UserFactory(group="Front desk"))
    before = AuditEvent.objects.count()
    response = client.get(reverse("consult_requests:detail", args=[gone.pk]))
    assert response.status_code == 410
    assert "The contents are gone" in response.content.decode()
    assert "Contents removed" in response.content.decode()
    [event] = AuditEvent.objects.filter(seq__gt=before)
    assert (event.action, event.references) == ("list", gone.reference)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("claim", {}),
        ("status", {"status": "working"}),
        ("note", {"text": "Called."}),
        ("outcome", {"outcome": "no_answer"}),
        ("priority", {"priority": 1}),
        ("hold", {"on_hold": "yes"}),
        ("erase", {}),
    ],
)
def test_nothing_can_be_done_to_it_any_more(client, gone, name, values):
    sign_in(client, UserFactory(group="Managers"))
    before = ConsultRequest.objects.values().get()
    address = reverse(f"consult_requests:{name}", args=[gone.pk])
    response = client.post(address, {"version": gone.version, **values})
    assert response.status_code < 500
    assert ConsultRequest.objects.values().get() == before
    assert not ConsultNote.objects.exists()


def test_it_is_found_by_reference_and_not_by_contact(client, gone):
    desk = UserFactory(group="Front desk")
    assert [hit.consult.pk for hit in workflow.search(gone.reference, actor=desk).hits] == [gone.pk]
    assert workflow.search(TYPED["email"], actor=desk).hits == ()
    sign_in(client, desk)
    response = client.post(reverse("consult_requests:index"), {"request": gone.pk})
    assert response.status_code == 410


def test_a_list_with_names_says_that_it_cannot_be_opened(gone, manager):
    [contact] = workflow.open_for_export([gone], actor=manager, reason="Some good reason")
    assert contact is None


# --- two managers ------------------------------------------------------------------------------------


def test_two_managers_remove_contents_earlier(manager, other):
    consult = ended(days=1, **TYPED)
    workflow.erase(consult, actor=manager, version=1)
    workflow.erase(consult, actor=manager, version=2)
    assert consult.purged_at is None
    workflow.erase(consult, actor=other, version=3)
    consult.refresh_from_db()
    assert consult.purged_at


def test_nobody_else_removes_or_keeps(client):
    consult = ended(days=1)
    user = UserFactory(group="Front desk")
    sign_in(client, user)
    for name in ("erase", "hold"):
        address = reverse(f"consult_requests:{name}", args=[consult.pk])
        assert client.post(address, {"version": 1}).status_code == 403
    with pytest.raises(workflow.NotAllowed):
        workflow.erase(consult, actor=user, version=1)
    with pytest.raises(workflow.NotAllowed):
        workflow.set_hold(consult, actor=user, version=1, on_hold=True)


def test_what_is_open_or_on_hold_is_not_removed(manager, other):
    consult = make_consult()
    with pytest.raises(workflow.InvalidTransition):
        workflow.erase(consult, actor=manager, version=1)
    consult = ended(days=1)
    workflow.erase(consult, actor=manager, version=1)
    workflow.set_hold(consult, actor=manager, version=2, on_hold=True)
    with pytest.raises(workflow.InvalidTransition):
        workflow.erase(consult, actor=other, version=3)


def test_the_page_leads_two_managers_through_it(client, manager, other):
    consult = ended(days=1)
    detail = reverse("consult_requests:detail", args=[consult.pk])
    erase = reverse("consult_requests:erase", args=[consult.pk])
    sign_in(client, manager)
    assert "Ask to remove them" in client.get(detail).content.decode()
    page = client.post(erase, {"version": 1}, follow=True).content.decode()
    assert "a second manager has to agree" in page
    sign_in(client, other)
    assert f"{manager.get_username()} asked to remove them" in client.get(detail).content.decode()
    assert client.post(erase, {"version": 2}, follow=True).status_code == 410


# --- the command and the worker -----------------------------------------------------------------------


def run(*arguments):
    out = StringIO()
    call_command("consults_purge", *arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_counts_and_changes_nothing():
    ended(days=91)
    ended(Status.SPAM, days=31)
    before = list(ConsultRequest.objects.values())
    said = run("--dry-run")
    assert "Closed: 1" in said
    assert "Spam: 1" in said
    assert "2 are due" in said
    assert list(ConsultRequest.objects.values()) == before


def test_an_unusual_number_waits_for_a_person(monkeypatch):
    monkeypatch.setattr(purging, "BRAKE_ROWS", 2)
    for _ in range(3):
        ended(days=91)
    for arguments in ([], ["--confirm", "2"]):
        with pytest.raises(CommandError, match="3 are due"):
            run(*arguments)
    assert ConsultRequest.objects.with_contents().count() == 3
    assert "3 requests" in run("--confirm", "3")
    assert ConsultRequest.objects.with_contents().count() == 0


def test_it_goes_on_where_it_was_killed(monkeypatch):
    for _ in range(4):
        ended(days=91)
    monkeypatch.setattr(purging, "BATCH", 2)
    inserts = []

    def die(execute, sql, params, many, context):
        if "INSERT" in sql and "consults_uncountedremoval" in sql:
            inserts.append(sql)
            if len(inserts) == 3:
                raise KeyboardInterrupt
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die), pytest.raises(KeyboardInterrupt):
        workflow.purge_due()
    # The third one is as it was: its envelope went and came back with the transaction.
    assert ConsultRequest.objects.with_contents().exclude(envelope=b"").count() == 2
    assert workflow.purge_due() == 2
    assert UncountedRemoval.objects.count() == 4


def test_what_is_held_at_the_very_moment_stays(manager):
    """Between finding what is due and removing it, a manager holds it."""
    consult = ended(days=91)
    at_once = []

    def hold(execute, sql, params, many, context):
        # What is due has been found, and its removal begins.
        if not at_once and sql.startswith("SAVEPOINT"):
            at_once.append(sql)
            workflow.set_hold(ConsultRequest.objects.get(), actor=manager, version=1, on_hold=True)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hold):
        assert workflow.purge_due() == 0
    consult.refresh_from_db()
    assert at_once
    assert (consult.on_hold, consult.purged_at) == (True, None)
    assert bytes(consult.envelope)
    assert not UncountedRemoval.objects.exists()


def test_where_it_waits_for_too_long_the_admin_says_so(client):
    Heartbeat.beat("worker")
    Heartbeat.expect([("purge", "Removing the contents of old requests", timedelta(days=1))])
    sign_in(client, UserFactory(group="Front desk"))
    home = reverse("wagtailadmin_home")
    assert "old requests has failed" not in client.get(home).content.decode()
    Heartbeat.objects.filter(name="purge").update(at=timezone.now() - timedelta(days=3))
    assert "Removing the contents of old requests has failed for 3 days." in client.get(home).content.decode()
