"""Secrets for a developer's machine and the demo, made once and kept beside the data."""

import contextlib
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

import environ

from consults.sealing.keys import new_secrets


def provide_local_secrets(folder):
    """Put the secrets of ``folder``/secrets.env into the environment, making the file if need be.

    Variables that are set already win. Production never calls this: there, a missing secret
    is a refusal to start.
    """
    path = Path(folder) / "secrets.env"
    if not path.exists():
        _create(path)
    environ.Env.read_env(path)


def _create(path):
    """Write the file whole or not at all, so that processes starting together agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = {"SECRET_KEY": secrets.token_urlsafe(50), **new_secrets()}
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    draft = Path(file.name)
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
