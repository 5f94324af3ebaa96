"""A page as a phone on a slow network gets it, where the npm package *lighthouse* is installed."""

import json
import os
import shutil
import subprocess

from bench.aims import at_least, at_most, not_run

SECONDS = 120
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def aims_of_lighthouse(url, folder):
    """Set a page beside the aims. LIGHTHOUSE names the program where it is not on the path."""
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not (program and chromium):
        return [not_run("post on a phone, Lighthouse", "needs npm's lighthouse, and chromium")]
    seen = _ask(program, chromium, url, folder)
    audits = seen["audits"]
    return [
        at_least("post on a phone: Lighthouse", seen["categories"]["performance"]["score"] * 100, 100),
        at_most("the same: LCP", audits["largest-contentful-paint"]["numericValue"] / 1000, 1.2, " s"),
        at_most("the same: CLS", audits["cumulative-layout-shift"]["numericValue"], 0),
        at_most("the same: bytes", audits["total-byte-weight"]["numericValue"] / 1024, 150, " kB"),
    ]


def _ask(program, chromium, url, folder):
    report = folder / "lighthouse.json"
    command = [
        program,
        url,
        "--only-categories=performance",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={FLAGS}",
        "--quiet",
    ]
    environment = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run(command, env=environment, check=True, timeout=SECONDS, stdout=subprocess.DEVNULL)
    return json.loads(report.read_text())
