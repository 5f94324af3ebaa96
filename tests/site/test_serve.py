"""`manage.py serve` starts the server and the worker together and never leaves one of them alone."""

import contextlib
import signal
import socket
import subprocess
import sys

import psutil
import pytest

from tests.site.demo import free_port, wait_until_ready

pytestmark = pytest.mark.once

SECONDS_TO_END = 30


@pytest.fixture
def serve(demo_site, tmp_path):
    """A function that serves the demo a second time, on another port."""
    started = []

    def start(port):
        command = [sys.executable, "manage.py", "serve", "--port", str(port)]
        # How many processes there are below the server makes no difference here.
        environment = {**demo_site.environment, "WEB_CONCURRENCY": "1"}
        with (tmp_path / "output").open("wb") as output:
            process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait(SECONDS_TO_END)


@pytest.fixture
def running(serve, tmp_path):
    """The port and the process of a second server that is ready."""
    port = free_port()
    process = serve(port)
    wait_until_ready(f"http://127.0.0.1:{port}/-/ready", process, tmp_path / "output")
    return port, process


def children(process):
    """Return ``{last words of the command line: process}`` of what runs below."""
    found = {child.cmdline()[-1]: child for child in psutil.Process(process.pid).children()}
    assert set(found) == {"clinic.wsgi", "consults_worker"}
    return found


def is_free(port):
    with contextlib.closing(socket.socket()) as client:
        return client.connect_ex(("127.0.0.1", port)) != 0


# Every walk through the demo ends with the third, SIGTERM.
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_both_end_in_peace_when_told_to(running, number):
    port, process = running
    below = children(process).values()
    process.send_signal(number)
    assert process.wait(SECONDS_TO_END) == 0
    assert not any(child.is_running() for child in below)
    assert is_free(port)


@pytest.mark.parametrize("victim", ["clinic.wsgi", "consults_worker"])
def test_both_end_when_one_dies(running, victim):
    port, process = running
    below = children(process)
    below[victim].kill()
    assert process.wait(SECONDS_TO_END) != 0
    assert not any(child.is_running() for child in below.values())
    assert is_free(port)


def test_a_taken_port_ends_the_start(serve, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = serve(taken.getsockname()[1])
        assert process.wait(SECONDS_TO_END) != 0
    assert "Traceback" not in (tmp_path / "output").read_text()


def test_the_banner_tells_where_to_go_and_who_may_enter(demo_site):
    said = (demo_site.folder / "serve.log").read_text()
    assert f"{demo_site.url}/admin/" in said
    assert str(demo_site.mail_folder) in said
    for user, password in demo_site.logins.items():
        assert user in said
        assert password in said
