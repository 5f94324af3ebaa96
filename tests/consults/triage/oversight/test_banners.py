"""The banner: it says what fails and what to do, to those whom it concerns, and never fails itself."""

import os
import time
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.urls import reverse

from consults.models import ConsultRequest, Heartbeat, OutboxMessage
from consults.triage.oversight.banners import STARTED, troubles_panel
from tests.consults.passing_time import let_pass
from tests.factories.consults import make_consult
from tests.factories.forms import form_data
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TITLE = "Something needs attention"
BUTTON = "Try to send again"
PLACES = ["wagtailadmin_home", "consult_requests:index"]


@pytest.fixture
def spool(settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"
    settings.CONSULTS_SPOOL_DIR.mkdir()
    return settings.CONSULTS_SPOOL_DIR


@pytest.fixture(autouse=True)
def all_is_well(spool):
    Heartbeat.beat(Heartbeat.Name.WORKER)


@pytest.fixture
def desk(client):
    """The front desk, signed in."""
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


def lines(user):
    panel = troubles_panel(user)
    return panel.get_context_data({})["lines"] if panel else []


def shown(client, place):
    return client.get(reverse(place)).content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_where_all_is_well_there_is_no_banner(client, desk, place):
    make_consult()
    assert TITLE not in shown(client, place)


# --- each trouble -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "said"), [(1, "1 notice could"), (3, "3 notices could")])
@pytest.mark.parametrize("place", PLACES)
def test_what_was_given_up_is_said_with_a_button(client, desk, place, number, said):
    for _ in range(number):
        make_consult()
    OutboxMessage.objects.update(dead_at=Now())
    page = shown(client, place)
    assert TITLE in page
    assert f"{said} not be sent for two days." in page
    assert BUTTON in page


def test_a_refusal_is_said_without_a_button(client, desk):
    make_consult()
    OutboxMessage.objects.update(is_refused=True)
    page = shown(client, PLACES[0])
    assert "The mail server refuses 1 notice." in page
    assert BUTTON not in page


def test_a_worker_that_never_ran_is_said(desk):
    Heartbeat.objects.all().delete()
    assert [line.partition(".")[0] for line in lines(desk)] == ["No mail goes out: the worker has never run"]


@pytest.mark.parametrize(
    ("silence", "said"),
    [
        (timedelta(seconds=100), []),
        (timedelta(seconds=130), ["for 2 minutes"]),
        (timedelta(minutes=90), ["for 90 minutes"]),
        (timedelta(hours=5), ["for 5 hours"]),
        (timedelta(days=9), ["for 9 days"]),
    ],
)
def test_a_silent_worker_is_said(desk, silence, said):
    let_pass(silence)
    assert [f"for {line.partition('. ')[0].partition(' for ')[2]}" for line in lines(desk)] == said


@pytest.mark.parametrize(
    ("hours", "silence", "said"),
    [
        (0, None, None),
        (6, None, "yet"),
        (6, timedelta(hours=5), None),
        (6, timedelta(hours=7), "for 7 hours"),
    ],
)
def test_silence_of_the_test_request_is_said_where_one_is_expected(settings, desk, hours, silence, said):
    settings.CONSULTS_CANARY_HOURS = hours
    if silence:
        Heartbeat.beat(Heartbeat.Name.CANARY)
        let_pass(silence)
        Heartbeat.beat(Heartbeat.Name.WORKER)
    found = lines(desk)
    assert bool(found) is bool(said)
    assert not said or found[0].startswith(f"No test request has gone all the way {said}.")


@pytest.mark.parametrize("place", PLACES)
def test_a_proxy_that_nobody_named_is_said(client, desk, place):
    headers = {"X-Forwarded-For": "198.51.100.7"}
    client.post("/consultation/", form_data(), headers=headers, REMOTE_ADDR="10.0.0.1")
    assert "All visitors count as one network" in shown(client, place)


@pytest.mark.parametrize(("hours", "is_said"), [(23, True), (25, False)])
def test_a_proxy_is_said_for_a_day_after_the_last_form_through_it(desk, hours, is_said):
    Heartbeat.objects.create(name="proxy", at=Now() - timedelta(hours=hours))
    assert bool(lines(desk)) is is_said


def test_once_the_proxies_are_named_only_what_was_seen_since_is_said(settings, desk):
    Heartbeat.objects.create(name="proxy", at=STARTED - timedelta(minutes=1))
    assert lines(desk)
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    assert not lines(desk)
    Heartbeat.beat("proxy")
    assert lines(desk)


def test_damaged_and_forgotten_files_are_said(desk, spool):
    (spool / "a.damaged").touch()
    for name, age in (("b", 60), ("c", 900), ("d", 9000)):
        (spool / f"{name}.seal").touch()
        os.utime(spool / f"{name}.seal", (time.time() - age,) * 2)
    damaged, waiting = lines(desk)
    assert damaged.startswith("1 request in the spool can't be read. Nothing was deleted.")
    assert waiting.startswith("2 requests are not in the inbox yet")


# --- never a trouble itself ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["missing", "a file", "a loop"])
def test_a_spool_that_is_not_there_breaks_nothing(settings, desk, tmp_path, kind):
    settings.CONSULTS_SPOOL_DIR = folder = tmp_path / "elsewhere"
    if kind == "a file":
        folder.touch()
    elif kind == "a loop":
        folder.symlink_to(folder)
    assert all("spool" in line for line in lines(desk))


def test_a_database_that_is_away_is_said(desk, spool):
    (spool / "a.damaged").touch()

    def refuse(execute, sql, params, many, context):
        if "outboxmessage" in sql:
            raise OperationalError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        first, second = lines(desk)
    assert "the database does not answer" in first
    assert "can't be read" in second


def test_where_nobody_can_be_asked_who_this_is_nothing_is_shown(desk):
    def refuse(execute, sql, params, many, context):
        raise OperationalError

    with connection.execute_wrapper(refuse):
        assert lines(desk) == []


def test_where_nobody_is_told_of_requests_the_banner_says_so(desk, settings):
    assert lines(desk) == []
    settings.CONSULTS_NOTICE_RECIPIENTS = []
    [line] = lines(desk)
    assert line.startswith("Nobody is told of new requests") and "On every page" in line


def test_however_much_fails_the_queries_stay_the_same(desk, count_queries, settings):
    settings.CONSULTS_CANARY_HOURS = 1
    for _ in range(5):
        make_consult()
    assert count_queries(lambda: lines(desk)) == 4
    OutboxMessage.objects.update(dead_at=Now())
    let_pass(timedelta(hours=1))
    # One more asks whether the button may be pressed.
    assert count_queries(lambda: lines(desk)) == 5


# --- who sees it, and who may press ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "sees", "presses"),
    [
        (["Front desk"], True, True),
        (["Managers"], True, True),
        (["Editors"], False, False),
        ([], False, False),
    ],
)
def test_it_is_shown_to_those_whom_it_concerns(client, groups, sees, presses):
    make_consult()
    OutboxMessage.objects.update(dead_at=Now())
    user = UserFactory(group=groups[0]) if groups else UserFactory(is_superuser=True)
    client.force_login(user)
    page = shown(client, "wagtailadmin_home")
    assert (TITLE in page, BUTTON in page) == (sees, presses)
    answer = client.post(reverse("consult_requests:retry_notices"))
    assert answer.status_code == (302 if presses else 403)
    assert OutboxMessage.objects.filter(dead_at=None).exists() is presses


