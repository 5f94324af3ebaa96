"""Pages as a phone on a slow network gets them, where the npm package *lighthouse* is installed.

``python -m bench.pages.lighthouse http://localhost:8000`` looks at a demonstration that runs already.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.aims import at_least, at_most, not_run, table

SECONDS = 120
FLAGS = "--headless=new --no-sandbox --disable-gpu"
# What a first visit may cost, in kB; tests/browser/test_budgets.py watches the same on every kind of page.
PAGES = {
    "post": ("/blog/intramuscular-ketamine-injections/", 150),
    "home": ("/", 250),
    "form": ("/consultation/", 150),
    "get-help-now": ("/get-help-now/", 30),
}


def aims_of_lighthouse(site, folder):
    """Set pages beside the aims. LIGHTHOUSE names the program where it is not on the path."""
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (program and chromium):
        return [not_run("pages on a phone, Lighthouse", "needs npm's lighthouse, and chromium")]
    aims = []
    for name, (path, most) in PAGES.items():
        seen = _ask(program, chromium, site + path, folder)
        aims += _aims_of(name, seen["categories"], seen["audits"], most)
    return aims


def _aims_of(name, categories, audits, most):
    def figure(audit):
        return audits[audit]["numericValue"]

    return [
        at_least(f"{name} on a phone: Lighthouse", categories["performance"]["score"] * 100, 100),
        at_least("the same: accessibility", categories["accessibility"]["score"] * 100, 100),
        at_most("the same: LCP", figure("largest-contentful-paint") / 1000, 1.2, " s"),
        at_most("the same: CLS", figure("cumulative-layout-shift"), 0),
        at_most("the same: blocking", figure("total-blocking-time"), 0, " ms"),
        at_most("the same: bytes", figure("total-byte-weight") / 1024, most, " kB"),
    ]


def _ask(program, chromium, url, folder):
    report = folder / "lighthouse.json"
    command = [
        program,
        url,
        "--only-categories=performance,accessibility",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={FLAGS}",
        "--quiet",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run(command, env=environment, check=True, timeout=SECONDS, stdout=subprocess.DEVNULL)
    return json.loads(report.read_text())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        print(table(aims_of_lighthouse(sys.argv[1].rstrip("/"), Path(scratch))))
