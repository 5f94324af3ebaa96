"""Lines that visitors’ processes leave in a small file, which the worker brings into the database."""

import fcntl
import os
from pathlib import Path


def note_lines(path: Path, lines: list[str], *, most_bytes: int) -> None:
    """Add lines to the file, all of them or none; beyond its size nothing is added. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(f"{line}\n" for line in lines).encode()
    with path.open("ab") as file:
        # The worker must not take the file between two lines.
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if file.tell() == 0:
            # The worker may be another user of the folder's group.
            os.fchmod(file.fileno(), 0o660)
        if os.fstat(file.fileno()).st_size + len(content) <= most_bytes:
            file.write(content)


def take_lines(path: Path, *, most_bytes: int) -> list[str]:
    """Return the lines that were written, and empty the file. Raises OSError."""
    try:
        with path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            lines = file.read(most_bytes).decode("utf-8", "replace").splitlines()
            file.truncate(0)
            return lines
    except FileNotFoundError:
        return []
