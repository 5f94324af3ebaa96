#!/usr/bin/env python
"""Django's command line for the clinic site; the settings default to development."""

import os
import sys

from clinic.settings.environment import EnvironmentProblem


def main():
    """Run a management command; a broken environment ends it with one line a problem."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings.dev")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except EnvironmentProblem as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
