"""The test request on the running demo: it passes, and fails loudly once the worker stands still."""

import contextlib
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.site.http import StaffSession

SECONDS_TO_FALL_ASLEEP = 20


def send(demo_site, *options):
    """Run the command; return its status and what it said."""
    command = [sys.executable, "manage.py", "send_canary", *options]
    done = subprocess.run(
        command, env=demo_site.environment, capture_output=True, text=True, timeout=120, check=False
    )
    return done.returncode, done.stdout + done.stderr


def left(demo_site):
    """Return how many test requests and mails for them there are."""
    question = (
        "from consults.models import *; "
        "print(ConsultRequest.objects.filter(is_canary=True).count(), "
        "OutboxMessage.objects.filter(recipient='canary').count())"
    )
    return demo_site.manage("shell", "--verbosity", "0", "--command", question)


@pytest.fixture
def stopped_worker(demo_site):
    """The demo's worker, standing still in the middle of a pause, so that it holds no lock."""
    [worker] = [process for process in psutil.process_iter() if is_worker_of(process, demo_site)]
    deadline = time.monotonic() + SECONDS_TO_FALL_ASLEEP
    while not rests(worker):
        assert time.monotonic() < deadline
    worker.send_signal(signal.SIGSTOP)
    yield worker
    worker.send_signal(signal.SIGCONT)


def is_worker_of(process, demo_site):
    with contextlib.suppress(psutil.Error):
        is_worker = process.cmdline()[-1:] == ["consults_worker"]
        return is_worker and process.environ().get("VAR_DIR") == str(demo_site.folder)
    return False


def rests(process):
    """Whether it did nothing for a moment."""
    before = process.cpu_times()[:2]
    time.sleep(0.3)
    return process.cpu_times()[:2] == before and process.status() == psutil.STATUS_SLEEPING


def test_it_goes_all_the_way_and_leaves_nothing(demo_site):
    assert send(demo_site) == (0, "The test request went all the way and was removed.\n")
    assert left(demo_site) == "0 0\n"
    assert any("a test of the website" in file.read_text() for file in demo_site.mail_folder.glob("*"))


def test_a_stopped_worker_is_said_and_nothing_is_left(demo_site, stopped_worker):
    status, said = send(demo_site, "--timeout", "2")
    assert status == 1
    assert said == (
        "CommandError: The notice was not sent: the worker is stopped or the mail server is away.\n"
    )
    assert left(demo_site) == "0 0\n"


def test_all_is_well_in_the_demo(demo_site):
    desk = StaffSession(demo_site.url, "frontdesk", demo_site.logins["frontdesk"])
    assert "Something needs attention" not in desk.get("/admin/").body.decode()