def test_the_button_tries_again(client, desk):
    make_consult()
    OutboxMessage.objects.update(dead_at=Now(), attempts=60)
    page = client.post(reverse("consult_requests:retry_notices"), follow=True).content.decode()
    assert "The site tries again to send what could not be sent (1)." in page
    assert TITLE not in page
    assert OutboxMessage.objects.due().get().attempts == 0


def test_looking_at_the_address_changes_nothing(client, desk):
    make_consult()
    OutboxMessage.objects.update(dead_at=Now())
    assert client.get(reverse("consult_requests:retry_notices")).status_code == 405
    assert OutboxMessage.objects.get().dead_at


# --- test requests are nobody's business ----------------------------------------------------------------


def test_a_test_request_is_seen_nowhere(client, desk):
    consult = make_consult(claimed_by=None)
    ConsultRequest.objects.update(is_canary=True)
    for place in PLACES:
        page = shown(client, place)
        assert consult.reference not in page
    assert "0 requests waiting" in shown(client, PLACES[0])
    for status in ("", "new"):
        answer = client.get(reverse("consult_requests:all_results"), {"status": status})
        assert consult.reference not in answer.content.decode()
    assert client.get(reverse("consult_requests:detail", args=[consult.pk])).status_code == 404
    for name, data in (("claim", {"version": 1}), ("status", {"version": 1, "status": "spam"})):
        assert client.post(reverse(f"consult_requests:{name}", args=[consult.pk]), data).status_code == 404
    consult.refresh_from_db()
    assert (consult.version, consult.timeline.count()) == (1, 1)
