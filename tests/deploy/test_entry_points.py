"""No way into the site chooses its settings in silence."""

import re
import subprocess
import sys
from configparser import ConfigParser

import pytest
from django.conf import settings

from clinic.settings.intake import KEYS_OF_STAFF
from tests.production_environment import manage, production_environment

pytestmark = pytest.mark.once

PRODUCTION = "clinic.settings.production"
UNITS = sorted((settings.BASE_DIR / "deploy" / "systemd").rglob("*.service"))
SHOW = ["shell", "-c", "from django.conf import settings; print(settings.SETTINGS_MODULE)"]


def without_settings(folder, **variables):
    environment = {**production_environment(folder), **variables}
    del environment["DJANGO_SETTINGS_MODULE"]
    return environment


def run(environment, *more):
    return manage(*SHOW, *more, environment=environment, capture_output=True, text=True)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_names_the_settings(unit):
    # The same name twice is usual in such a file; the last one is enough here.
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    text = unit.read_text(encoding="utf-8")
    parser.read_string(text)
    assert parser["Service"]["ExecStart"]
    assert f"\nEnvironment=DJANGO_SETTINGS_MODULE={PRODUCTION}\n" in text


def test_intake_has_a_user_and_an_environment_of_its_own():
    units = {
        unit.stem: unit.read_text(encoding="utf-8") for unit in UNITS if unit.parent.name == "two-processes"
    }
    told = {
        name: set(re.findall(r"^#?(?:User|EnvironmentFile)=.*", text, re.M)) for name, text in units.items()
    }
    intake = told.pop("clinic-intake")
    assert set(told) == {"clinic-staff", "clinic-worker", "clinic-canary"}
    assert not any(intake & others for others in told.values())
    assert not [key for key in KEYS_OF_STAFF if key in units["clinic-intake"]]
    assert "\nReadWritePaths=/srv/clinic/var/spool -/srv/clinic/var/search/misses\n" in units["clinic-intake"]


def test_both_examples_of_nginx_log_the_same():
    one, two = (
        (settings.BASE_DIR / "deploy" / "nginx" / f"{name}.conf").read_text(encoding="utf-8")
        for name in ("clinic", "clinic-two-processes")
    )
    logs = re.compile(r"^map \$remote_addr .*?(?=^# Only what is sent)", re.S | re.M)
    assert logs.search(one)[0] == logs.search(two)[0]
    assert set(re.findall(r"access_log .*;", one)) == set(re.findall(r"access_log .*;", two))


def test_manage_refuses_to_guess_where_the_environment_is_a_real_sites(tmp_path):
    environment = without_settings(tmp_path)
    done = run(environment)
    assert (done.returncode, done.stdout) == (1, "")
    first, second = done.stderr.strip().splitlines()
    assert first.startswith("SECRET_KEY, ALLOWED_HOSTS, EMAIL_URL, ")
    assert first.endswith(" are set, as on a real site, but DJANGO_SETTINGS_MODULE is not.")
    assert f"DJANGO_SETTINGS_MODULE={PRODUCTION}" in second
    assert not [name for name, value in environment.items() if value in done.stderr and name != "VAR_DIR"]


@pytest.mark.parametrize("name", ["SECRET_KEY_FILE", "EMAIL_URL"])
def test_one_variable_of_a_real_site_is_enough(tmp_path, name):
    base = {"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path)}
    done = run({**base, name: "/hidden/word"})
    assert done.returncode == 1
    assert f"{name.removesuffix('_FILE')} is set" in done.stderr
    assert "hidden" not in done.stderr


def test_where_nothing_is_set_it_is_a_developers_machine(tmp_path):
    done = run({"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path)})
    assert (done.returncode, done.stdout.strip().splitlines()[-1]) == (0, "clinic.settings.dev")


def test_settings_on_the_command_line_are_no_guess(tmp_path):
    done = run(without_settings(tmp_path), f"--settings={PRODUCTION}")
    assert (done.returncode, done.stdout.strip().splitlines()[-1]) == (0, PRODUCTION)


@pytest.mark.parametrize("given", [{}, {"DJANGO_SETTINGS_MODULE": PRODUCTION}])
def test_keys_can_be_made_for_a_real_site_that_lacks_one(tmp_path, given):
    """As an upgrade asks for it: the message that names the missing key names this command."""
    environment = {**without_settings(tmp_path), **given}
    del environment["CONSULTS_STOP_KEY"]
    done = manage("consults_keys", environment=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "CONSULTS_STOP_KEY=" in done.stdout


def test_the_server_means_production_and_refuses_what_is_incomplete(tmp_path):
    def load(environment):
        show = "import clinic.wsgi; from django.conf import settings; print(settings.SETTINGS_MODULE)"
        command = [sys.executable, "-c", show]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    done = load(without_settings(tmp_path))
    assert (done.returncode, done.stdout.strip()) == (0, PRODUCTION)
    done = load({"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path)})
    assert done.returncode == 1
    assert "SECRET_KEY is not set." in done.stderr
