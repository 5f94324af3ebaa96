"""`make bench-desk`: the desk's pages at 1,000, 10,000 and 100,000 requests, on SQLite and PostgreSQL."""

import sys
import tempfile
from pathlib import Path

from bench.databases import DATABASES
from bench.site import Site


def main():
    """Measure inside the site, since the desk is one person at a time. Speed is only told."""
    for name, open_database in DATABASES.items():
        with (
            tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder,
            open_database(Path(folder)) as url,
        ):
            site = Site(Path(folder), url)
            site.prepare()
            print(f"{name}\n{site.run('-m', 'bench.desk.inside')}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
