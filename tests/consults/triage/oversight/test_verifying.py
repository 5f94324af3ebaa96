"""Verifying from the admin: in bounded steps, by the site alone, with one event at the end and what to do."""

import re
import threading
import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from consults import audit
from consults.audit import verification
from consults.audit.chain import mac_of
from consults.models import AuditEvent, AuditTail
from consults.triage.oversight.verifying import PLACE
from tests.consults.audit.test_chain import without_triggers
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
URL = "/admin/consult-audit/verify/"


@pytest.fixture(autouse=True)
def own_heads(settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"


@pytest.fixture
def auditor(client):
    user = UserFactory(group="Auditors", username="auditor")
    client.force_login(user)
    return user


@pytest.fixture
def chain(monkeypatch):
    """Twelve events, of which a step takes five."""
    monkeypatch.setattr(verification, "EVENTS_A_STEP", 5)
    for number in range(12):
        audit.append("view", actor=None, references=[f"R{number}"])
    audit.publish_head()


def page(client, **sent):
    answer = client.post(URL, sent, follow=True) if sent else client.get(URL)
    assert answer.status_code == 200
    return answer.content.decode()


def go_on(client, text):
    return page(client, reached=re.search(r'name="reached" value="(\d+)"', text)[1])


def to_the_end(client):
    """Press the button until there is a result; return the page and how often it took."""
    text, steps = page(client, begin="1"), 1
    while "Go on" in text:
        text, steps = go_on(client, text), steps + 1
    return text, steps


def results():
    return list(AuditEvent.objects.filter(action="verify").values_list("actor_name", "detail"))


def test_it_goes_on_step_by_step_and_notes_one_result(client, chain, auditor):
    assert "Nobody has verified it lately." in page(client)
    text = page(client, begin="1")
    assert "5 of 12 events, 41%" in text
    assert '<progress id="verify-progress" class="triage__progress" max="12" value="5">' in text
    assert results() == []
    text = go_on(client, text)
    assert "10 of 12 events, 83%" in text
    text = go_on(client, text)
    assert (
        "The chain of events is whole: 12 events, and every number written down outside (1) is among them."
        in text
    )
    [(who, detail)] = results()
    assert who == "auditor"
    moment = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
    said = rf"0 faults, 1 heads, events up to 12, begun {moment}, ended {moment}, in the admin"
    assert re.fullmatch(said, detail)
    # Who, when and what stay to be read, by others too.
    client.force_login(UserFactory(group="Auditors"))
    assert re.search(r"\d\d:\d\d:\d\d \w+, auditor: 0 faults, 1 heads", page(client))


def test_looking_at_it_is_no_event(client, chain, auditor):
    seen = AuditEvent.objects.count()
    page(client)
    page(client, begin="1")
    page(client)
    assert AuditEvent.objects.count() == seen


def test_what_comes_meanwhile_is_left_for_the_next_time(client, chain, auditor):
    text = page(client, begin="1")
    audit.append("view", actor=None, references=["LATER"])
    audit.publish_head()
    text = go_on(client, text)
    assert "The chain of events is whole: 12 events, and every number written down outside (2)" in go_on(
        client, text
    )


@pytest.mark.parametrize(
    ("harm", "where"),
    [
        (lambda: AuditEvent.objects.filter(seq=3).update(detail="other"), "Event 3: was changed or put in"),
        (lambda: AuditEvent.objects.filter(seq=6).delete(), "Event 6: 1 missing before 7"),
        # At the edge of a step, and all of a step.
        (lambda: AuditEvent.objects.filter(seq=5).delete(), "Event 5: 1 missing before 6"),
        (lambda: AuditEvent.objects.filter(seq__range=(6, 10)).delete(), "Event 6: 5 missing before 11"),
        (lambda: AuditEvent.objects.filter(seq__gt=9).delete(), "Event 12: is missing, or not as it was"),
        (lambda: AuditEvent.objects.filter(seq=1).delete(), "Event 1: 1 missing before 2"),
    ],
)
def test_a_broken_chain_says_where_and_what_to_do(client, chain, auditor, harm, where):
    with without_triggers():
        harm()
    text, _steps = to_the_end(client)
    assert "The chain of events is NOT whole:" in text
    assert where in text
    assert "Tell the owner and whoever runs the site today." in text
    [(_who, detail)] = results()
    assert re.match(r"[1-9]\d* faults, the first at \d+, 1 heads", detail)
    # The same as all at once.
    before = AuditEvent.objects.get(action="verify").seq
    at_once = [what for seq, what in audit.verify(audit.published_heads()) if seq < before]
    assert any(what.startswith(where.partition(": ")[2]) for what in at_once)


def test_what_is_changed_behind_ones_back_shows_at_the_next_event(client, chain, auditor):
    """An event is made anew with the key's help after its step; the next one still knows what came before."""
    text = page(client, begin="1")
    with without_triggers():
        event = AuditEvent.objects.get(seq=5)
        event.detail = "other"
        AuditEvent.objects.filter(seq=5).update(detail="other", mac=mac_of(event))
        AuditEvent.objects.filter(seq=6).update(previous_mac=mac_of(event))
    text = go_on(client, text)
    assert "2 faults so far" in text


def test_of_very_many_faults_the_first_are_shown_and_all_counted(client, chain, auditor, monkeypatch):
    monkeypatch.setattr(verification, "MOST_FAULTS", 3)
    with without_triggers():
        AuditEvent.objects.update(detail="other")
    text, _steps = to_the_end(client)
    assert "These are the first 3 of 12." in text


def test_nobody_gets_a_result_without_the_steps(client, chain, auditor):
    for sent in ({"reached": "12"}, {"reached": "10"}, {"reached": "x" * 5000}, {"percent": "100"}):
        assert "Verify now" in page(client, **sent)
    text = page(client, begin="1")
    # A made-up place, and the same step from a second window.
    for reached in ("12", "0", "", "-1"):
        assert "5 of 12 events" in page(client, reached=reached)
    go_on(client, text)
    assert "10 of 12 events" in go_on(client, text)
    assert results() == []


def test_it_can_be_stopped_and_begun_anew(client, chain, auditor):
    page(client, begin="1")
    assert "Verify now" in page(client, stop="1")
    [(who, detail)] = results()
    assert who == "auditor"
    assert re.fullmatch(r"stopped after 5 of 12 events, 0 faults so far, begun .* UTC, in the admin", detail)
    # Pressed again there is nothing to stop.
    page(client, stop="1")
    assert len(results()) == 1
    assert to_the_end(client)[1] == 3


def second_window(client, state):
    """Put back what the session held, as a window has it that asked before another one was answered."""
    session = client.session
    session[PLACE] = state
    session.save()


def test_it_says_from_when_to_when(client, chain, auditor):
    with time_machine.travel(datetime(2026, 11, 24, 19, 0, 5, tzinfo=UTC), tick=False) as clock:
        client.force_login(auditor)
        text = page(client, begin="1")
        clock.move_to(datetime(2026, 11, 24, 19, 3, 10, tzinfo=UTC))
        go_on(client, go_on(client, text))
    [(_who, detail)] = results()
    assert "begun 2026-11-24 19:00:05 UTC, ended 2026-11-24 19:03:10 UTC" in detail


@pytest.mark.parametrize("last", ["step", "stop"])
def test_two_windows_at_one_moment_note_one_result(client, chain, auditor, last):
    text = go_on(client, page(client, begin="1"))
    state = client.session[PLACE]

    def press():
        return page(client, stop="1") if last == "stop" else go_on(client, text)

    press()
    second_window(client, state)
    said = press()
    assert len(results()) == 1
    assert ("The chain of events is whole" in said) == (last == "step")
    # Verified anew it has an event of its own.
    second_window(client, {})
    time.sleep(1.1)
    to_the_end(client)
    assert len(results()) == 2


def test_what_ends_after_it_was_stopped_elsewhere_is_noted_as_well(client, chain, auditor):
    """A fault of the last step leaves its trace whatever another window does."""
    text = go_on(client, page(client, begin="1"))
    state = client.session[PLACE]
    page(client, stop="1")
    second_window(client, state)
    go_on(client, text)
    assert [detail.split()[0] for _who, detail in sorted(results())] == ["0", "stopped"]


@pytest.mark.django_db(transaction=True)
def test_of_two_last_steps_at_once_one_is_noted(committed, client, settings, tmp_path):
    settings.CONSULTS_AUDIT_HEADS_FILE = tmp_path / "heads.jsonl"
    auditor = UserFactory(group="Auditors", username="auditor")
    for number in range(3):
        audit.append("view", actor=None, references=[f"R{number}"])
    progress = audit.begin_in_steps()
    clients = [Client(), Client()]
    for each in clients:
        each.force_login(auditor)
        second_window(each, {"progress": progress.as_json()})
    barrier = threading.Barrier(2)

    def run(each):
        barrier.wait()
        try:
            assert each.post(URL, {"reached": "0"}).status_code == 302
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(each,)) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results()) == 1
    assert audit.verify() == []


