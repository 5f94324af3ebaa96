"""The part of `make bench` about the form: beside a bare insert, on SQLite and on PostgreSQL."""

import json
import os
import tempfile
from pathlib import Path

from .aims import at_least, at_most
from .databases import DATABASES
from .growth.run import told_shares
from .load import Clients
from .measuring import measure
from .outcome import Outcome
from .report import AIM_P99, AIM_RATE, compare, report
from .site import Site

SECONDS = float(os.environ.get("SECONDS") or 10)  # of load for each target


def run():
    """Measure and tell."""
    outcome = Outcome()
    for name, open_database in DATABASES.items():
        with (
            tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder,
            open_database(Path(folder)) as url,
        ):
            site = Site(Path(folder), url)
            site.prepare()
            with site.running(), Clients(site.url) as clients:
                measured = measure(site, clients, SECONDS)
            spent = json.loads(site.run("-m", "bench.inside", "profile"))
        outcome.say(report(name, measured))
        outcome.say(f"Where the time of a form POST goes: {told_shares(spent)}.")
        rate, p99 = compare(measured)
        outcome.aims.append(at_least(f"{name}, form POST: × a bare insert", rate, AIM_RATE))
        outcome.aims.append(at_most(f"{name}, form POST: p99 × a bare insert's", p99, AIM_P99))
        outcome.is_good &= measured.is_good
    return outcome
