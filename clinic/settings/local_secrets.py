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
    _complete(path)
    environ.Env.read_env(path)


def _create(path):
    """Write the file whole or not at all, so that processes starting together agree on one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.writelines(_lines(_new_values()))
    draft = Path(file.name)
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()


def _complete(path):
    """Add the secrets that a newer release needs; where two processes do, the first one's line counts."""
    known = {line.partition("=")[0] for line in path.read_text(encoding="utf-8").splitlines()}
    missing = {name: value for name, value in _new_values().items() if name not in known}
    if missing:
        with path.open("a", encoding="utf-8") as file:
            file.write("".join(_lines(missing)))


def _new_values():
    return {"SECRET_KEY": secrets.token_urlsafe(50), **new_secrets()}


def _lines(values):
    return [f"{name}={value}\n" for name, value in values.items()]
