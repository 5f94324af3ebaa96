"""A lock that processes of one machine share: a file. It goes with whoever holds it, however that ends."""

import contextlib
import fcntl
import time
from pathlib import Path

# Whoever holds it does one short thing. One that hangs must not hold up everybody for ever.
SECONDS = 5.0
PAUSE = 0.01


@contextlib.contextmanager
def locked(path: Path):
    """Hold the lock during this block; after ``SECONDS`` of waiting go on without. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        _wait_for(file)
        yield


def _wait_for(file):
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(PAUSE)
