"""The Nu Html Checker, the one behind validator.w3.org: found on this machine, or brought by npm."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# The version is pinned; npm compares the file with the registry's sum.
PACKAGE = "vnu-jar@26.9.27"
FOLDER = Path(sys.prefix) / "validator"
BROUGHT = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
NO_JAVA = "The HTML validator needs Java 11 or later. On Debian: apt-get install default-jre-headless."
NO_JAR = "The HTML validator is missing: VNU_JAR names its file vnu.jar, or npm brings it (make test-html)."
# Its parser goes deep into itself.
DEEP = "-Xss2m"
SECONDS = 300
TO_BRING = 120


class NoValidator(Exception):
    """Pages can't be checked on this machine; the message says what to do."""


def find_validator():
    """Return the file of the validator; what is missing is said."""
    if not shutil.which("java"):
        raise NoValidator(NO_JAVA)
    jar = Path(os.environ.get("VNU_JAR") or BROUGHT)
    if not jar.is_file():
        raise NoValidator(NO_JAR)
    return jar


def obtain_validator():
    """Return the file of the validator, brought by npm where it is missing."""
    is_wanted = not os.environ.get("VNU_JAR") and not BROUGHT.is_file()
    if is_wanted and shutil.which("java") and shutil.which("npm"):
        bring = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(FOLDER)]
        print("…", *bring, PACKAGE, file=sys.stderr)
        # Without a network npm would try for long; then pages go unchecked here, and that is said.
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run([*bring, PACKAGE], check=False, stdout=subprocess.DEVNULL, timeout=TO_BRING)
    return find_validator()


def faults(jar, pages):
    """Check ``{name: HTML}`` and return ``{what is wrong: [where]}``; warnings count as well."""
    with tempfile.TemporaryDirectory() as folder:
        files = {f"{number}.html": name for number, name in enumerate(pages)}
        for file, name in files.items():
            (Path(folder) / file).write_bytes(pages[name])
        command = ["java", DEEP, "-jar", str(jar), "--format", "json", "--exit-zero-always"]
        paths = [f"{folder}/{file}" for file in files]
        done = subprocess.run([*command, *paths], capture_output=True, text=True, check=True, timeout=SECONDS)
    found = {}
    for said in json.loads(done.stderr)["messages"]:
        if said["type"] == "error" or said.get("subType") == "warning":
            where = f"{files[Path(said['url']).name]}, line {said.get('lastLine')}"
            found.setdefault(said["message"], []).append(where)
    return found
