"""The part of `make bench` about the desk: 1,000, 10,000 and 100,000 requests, on SQLite and PostgreSQL."""

import json
import tempfile
from pathlib import Path

from bench.databases import DATABASES
from bench.growth.report import grown
from bench.outcome import Outcome
from bench.site import Site

from .report import aims


def run():
    """Measure inside the site, since the desk is one person at a time."""
    outcome = Outcome()
    for name, open_database in DATABASES.items():
        with (
            tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder,
            open_database(Path(folder)) as url,
        ):
            site = Site(Path(folder), url)
            site.prepare()
            sizes = json.loads(site.run("-m", "bench.desk.inside").splitlines()[-1])
        outcome.say(grown(f"{name}: p95 ms", "requests", sizes, lambda _name, seen: seen["p95"]))
        outcome.aims += aims(name, sizes)
    return outcome
