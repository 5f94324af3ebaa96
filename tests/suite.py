"""`make test`: every test on an SQLite file, then every test on PostgreSQL, and one line of sums."""

import contextlib
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from tests.browser.chromium import NoChromium, obtain_chromium
from tests.postgresql import postgresql_server


def main():
    """Run the suite on both databases; the exit status is 0 where every test passed."""
    try:
        browser = {"CHROMIUM_PATH": obtain_chromium(), "BROWSER_TESTS": "required"}
    except NoChromium as reason:
        print(reason)
        return 1
    sums = Counter()
    elsewhere = os.environ.pop("DATABASE_URL", None)
    sums += run_tests("SQLite", browser)
    with contextlib.nullcontext(elsewhere) if elsewhere else postgresql_server() as url:
        sums += run_tests("PostgreSQL", {**browser, "DATABASE_URL": url})
    print(", ".join(f"{sums[word]} {word}" for word in ("passed", "failed", "skipped")))
    return 1 if sums["failed"] else 0


def run_tests(database, variables):
    """Run every test with these environment variables and return how many passed and failed."""
    print(f"\n--- tests on {database} ---", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        # All tests that share the running site stay together in one of the two processes.
        options = ["-q", "-n", "2", "--dist", "loadgroup", f"--junitxml={report}", *sys.argv[1:]]
        command = [sys.executable, "-m", "pytest", *options]
        done = subprocess.run(command, env={**os.environ, **variables}, check=False)  # noqa: S603
        return count(report, done.returncode)


def count(report, exit_status):
    """Read pytest's report. A run that ended badly counts as failed even if no test did."""
    if not report.exists():
        return Counter(failed=1)
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314
    failed = int(suite.get("failures")) + int(suite.get("errors"))
    skipped = int(suite.get("skipped"))
    passed = int(suite.get("tests")) - failed - skipped
    return Counter(passed=passed, failed=failed or int(exit_status != 0), skipped=skipped)


if __name__ == "__main__":
    sys.exit(main())
