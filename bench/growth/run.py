"""The part of `make bench` about growth."""

import json
import tempfile
from pathlib import Path

from bench.databases import DATABASES
from bench.outcome import Outcome
from bench.site import Site

from .report import aims, table


def run():
    """Measure on both databases."""
    outcome = Outcome()
    for name, open_database in DATABASES.items():
        with (
            tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder,
            open_database(Path(folder)) as url,
        ):
            site = Site(Path(folder), url)
            site.prepare()
            # With all sizes of pictures: each one made later would start another generation.
            site.run("manage.py", "seed_demo")
            seen = json.loads(site.run("-m", "bench.growth.inside").splitlines()[-1])
        outcome.say(table(name, seen["sizes"]))
        for what, shares in seen["profile"].items():
            outcome.say(f"Where the time of a {what} goes: {told_shares(shares)}.")
        outcome.aims += aims(name, seen["sizes"])
    return outcome


def told_shares(shares):
    """Return shares as words."""
    return ", ".join(f"{name} {percent} %" for name, percent in shares.items())
