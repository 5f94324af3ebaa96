"""On what was measured."""

import os
import platform
import re
import subprocess
import time
from importlib.metadata import version
from pathlib import Path


def describe():
    """Return one line about the machine, one about the programs."""
    model = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1]) / 1024**2
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    programs = ", ".join(f"{name} {version(name)}" for name in ("Django", "wagtail", "gunicorn"))
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores ({model[1] if model else 'unknown'}), "
        f"{memory:.0f} GB, Linux {platform.release()}, load before {load}\n"
        f"Python {platform.python_version()}, {programs}, {nginx()}, commit {commit()}"
    )


def nginx():
    """Return which nginx there is."""
    from clinic.demo.local_nginx import program

    if program() is None:
        return "no nginx"
    said = subprocess.run([program(), "-v"], capture_output=True, text=True, check=False)
    return said.stderr.strip().rpartition(": ")[2]


def commit():
    """Return which state of the code is measured."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"
