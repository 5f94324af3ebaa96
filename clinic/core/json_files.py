"""Small files that every process reads: written in one step, so that no reader sees half of one."""

import json
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_json(path: Path, value) -> None:
    """Put the value into the file. Raises OSError when the folder can't be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    prefix = f".{path.stem}"
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=prefix, delete=False) as file:
        json.dump(value, file, default=str, indent=1)
    draft = Path(file.name)
    # Nothing in it is secret, and several processes read it.
    draft.chmod(0o644)
    draft.replace(path)
