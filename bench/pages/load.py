"""Load by wrk: clients in Python would be slower than what they measure."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True)
class Seen:
    """What the clients of one row saw."""

    answers: int
    seconds: float
    bytes: int
    p50: float
    p99: float
    refused: int
    lost: int

    @property
    def rate(self):
        """Answers per second."""
        return self.answers / self.seconds

    @property
    def is_good(self):
        """Whether every answer was one."""
        return bool(self.answers) and not (self.refused or self.lost)


def program():
    """Return where wrk is, or None."""
    return shutil.which("wrk")


def ask(url, *, clients, seconds, host=None):
    """Let so many clients ask for one address, each on a connection that stays open."""
    command = [program(), "-t2", f"-c{clients}", f"-d{seconds:.0f}s", "--timeout", "20s", "-s", str(SCRIPT)]
    if host:
        command += ["-H", f"Host: {host}"]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    return read(said)


def read(said):
    """Return what the script's line says."""
    line = next(line for line in said.splitlines() if line.startswith("SEEN "))
    answers, seconds, size, p50, p99, refused, lost = line.split()[1:]
    return Seen(int(answers), float(seconds), int(size), float(p50), float(p99), int(refused), int(lost))
