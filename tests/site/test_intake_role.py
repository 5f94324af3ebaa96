"""A process that only takes requests in: it stores them, has no admin, and holds no key to read one."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from clinic.settings.intake import KEYS_OF_STAFF
from consults.sealing.keys import parse_sealing_keys
from tests.factories.consults import form_data
from tests.site.demo import PUBLIC_REFERENCE, free_port, wait_until_ready
from tests.site.http import StaffSession, fetch

pytestmark = pytest.mark.once

SECRETS = re.compile(r"^(\w+)=(.*)$", re.MULTILINE)
DOORS = [
    "/admin/",
    "/admin/login/",
    "/admin/account/again/",
    "/admin/requests/",
    "/_util/login/",
    "/_util/authenticate_with_password/1/1/",
    "/documents/authenticate_with_password/1/",
]


@pytest.fixture(scope="module")
def secrets(demo_site):
    """The demo's secrets by name."""
    return dict(SECRETS.findall((demo_site.folder / "secrets.env").read_text()))


@pytest.fixture(scope="module")
def intake(demo_site, secrets, tmp_path_factory):
    """Address and process of a server beside the demo, on the same database, without the private key."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        **{name: value for name, value in secrets.items() if name not in KEYS_OF_STAFF},
        "SECRET_KEY": "of this process alone, and as long as Django wants it to be",
        "DATABASE_URL": demo_site.environment.get("DATABASE_URL", f"sqlite:///{demo_site.folder}/db.sqlite3"),
        "DJANGO_SETTINGS_MODULE": "clinic.settings.production",
        "VAR_DIR": str(demo_site.folder),
        "CONSULTS_ROLE": "intake",
        "ALLOWED_HOSTS": "127.0.0.1",
        # The same for every process: Wagtail's site follows it.
        "SITE_URL": demo_site.url,
        "SECURE_SSL_REDIRECT": "off",
        "EMAIL_URL": "smtp://mail.example.org",
        "DEFAULT_FROM_EMAIL": "website@example.org",
        "CONSULTS_NOTICE_RECIPIENTS": "frontdesk@example.org",
        "WEB_CONCURRENCY": "1",
    }
    log = tmp_path_factory.mktemp("intake") / "log"
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}", "clinic.wsgi"],
            env=environment,
            stdout=output,
            stderr=output,
        )
    wait_until_ready(f"http://127.0.0.1:{port}/-/ready", process, log)
    yield f"http://127.0.0.1:{port}", process
    process.terminate()
    process.wait(30)


def memory_of(pid):
    """Yield the readable parts of a process's memory."""
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(address, 16) for address in span.split("-"))
            try:
                memory.seek(start)
                yield memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue


def test_it_accepts_what_the_front_desk_then_reads(demo_site, intake):
    url, _process = intake
    answer = fetch(f"{url}/consultation/", form_data(name="Intake Markername"))
    reference = PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")
    desk = StaffSession(demo_site.url, "frontdesk", demo_site.logins["frontdesk"])
    assert "Intake Markername" in desk.get(desk.find_consult(reference)).body.decode()


@pytest.mark.parametrize("path", DOORS)
def test_it_has_no_door_for_staff(intake, path):
    assert fetch(f"{intake[0]}{path}").status == 404


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux to look into a process")
def test_its_memory_holds_no_private_key(intake, secrets):
    url, process = intake
    fetch(f"{url}/consultation/", form_data(name="Intake Second"))
    text = secrets["CONSULTS_SEALING_PRIVATE_KEYS"]
    [private] = parse_sealing_keys(text).values()
    public = secrets["CONSULTS_SEALING_PUBLIC_KEY"].encode()
    for server in [process.pid, *(child.pid for child in psutil.Process(process.pid).children())]:
        parts = list(memory_of(server))
        assert any(public in part for part in parts), "the search looks in the right place"
        for secret in (private.raw, text.partition(":")[2].encode()):
            assert not any(secret in part for part in parts)


@pytest.mark.parametrize("key", KEYS_OF_STAFF)
def test_it_refuses_to_start_with_a_key_of_staff(secrets, tmp_path, key):
    given = {name: value for name, value in secrets.items() if name == key or name not in KEYS_OF_STAFF}
    environment = {**given, "CONSULTS_ROLE": "intake", "VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**environment, "DJANGO_SETTINGS_MODULE": "clinic.settings.demo"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == f"{key} must not be set where CONSULTS_ROLE is intake.\n"
