"""`make fault`: every fault on both databases, and a table of what was acknowledged and what is there."""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .databases import PostgresServer, SqliteFile
from .site import Site
from .trial import both, run, slow_relay

SECONDS = float(os.environ.get("SECONDS") or 30)  # of load for each fault
COLUMNS = (
    "database   | fault                        | sent | kills | acknowledged | lost | doubled | false thanks "
    "| refused | via spool | p50 / p99 / max ms"
)


def main():
    """Run the trial; the exit status is 0 where every promise was kept."""
    print(COLUMNS)
    good = True
    for kind, faults in ((SqliteFile, sqlite_faults), (PostgresServer, postgresql_faults)):
        with tempfile.TemporaryDirectory(prefix="clinic-fault-") as folder:
            database = kind(Path(folder))
            try:
                site = Site(Path(folder), database)
                site.prepare()
                for result in [*faults(site), *common_faults(site)]:
                    good &= result.is_good
            finally:
                database.close()
    return 0 if good else 1


def sqlite_faults(site):
    """Break the file."""
    database = site.database
    with site.running():
        yield show(run(site, "locked for 7 s", database.locked(), seconds=SECONDS, broken_for=7))
        yield show(run(site, "no write possible", database.read_only(), seconds=SECONDS))
        yield show(run(site, "file taken away", database.gone(), seconds=SECONDS, kills=False))
        neither = both(database.locked(), site.without_spool())
        yield show(run(site, "locked, and no spool", neither, seconds=SECONDS))


def postgresql_faults(site):
    """Break the server."""
    database = site.database
    with site.running():
        yield show(run(site, "stopped hard", database.stopped(), seconds=SECONDS))
        yield show(run(site, "frozen", database.frozen(), seconds=SECONDS))
        neither = both(database.stopped(), site.without_spool())
        yield show(run(site, "stopped, and no spool", neither, seconds=SECONDS))
    with contextlib.ExitStack() as down:
        down.enter_context(database.stopped())
        with site.running():
            # It comes back in the middle of the load.
            yield show(run(site, "down at the start", closing(down), seconds=SECONDS))


def common_faults(site):
    """Break what lies around the database."""
    with site.running():
        yield show(run(site, "mail relay down", contextlib.nullcontext(), seconds=SECONDS))
        slow = slow_relay(int(site.environment["FAULT_SMTP_PORT"]))
        yield show(run(site, "mail relay slow", slow, seconds=SECONDS))
    with full_disk(site) as (label, variables), site.running(**variables):
        broken = site.database.stopped() if site.database.name == "PostgreSQL" else site.database.locked()
        yield show(run(site, label, broken, seconds=SECONDS, broken_for=min(SECONDS / 2, 20)))


@contextlib.contextmanager
def closing(stack):
    """Heal on entering what an outer block broke."""
    stack.close()
    yield


@contextlib.contextmanager
def full_disk(site):
    """Give the spool a disk of 64 kB; where none can be mounted, its own limit stands in."""
    site.spool.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(site.spool)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield "spool at its limit", {"CONSULTS_SPOOL_MAX_BYTES": str(64 * 1024)}
        return
    try:
        yield "disk of the spool full", {}
    finally:
        subprocess.run(["umount", str(site.spool)], check=True)


def show(result):
    """Print a line of the table, and what was wrong below it."""
    times = " / ".join(f"{result.quantile(share):.0f}" for share in (0.5, 0.99, 1))
    print(
        f"{result.database:<10} | {result.fault:<28} | {result.submissions:>4} | {result.kills:>5} "
        f"| {result.acknowledged:>12} | {result.lost:>4} | {result.doubled:>7} | {result.false_thanks:>12} "
        f"| {result.refused:>7} | {result.spooled:>9} | {times}",
        flush=True,
    )
    for complaint in result.complaints:
        print(f"           WRONG: {complaint}", flush=True)
    return result


if __name__ == "__main__":
    sys.exit(main())
