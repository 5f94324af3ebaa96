"""`make bench`: everything in one run, and at its end one table beside the aims. PARTS names some of it."""

import importlib
import os
import sys
import tempfile

from .aims import table

# What needs other programs comes first: where one is missing, that is said at once.
PARTS = {
    "pages": "bench.pages.run",
    "form": "bench.form",
    "growth": "bench.growth.run",
    "desk": "bench.desk.run",
}
# A choice is measured when it is made, not each time.
BY_NAME = {"classes": "bench.classes.run"}


def main():
    """Measure and print. Speed is only told; the exit status is about what went wrong."""
    wanted = (os.environ.get("PARTS") or " ".join(PARTS)).split()
    known = PARTS | BY_NAME
    if unknown := [name for name in wanted if name not in known]:
        print(f"PARTS knows {', '.join(known)}, not {', '.join(unknown)}.")
        return 2
    with tempfile.TemporaryDirectory(prefix="clinic-bench-") as folder:
        # Before anything of Django is loaded: what lies in ./var is somebody's.
        os.environ.update(DJANGO_SETTINGS_MODULE="clinic.settings.demo", VAR_DIR=folder)
        return run(wanted)


def run(wanted):
    """Run these parts, and return the exit status."""
    from .machine import describe

    print(describe(), end="\n\n", flush=True)
    outcomes = [importlib.import_module((PARTS | BY_NAME)[name]).run() for name in wanted]
    print(table([aim for outcome in outcomes for aim in outcome.aims]))
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