def test_each_session_has_its_own(client, chain, auditor):
    page(client, begin="1")
    client.force_login(UserFactory(group="Auditors"))
    assert "Verify now" in page(client)


def test_heads_that_cannot_be_read_are_said_to_be_missing(client, chain, auditor, settings):
    settings.CONSULTS_AUDIT_HEADS_FILE.write_text("nonsense\n")
    text, _steps = to_the_end(client)
    assert "could not be read from here" in text
    assert "whether its end was cut off could not be checked" in text
    assert results()[0][1].startswith("0 faults, no heads to be read")


def test_a_chain_whose_heads_are_gone_is_not_called_whole(client, chain, auditor, settings):
    settings.CONSULTS_AUDIT_HEADS_FILE.unlink()
    text, _steps = to_the_end(client)
    assert "The chain of events is whole" not in text
    assert "No fault, but its end is unchecked" in text


@pytest.mark.parametrize(
    "role",
    [{"group": name} for name in ("Front desk", "Clinician", "Managers", "Editors")] + [{"superuser": True}],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_verifies_it(client, role, method):
    client.force_login(UserFactory(**role))
    answer = getattr(client, method)(URL, {"begin": "1"})
    assert answer.status_code == 403
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["denied"]
    assert "audit_verification" not in client.session


def test_the_list_leads_to_it(client, auditor):
    assert f'href="{URL}"' in client.get("/admin/consult-audit/").content.decode()


def test_a_step_asks_the_database_as_often_whatever_there_is(client, auditor, count_queries):
    audit.append("view", actor=None)
    one = count_queries(lambda: client.post(URL, {"begin": "1"}))
    for _ in range(30):
        audit.append("view", actor=None)
    assert count_queries(lambda: client.post(URL, {"begin": "1"})) == one


@pytest.mark.long
def test_no_step_lasts_at_very_many_events(client, auditor):
    """A step of as many events as there ever are in one; the chain is made without its verbs, for speed."""
    number, at, events, mac = 2 * verification.EVENTS_A_STEP, timezone.now(), [], ""
    for seq in range(1, number + 1):
        event = AuditEvent(seq=seq, at=at, action="view", references="AB2CD3EF4G", previous_mac=mac)
        event.mac = mac = mac_of(event)
        events.append(event)
    AuditEvent.objects.bulk_create(events, batch_size=5000)
    AuditTail.objects.update_or_create(pk=1, defaults={"seq": number, "mac": mac})
    for sent in ({"begin": "1"}, {"reached": str(verification.EVENTS_A_STEP)}):
        start = time.process_time()
        assert client.post(URL, sent).status_code == 302
        assert time.process_time() - start < 3
    assert "No fault in the chain of 40,000 events" in page(client)
