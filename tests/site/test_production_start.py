"""Production refuses to start half configured: one line for each variable, never a traceback."""

import pytest

from consults.sealing.keys import new_secrets
from tests.production_environment import manage, production_environment

pytestmark = pytest.mark.once

REQUIRED = [
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "CONSULTS_NOTICE_RECIPIENTS",
    "CONSULTS_SEALING_PUBLIC_KEY",
    "CONSULTS_SIGNING_PRIVATE_KEY",
    "CONSULTS_SIGNING_PUBLIC_KEYS",
    "CONSULTS_REFERENCE_KEY",
    "CONSULTS_IDEMPOTENCY_KEY",
    "CONSULTS_TOKEN_KEY",
]
BROKEN = {
    "DATABASE_URL": ["nonsense", "postgres://user:hidden-word@host:no-port/name", "mysql://user@host/name"],
    "EMAIL_URL": ["nonsense", "carrier-pigeon://hidden-word@host"],
    "SECURE_SSL_REDIRECT": ["perhaps"],
    "TIME_ZONE": ["Mars/Olympus_Mons"],
    "SITE_URL": ["hidden-word.example.org", "https://", "https://clinic.example.org/hidden-word"],
    "CONSULTS_SEALING_PUBLIC_KEY": ["hidden-word", "1:hidden-word"],
    "CONSULTS_SEALING_PRIVATE_KEYS": ["hidden-word"],
    "CONSULTS_SIGNING_PRIVATE_KEY": ["hidden-word"],
    "CONSULTS_SIGNING_PUBLIC_KEYS": ["1:hidden-word"],
    "CONSULTS_REFERENCE_KEY": ["hidden-word"],
    "CONSULTS_TOKEN_KEY": ["c2hvcnQ"],
    "CONSULTS_KEEP_CLOSED_DAYS": ["0", "-1"],
}


def start(environment):
    """Load the production settings as every command does; return status and what was said."""
    done = manage("check", environment=environment, capture_output=True, text=True)
    return done.returncode, done.stderr.strip().splitlines()


def test_a_complete_environment_starts(tmp_path):
    assert start(production_environment(tmp_path)) == (0, [])


def test_everything_that_is_missing_is_said_at_once(tmp_path):
    complete = production_environment(tmp_path)
    status, lines = start({name: complete[name] for name in complete if name not in REQUIRED})
    assert status == 1
    assert sorted(line.split()[0] for line in lines) == sorted(REQUIRED)


@pytest.mark.parametrize("name", ["SECRET_KEY", "CONSULTS_SEALING_PUBLIC_KEY"])
def test_one_missing_variable_is_one_line(tmp_path, name):
    environment = production_environment(tmp_path)
    del environment[name]
    status, lines = start(environment)
    assert status == 1
    assert [line.split(" is ")[0] for line in lines] == [name]


@pytest.mark.parametrize(("name", "value"), [(name, value) for name in BROKEN for value in BROKEN[name]])
def test_a_broken_variable_is_one_line_without_its_value(tmp_path, name, value):
    status, lines = start({**production_environment(tmp_path), name: value})
    assert status == 1
    assert len(lines) == 1
    assert name in lines[0]
    assert "hidden-word" not in lines[0]


def test_a_private_key_that_does_not_belong_to_the_public_one_is_one_line(tmp_path):
    other = {"CONSULTS_SEALING_PRIVATE_KEYS": new_secrets()["CONSULTS_SEALING_PRIVATE_KEYS"]}
    status, lines = start({**production_environment(tmp_path), **other})
    assert status == 1
    assert lines == ["CONSULTS_SEALING_PRIVATE_KEYS can't open what CONSULTS_SEALING_PUBLIC_KEY seals."]


def test_a_signing_key_whose_other_half_is_not_known_is_one_line(tmp_path):
    other = {"CONSULTS_SIGNING_PUBLIC_KEYS": new_secrets()["CONSULTS_SIGNING_PUBLIC_KEYS"]}
    status, lines = start({**production_environment(tmp_path), **other})
    assert status == 1
    assert lines == ["CONSULTS_SIGNING_PUBLIC_KEYS lacks the other half of CONSULTS_SIGNING_PRIVATE_KEY."]


def test_a_site_whose_proxies_have_no_name_starts_and_says_so(tmp_path):
    environment = production_environment(tmp_path)
    del environment["TRUSTED_PROXIES"]
    status, lines = start(environment)
    assert status == 0
    assert "TRUSTED_PROXIES is empty" in "".join(lines)
