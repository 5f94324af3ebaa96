"""The environment, read in one place, with every problem said in one line that names the variable."""

import environ
from django.core.exceptions import ImproperlyConfigured

UNSET = object()


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

    def read(self, kind, name, default=UNSET, why=""):
        """Return the variable cast to ``kind`` (str, int, bool, list, …) or note the problem.

        A variable without a default is required; ``why`` tells the operator what it is for.
        """
        given = {} if default is UNSET else {"default": default}
        try:
            value = getattr(self._env, kind)(name, **given)
            if kind == "str" and value:
                # A file usually ends with a line break that is no part of the secret.
                value = value.strip()
            if value or default is not UNSET:
                return value
            self._problems.append(f"{name} is not set. {why}".strip())
        except ImproperlyConfigured:
            self._problems.append(f"{name} is not set. {why}".strip())
        except (ValueError, TypeError, KeyError, OSError):
            self._problems.append(f"{name} can't be read as {kind}. {why}".strip())
        return None

    def problem(self, line):
        """Note a problem that only the settings can see, such as two that exclude each other."""
        self._problems.append(line)

    def refuse_if_broken(self):
        """Raise EnvironmentProblem when anything was wrong. Called last in each settings module."""
        if self._problems:
            raise EnvironmentProblem("\n".join(self._problems))
