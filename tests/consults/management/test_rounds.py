"""The worker's rounds: each step by its own clock and for itself, and its silence is said."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.urls import reverse

from consults.management.rounds import Rounds
from consults.management.steps import STEPS, Step
from consults.models import Heartbeat
from tests.consults.passing_time import let_pass
from tests.factories.users import UserFactory

pytestmark = pytest.mark.usefixtures("connection_stays")
A_DAY = timedelta(days=1)


class Duty:
    """A step that counts its calls, and fails while it is told to."""

    def __init__(self, name, every=timedelta(), error=None):
        self.calls, self.error = 0, error
        self.step = Step(name, f"Duty {name}", every, self.run)

    def run(self):
        self.calls += 1
        if self.error:
            with transaction.atomic():
                raise self.error


def rounds_of(*duties):
    return Rounds([duty.step for duty in duties])


def banner(client):
    client.force_login(UserFactory(group="Front desk"))
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("error", [OSError("secret path"), IntegrityError("secret row"), KeyError("x")])
def test_a_step_that_fails_holds_up_no_other(error, caplog):
    first, broken, last = Duty("first"), Duty("broken", error=error), Duty("last")
    rounds_of(first, broken, last).go()
    assert (first.calls, broken.calls, last.calls) == (1, 1, 1)
    assert caplog.messages == [f"worker: step broken failed: {type(error).__name__}"]
    silences = Heartbeat.silences()
    assert silences["worker"] < timedelta(seconds=20)
    assert silences["last"] < timedelta(seconds=20)


def test_a_step_is_done_again_after_its_pause_also_by_another_process():
    often, daily = Duty("often"), Duty("daily", A_DAY)
    rounds = rounds_of(often, daily)
    rounds.go()
    rounds.go()
    rounds_of(often, daily).go()
    assert (often.calls, daily.calls) == (3, 1)
    let_pass(timedelta(hours=25))
    rounds.go()
    assert (often.calls, daily.calls) == (4, 2)


def test_a_clock_that_was_set_back_stops_nothing():
    often, daily = Duty("often"), Duty("daily", A_DAY)
    rounds = rounds_of(often, daily)
    rounds.go()
    let_pass(-timedelta(hours=1))
    rounds.go()
    assert (often.calls, daily.calls) == (2, 2)


def test_a_failed_step_rests_for_a_while_and_is_tried_again_by_a_new_process():
    broken = Duty("broken", A_DAY, error=ValueError())
    rounds = rounds_of(broken)
    rounds.go()
    rounds.go()
    assert broken.calls == 1
    rounds_of(broken).go()
    assert broken.calls == 2


def test_a_database_that_goes_away_in_the_middle_ends_the_round():
    gone = []

    def leave():
        gone.append(True)
        raise OperationalError

    def refuse(execute, sql, params, many, context):
        if gone:
            raise OperationalError
        return execute(sql, params, many, context)

    later = Duty("later")
    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        Rounds([Step("leaving", "Leaving", timedelta(), leave), later.step]).go()
    assert later.calls == 0


@pytest.mark.once
def test_a_step_that_never_worked_is_named_in_the_banner(client):
    broken = Duty("broken", timedelta(minutes=10), error=ValueError())
    rounds_of(Duty("sound", A_DAY), broken).go()
    assert "Duty" not in banner(client)
    let_pass(timedelta(minutes=15))
    Heartbeat.beat(Heartbeat.Name.WORKER)
    page = banner(client)
    assert "Duty broken has failed for 25 minutes." in page
    assert "Duty sound" not in page


@pytest.mark.once
def test_of_a_worker_that_does_nothing_only_that_is_said(client):
    rounds_of(Duty("broken")).go()
    let_pass(timedelta(hours=3))
    page = banner(client)
    assert "the worker has been silent for 3 hours" in page
    assert "Duty" not in page


@pytest.mark.once
def test_what_is_no_longer_in_the_table_is_no_longer_missed(client):
    Heartbeat.beat(Heartbeat.Name.CANARY)
    rounds_of(Duty("old")).go()
    let_pass(A_DAY)
    rounds_of(Duty("new")).go()
    assert "Duty old" not in banner(client)
    assert set(Heartbeat.signs()) == {"worker", "canary", "new"}


@pytest.mark.once
def test_the_table_is_declared_soundly():
    names = [step.name for step in STEPS]
    assert len(set(names)) == len(names)
    limits = {name: Heartbeat._meta.get_field(name).max_length for name in ("name", "label")}
    assert all(len(step.name) <= limits["name"] and len(step.label) <= limits["label"] for step in STEPS)


@pytest.mark.once
def test_operators_are_told_of_every_step():
    page = (settings.BASE_DIR / "docs" / "operators.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| \*(\w+)\* \|", page, re.MULTILINE)) == {step.name for step in STEPS}
