"""The Chromium that drives the browser tests: found, or brought here. `python -m tests.browser.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoChromium(Exception):
    """No Chromium can be had; the message says what was tried."""


def find_chromium():
    """Return the path of a Chromium on this machine, or nothing."""
    named = os.environ.get("CHROMIUM_PATH")
    if named:
        return named if os.access(named, os.X_OK) else None
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or _downloaded_by_playwright()


def obtain_chromium():
    """Return the path of a Chromium, installing one where there is none."""
    if os.environ.get("CHROMIUM_PATH") and not find_chromium():
        raise NoChromium(f"CHROMIUM_PATH names no program: {os.environ['CHROMIUM_PATH']}")
    tried = []
    for bring in (None, _install_debian_package, _download_with_playwright):
        if bring:
            tried.append(bring())
        if path := find_chromium():
            return path
    raise NoChromium("No Chromium for the browser tests. " + " ".join(filter(None, tried)))


def _install_debian_package():
    """Install Debian's package where that is allowed; return what stood in the way."""
    if not shutil.which("apt-get"):
        return "This is no Debian, so its package can't be installed."
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if as_root and _last_line_of_failure([*as_root, "true"]):
        return "Debian's package needs root or a sudo without password."
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    _last_line_of_failure([*as_root, "apt-get", "update"])
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    failure = _last_line_of_failure([*as_root, *environment, *install])
    return failure and f"apt-get: {failure}"


def _download_with_playwright():
    """Let Playwright download its browser; return what stood in the way."""
    failure = _last_line_of_failure([sys.executable, "-m", "playwright", "install", "chromium"])
    return failure and f"playwright install chromium: {failure}"


def _downloaded_by_playwright():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _last_line_of_failure(command):
    """Run the command and return the end of what it said where it failed, else nothing."""
    print("…", *command, file=sys.stderr)
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    said = (done.stderr + done.stdout).strip().splitlines()
    return None if done.returncode == 0 else (said or ["failed without a word"])[-1]


if __name__ == "__main__":
    try:
        print(obtain_chromium())
    except NoChromium as reason:
        sys.exit(str(reason))
