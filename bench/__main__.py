"""`make bench`: the form beside a bare insert, on SQLite and on PostgreSQL."""

import os
import sys
import tempfile
from pathlib import Path

from .databases import DATABASES
from .load import Clients
from .measuring import measure
from .report import report
from .site import Site

SECONDS = float(os.environ.get("SECONDS") or 10)  # of load for each target


def main():
    """Measure and print. Speed is only told; the exit status is about what went wrong."""
    good = True
    for name, open_database in DATABASES.items():
        with (
            tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder,
            open_database(Path(folder)) as url,
        ):
            site = Site(Path(folder), url)
            site.prepare()
            with site.running(), Clients(site.url) as clients:
                measured = measure(site, clients, SECONDS)
            print(report(name, measured), flush=True)
            good &= measured.is_good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
