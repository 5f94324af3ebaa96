"""A complete production environment of made-up values: `python -m tests.production_environment check`."""

import os
import secrets
import subprocess
import sys
import tempfile

from consults.sealing.keys import new_secrets


def production_environment(folder):
    """Return the variables under which the production settings start, writing into ``folder``."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "clinic.settings.production",
        "VAR_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "clinic.example.org",
        "SITE_URL": "https://clinic.example.org",
        "EMAIL_URL": "smtp+tls://website:made-up@mail.example.org:587",
        "DEFAULT_FROM_EMAIL": "website@example.org",
        "CONSULTS_NOTICE_RECIPIENTS": "frontdesk@example.org",
        "TRUSTED_PROXIES": "127.0.0.1",
        **new_secrets(),
    }


def manage(*arguments, environment, **options):
    """Run a management command in a process of its own and return what came of it."""
    return subprocess.run([sys.executable, "manage.py", *arguments], env=environment, check=False, **options)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as var_dir:
        command = manage(*sys.argv[1:], environment=production_environment(var_dir))
    sys.exit(command.returncode)
