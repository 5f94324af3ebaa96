"""What processes use, as Linux tells it."""

import os
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK")


def family(pid):
    """Return the numbers of a process and of all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in family(int(child)))]


def milliseconds(pids):
    """Return the processor's time that these processes and those below them have used."""
    total = 0
    for pid in (each for top in pids for each in family(top)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total * TICK


def megabytes(pids):
    """Return their memory; what several share is counted once."""
    total = 0
    for pid in (each for top in pids for each in family(top)):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
