"""The secrets of the two processes, made once: which of them has which, and what its environment is."""

import json
import os
import secrets
from pathlib import Path

from clinic.settings.intake import KEYS_OF_STAFF
from consults.sealing.keys import new_secrets

PASSWORDS = ("administrator", "owner", "staff", "intake")


def kept_secrets(path: Path) -> dict:
    """Return what the file holds, made or completed if need be; only its owner can read it."""
    known = json.loads(path.read_text()) if path.exists() else {}
    fresh = {
        "keys": new_secrets(),
        "passwords": {name: secrets.token_urlsafe(24) for name in PASSWORDS},
        # One for each process: what one of them signs is nothing to the other.
        "signing": {name: secrets.token_urlsafe(50) for name in ("staff", "intake")},
    }
    complete = {kind: {**values, **known.get(kind, {})} for kind, values in fresh.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(complete, file, indent=1)
    return complete


def environment_of(role, known, *, part, database_url, site, addresses):
    """Return everything that a process of this role is told, and nothing that it was not told.

    ``part`` is whose password of the database it has; ``addresses`` are those of visitors and of staff.
    """
    keys = known["keys"]
    if role == "intake":
        keys = {name: key for name, key in keys.items() if name not in KEYS_OF_STAFF}
    return {
        **{name: os.environ[name] for name in ("PATH", "LANG", "WEB_CONCURRENCY") if name in os.environ},
        **keys,
        "DJANGO_SETTINGS_MODULE": "clinic.settings.demo",
        "CONSULTS_ROLE": role,
        "SECRET_KEY": known["signing"][role],
        "DATABASE_URL": database_url(part),
        "VAR_DIR": str(site),
        "SITE_URL": addresses[0],
        "STAFF_URL": addresses[1],
        "HOME": str(site),
    }
