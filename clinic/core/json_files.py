"""Small files that every process reads: written in one step, so that no reader sees half of one."""

import json
import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def as_stored(value):
    """Return the value as it comes back out of a file."""
    return json.loads(_text(value))


def write_json(path: Path, value) -> None:
    """Put the value into the file. Raises OSError when the folder can't be written or the disk is full."""
    text = _text(value)
    path.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{path.stem}"
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=prefix, delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(text)
            file.flush()
            # Or a power cut could leave the new name with nothing in it.
            os.fsync(file.fileno())
            # Nothing in it is secret, and several processes read it.
            draft.chmod(0o644)
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def _text(value):
    return json.dumps(value, default=str, indent=1)
