"""`make test`: every test on an SQLite file and on PostgreSQL, some at a time, and one line of sums."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser.chromium import NoChromium, obtain_chromium
from tests.postgresql import postgresql_server

# Two cores are kept busy by four: a walk often waits for its browser, a fault for its time to pass.
AT_ONCE = 4
# The tests that walk through the running demo share one, so they stay together in one process.
PARTS = {"the walk through the demo": "walk", "all other tests": "not walk"}
NO_TEST_SELECTED = 5


def main():
    """Run the suite on both databases; the exit status is 0 where tests ran and every one passed."""
    try:
        browser = {"CHROMIUM_PATH": obtain_chromium(), "BROWSER_TESTS": "required"}
    except NoChromium as reason:
        print(reason)
        return 1
    elsewhere = os.environ.pop("DATABASE_URL", None)
    with (
        contextlib.nullcontext(elsewhere) if elsewhere else postgresql_server() as url,
        ThreadPoolExecutor(AT_ONCE) as runs,
    ):
        on_sqlite = [(f"SQLite: {part}", marks, browser) for part, marks in PARTS.items()]
        variables = {**browser, "DATABASE_URL": url}
        on_postgresql = [
            (f"PostgreSQL: {part}", f"{marks} and not once", variables) for part, marks in PARTS.items()
        ]
        # The longest ones first.
        planned = [run for both in zip(on_sqlite, on_postgresql, strict=True) for run in both]
        started = [runs.submit(run_tests, *run) for run in planned]
        sums = sum((run.result() for run in started), Counter())
    print(", ".join(f"{sums[word]} {word}" for word in ("passed", "failed", "skipped")))
    return 0 if sums["passed"] and not sums["failed"] else 1


def run_tests(title, marks, variables):
    """Run the tests with these marks and environment variables; print what was said, return the sums."""
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        options = ["-q", "-m", marks, f"--junitxml={report}", "-p", "no:cacheprovider", *sys.argv[1:]]
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "pytest", *options],
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        # Said at once and whole: the runs end at their own times.
        print(f"--- {title}, {time.monotonic() - begin:.0f} s ---\n{done.stdout}", flush=True)
        return count(report, done.returncode)


def count(report, exit_status):
    """Read pytest's report. A run that ended badly counts as failed even if no test did."""
    if exit_status == NO_TEST_SELECTED:
        return Counter()
    if not report.exists():
        return Counter(failed=1)
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    skipped = int(suite.get("skipped"))
    passed = int(suite.get("tests")) - failed - skipped
    return Counter(passed=passed, failed=failed or int(exit_status != 0), skipped=skipped)


if __name__ == "__main__":
    sys.exit(main())
