"""The Firefox that the journeys are walked in: found on this machine, and started with a new profile."""

import contextlib
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from .marionette import Marionette

NAMES = ("firefox-esr", "firefox")
MISSING = (
    "No Firefox found. On Debian: apt-get install firefox-esr. Elsewhere FIREFOX_PATH names the program; "
    "nothing is downloaded."
)
SECONDS_TO_START = 60
# No page but ours: no first run, no updates, no word to Mozilla. Movement would make a test depend on time.
PREFERENCES = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutConfig.showWarning": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_open_during_load": False,
    "extensions.formautofill.addresses.supported": "on",
    "extensions.formautofill.addresses.enabled": True,
    "extensions.update.enabled": False,
    "intl.accept_languages": "en-US, en",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.unified": False,
    "ui.prefersReducedMotion": 1,
}


def find_firefox():
    """Return the path of a Firefox on this machine, or nothing."""
    if named := os.environ.get("FIREFOX_PATH"):
        return named if os.access(named, os.X_OK) else None
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextlib.contextmanager
def started(path, folder):
    """Run the browser without a screen; give the connection to it, and end it afterwards."""
    profile = Path(folder) / "profile"
    profile.mkdir()
    # JSON is how a preference is written as well.
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("".join(lines))
    command = [path, "--headless", "--no-remote", "--profile", str(profile), "--marionette"]
    command += ["--remote-allow-system-access"]
    log_file = Path(folder) / "firefox.log"
    # HOME as well: what it keeps beside the profile goes with the folder.
    environment = {**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        connection = Marionette(_port(profile, process, log_file))
        connection.ask("WebDriver:NewSession", capabilities={})
        yield connection
        connection.close()
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _port(profile, process, log_file):
    """Wait until the browser says on which port it listens."""
    said = profile / "MarionetteActivePort"
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError, ValueError):
            return int(said.read_text())
        time.sleep(0.1)
    raise ConnectionError(f"Firefox did not start:\n{log_file.read_text()[-3000:]}")
