#!/usr/bin/env python
"""Django's command line for the clinic site; the settings default to development."""

import os
import sys

from clinic.settings.environment import EnvironmentProblem

# Whoever sets one of these means the real site.
OF_A_REAL_SITE = [
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "CONSULTS_NOTICE_RECIPIENTS",
    "CONSULTS_SEALING_PUBLIC_KEY",
    "CONSULTS_SEALING_PRIVATE_KEYS",
]
GUESS = """\
{} set, as on a real site, but DJANGO_SETTINGS_MODULE is not.
Set DJANGO_SETTINGS_MODULE=clinic.settings.production for the real site, or clinic.settings.dev to develop."""


def choose_settings():
    """Take the development settings where nobody says otherwise and nothing speaks against it."""
    if sys.argv[1:] == ["consults_keys"]:
        # It reads no setting, and is called while those of a real site lack the keys that it makes.
        os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings.dev"
        return
    if os.environ.get("DJANGO_SETTINGS_MODULE") or any(a.startswith("--settings") for a in sys.argv):
        return
    given = [name for name in OF_A_REAL_SITE if os.environ.get(name) or os.environ.get(f"{name}_FILE")]
    if given:
        sys.exit(GUESS.format(f"{', '.join(given)} {'is' if len(given) == 1 else 'are'}"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "clinic.settings.dev"


def main():
    """Run a management command; a broken environment ends it with one line a problem."""
    choose_settings()
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except EnvironmentProblem as problem:
        sys.exit(str(problem))
    finally:
        take_away_old_pages()


def take_away_old_pages():
    """Before a command ends: what it changed shows at once, and no file of before is handed out any more."""
    from django.apps import apps

    if apps.ready:
        from clinic.core.kept_pages.watch import withdraw_after_command

        withdraw_after_command()


if __name__ == "__main__":
    main()
