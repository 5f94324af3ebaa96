"""The environment, read in one place, with every problem said in one line that names the variable."""

import os
import warnings
import zoneinfo
from functools import partial
from ipaddress import ip_network
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from consults.sealing.keys import parse_sealing_key, parse_sealing_keys, parse_secret

UNSET = object()

# What a broken variable should have been, in an operator's words.
KINDS = {
    "bool": "on or off",
    "db": "the address of a SQLite file or a PostgreSQL database",
    "email_url": "the address of a mail relay",
    "site_url": "an address such as https://clinic.example.org, without a path",
    "zone": "a time zone such as America/Denver",
    "sealing_key": "a key and its number",
    "sealing_keys": "keys and their numbers",
    "secret_key": "a key of 32 bytes",
    "role": "all, intake or staff",
    "networks": "addresses or networks with commas between",
    "hours": "whole hours with commas between",
}


def _parse_site_url(text):
    """Raise ValueError for anything but scheme, host and port."""
    address = urlsplit(text)
    is_bare = not (address.path.strip("/") or address.query or address.fragment or address.username)
    if address.scheme not in ("http", "https") or not address.hostname or address.port == 0 or not is_bare:
        raise ValueError("site_url")


# Texts that must say something: each function raises ValueError or KeyError where they don't.
CHECKED_TEXTS = {
    "zone": zoneinfo.ZoneInfo,
    "sealing_key": parse_sealing_key,
    "sealing_keys": parse_sealing_keys,
    "secret_key": parse_secret,
    "role": ("all", "intake", "staff").index,
    "site_url": _parse_site_url,
}
# Lists, and what each of their items becomes; ValueError where it can't.
LISTS = {"networks": partial(ip_network, strict=False), "hours": int}
BOOLEANS = {"true", "on", "yes", "y", "1", "false", "off", "no", "n", "0"}


class EnvironmentProblem(ImproperlyConfigured):
    """The environment is incomplete or broken; the message holds one line a problem."""


class Environment:
    """Reads typed variables and collects what is wrong, so that all problems show at once.

    Any variable may instead be given as ``NAME_FILE``, the path of a file with the value:
    secrets then stay out of the process list. Values are never repeated in a message.
    """

    def __init__(self):
        self._env = environ.FileAwareEnv()
        self._problems = []

    def read(self, kind, name, default=UNSET, why="", at_least=None):
        """Return the variable cast to ``kind`` or note the problem.

        A kind is one of the library's (str, int, bool, list, db, …) or of LISTS or CHECKED_TEXTS.
        A variable without a default is required; ``why`` tells the operator what it is for. No number may
        be less than ``at_least``.
        """
        given = {} if default is UNSET else {"default": default}
        try:
            value = self._cast(kind, name, given)
            if at_least is not None and any(n < at_least for n in (value if kind in LISTS else [value])):
                self.problem(f"{name} must be {at_least} or more. {why}")
                return None
            if value or default is not UNSET:
                return value
            self.problem(f"{name} is not set. {why}")
        except (ImproperlyConfigured, ValueError, TypeError, KeyError, OSError, UserWarning):
            is_given = os.environ.get(name) or os.environ.get(f"{name}_FILE")
            fault = f"can't be read as {KINDS.get(kind, kind)}" if is_given else "is not set"
            self.problem(f"{name} {fault}. {why}")
        return None

    def _cast(self, kind, name, given):
        if kind in LISTS:
            items = self._env.str(name, **given) or ""
            return [LISTS[kind](item.strip()) for item in items.split(",") if item.strip()]
        # The library only warns of a database it doesn't know.
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            value = getattr(self._env, "str" if kind in CHECKED_TEXTS else kind)(name, **given)
        if kind == "db" and not value["ENGINE"].endswith(("sqlite3", "postgresql")):
            raise ValueError(kind)
        # It also takes any word it doesn't know for "no".
        if kind == "bool" and self._env.str(name, default="no").strip().lower() not in BOOLEANS:
            raise ValueError(kind)
        # A file usually ends with a line break that is no part of the secret.
        value = value.strip() if isinstance(value, str) else value
        if kind in CHECKED_TEXTS and value:
            CHECKED_TEXTS[kind](value)
        return value

    def problem(self, line):
        """Note a problem that only the settings can see, such as two that exclude each other."""
        # Django loads the settings again after a failure; each problem is said once all the same.
        if line.strip() not in self._problems:
            self._problems.append(line.strip())

    def refuse_if_broken(self):
        """Raise EnvironmentProblem when anything was wrong. Called last in each settings module."""
        if self._problems:
            raise EnvironmentProblem("\n".join(self._problems))
