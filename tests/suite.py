"""`make test`, and the targets for a part of it: some runs of the tests at a time, and one line of sums."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.browser.chromium import NoChromium, obtain_chromium
from tests.firefox.program import MISSING as NO_FIREFOX
from tests.firefox.program import find_firefox
from tests.migrated import migrated_databases
from tests.postgresql import postgresql_server
from tests.site.validator import NoValidator, obtain_validator

# Two cores are kept busy by five: a walk often waits for its browser, a fault for its time to pass.
AT_ONCE = 5
# The tests that walk through the running demo; those of one process share one.
WALK = "walk"
OTHERS = "not walk"
# What runs in one process of its own: no browser, no server, no PostgreSQL.
ALONE = "not walk and not served"
HALVES = ("1/2", "2/2")
THIRDS = ("1/3", "2/3", "3/3")
# Two midnights matter: that of the clinic, and that of the machine and the database.
MIDNIGHTS = ("America/Denver", "UTC")
BEFORE_MIDNIGHT = timedelta(seconds=30)
NO_TEST_SELECTED = 5
NO_FAKETIME = (
    "The program faketime is missing: install it (Debian's package faketime), or put it on the PATH."
)


class Run(NamedTuple):
    """One process of pytest: which tests, with which variables, and what stands before its command."""

    title: str
    marks: str
    variables: dict
    before: tuple = ()
    # Folders or modules; all there are, where none is named.
    places: tuple = ()


class CannotRun(Exception):
    """Something that the tests need is missing; the message says what to do."""


def main(arguments):
    """Run what is asked for; the exit status is 0 where tests ran and every one passed."""
    plan = PLANS.get(arguments[0]) if arguments else None
    options = arguments[1:] if plan else arguments
    try:
        with contextlib.ExitStack() as stack:
            runs = (plan or everything)(stack)
            pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
            started = [pool.submit(run_tests, run, options) for run in runs]
            done = [run.result() for run in started]
    except (NoChromium, NoValidator, CannotRun) as reason:
        print(reason)
        return 1
    sums = sum((counts for counts, _failed in done), Counter())
    # Said once more at the end, where whoever sees only the last lines finds them.
    print("".join(f"FAILED {name}\n" for _counts, failed in done for name in failed), end="")
    print(", ".join(f"{sums[word]} {word}" for word in ("passed", "failed", "skipped")))
    return 0 if sums["passed"] and not sums["failed"] else 1


def everything(stack):
    """Every test on SQLite, and on PostgreSQL what has to do with the kind of database."""
    browser = {"CHROMIUM_PATH": obtain_chromium(), "BROWSER_TESTS": "required"}
    # Java isn't everywhere; `make test-html` asks for it.
    with contextlib.suppress(NoValidator):
        obtain_validator()
    url = os.environ.pop("DATABASE_URL", None) or stack.enter_context(postgresql_server())
    for_sqlite, for_postgresql = stack.enter_context(migrated_databases(url))
    sqlite = {**browser, **for_sqlite}
    postgresql = {**browser, **for_postgresql, "DATABASE_URL": url}
    # The longest ones first.
    return [
        Run("PostgreSQL: all other tests", f"{OTHERS} and not once", postgresql),
        *(Run(f"SQLite: the walk, {part}", WALK, {**sqlite, "TEST_PART": part}) for part in HALVES),
        *(Run(f"SQLite: all other tests, {part}", OTHERS, {**sqlite, "TEST_PART": part}) for part in THIRDS),
        Run("PostgreSQL: the walk", f"{WALK} and not once", postgresql),
    ]


def check(_stack):
    """What needs neither browser nor PostgreSQL nor a server and is soon done, in two halves."""
    os.environ.pop("DATABASE_URL", None)
    return [Run(f"part {half}", f"{ALONE} and not long", {"TEST_PART": half}) for half in HALVES]


def midnight(_stack):
    """The same with clocks that start half a minute before midnight.

    On SQLite, which asks the process for its time. A PostgreSQL would go by its own clock, and the tests
    that start servers would wait for processes whose clocks start anew.
    """
    faketime = shutil.which("faketime")
    if faketime is None:
        raise CannotRun(NO_FAKETIME)
    os.environ.pop("DATABASE_URL", None)
    runs = []
    for zone in MIDNIGHTS:
        # What is waited for goes by the machine's running time; faked, some waits would never end.
        before = (faketime, "--exclude-monotonic", "-f", f"@{start_of_clock(zone):%Y-%m-%d %H:%M:%S}")
        for half in HALVES:
            runs.append(Run(f"midnight in {zone}, {half}", ALONE, {"TEST_PART": half, "TZ": "UTC"}, before))
    return runs


def firefox(_stack):
    """The patients' journeys in the Firefox of this machine; nothing is downloaded for them."""
    if find_firefox() is None:
        raise CannotRun(NO_FIREFOX)
    os.environ.pop("DATABASE_URL", None)
    return [Run("Firefox", WALK, {"FIREFOX_TESTS": "required"}, places=("tests/firefox",))]


def html(_stack):
    """Every public page, and every state of the form, before the validator."""
    obtain_validator()
    os.environ.pop("DATABASE_URL", None)
    return [Run("HTML", WALK, {"HTML_TESTS": "required"}, places=("tests/site/test_html.py",))]


PLANS = {"check": check, "midnight": midnight, "firefox": firefox, "html": html}


def start_of_clock(zone):
    """Return half a minute before the next midnight of a zone, in UTC."""
    tomorrow = (datetime.now(ZoneInfo(zone)) + timedelta(days=1)).date()
    return (datetime.combine(tomorrow, datetime.min.time(), ZoneInfo(zone)) - BEFORE_MIDNIGHT).astimezone(UTC)


def run_tests(run, options):
    """Run the tests with these marks and variables; print what was said, return sums and failed tests."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        pytest = [sys.executable, "-m", "pytest", "-q", "-m", run.marks, f"--junitxml={report}"]
        # The settings of the tests put the file where the tests would make theirs.
        pytest += ["--reuse-db"] if "MIGRATED_SQLITE" in run.variables else []
        done = subprocess.run(  # noqa: S603
            [*run.before, *pytest, "-p", "no:cacheprovider", *run.places, *options],
            env={**os.environ, **run.variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # Said at once and whole: the runs end at their own times.
        print(f"--- {run.title}, {time.monotonic() - begin:.0f} s ---\n{done.stdout}", flush=True)
        counts, failed = count(report, done.returncode)
        return counts, [f"{run.title}: {name}" for name in failed]


def count(report, exit_status):
    """Read pytest's report: the sums, and the names of what failed.

    A run that ended badly counts as failed even if no test did.
    """
    if exit_status == NO_TEST_SELECTED:
        return Counter(), []
    if not report.exists():
        return Counter(failed=1), [f"no report, exit status {exit_status}"]
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314
    names = [
        f"{case.get('classname')}::{case.get('name')}"
        for case in suite.iter("testcase")
        if case.find("failure") is not None or case.find("error") is not None
    ]
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    skipped = int(suite.get("skipped"))
    passed = int(suite.get("tests")) - failed - skipped
    if exit_status and not failed:
        failed, names = 1, [f"exit status {exit_status}"]
    return Counter(passed=passed, failed=failed, skipped=skipped), names


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
