"""A system user for each process, where root starts them; chosen by number, so that none has to be made."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

# Numbers that no distribution gives away by itself.
STAFF, INTAKE, FILES, SPOOL = 59801, 59802, 59803, 59804
NOBODY_ELSE, GROUP_READS, GROUP_PUTS_IN = 0o700, 0o2750, 0o3730
TOOLS = ("setpriv", "unshare", "mount")


@dataclass(frozen=True)
class Users:
    """Whether each process has a user of its own, or why not; and what follows for folders and commands."""

    why_not: str = ""

    def command(self, role, command):
        """Return the command line by which this role runs a command."""
        if self.why_not:
            return command
        uid = STAFF if role == "staff" else INTAKE
        as_user = ["setpriv", f"--reuid={uid}", f"--regid={uid}", f"--groups={FILES},{SPOOL}", *command]
        closed, needed = _closed_to_others()
        if closed is None:
            return as_user
        return ["unshare", "--mount", "sh", "deploy/open_folders.sh", closed, *needed, "--", *as_user]

    def make_folders(self, site: Path, logs: Path):
        """Make what both use: the files are of staff, and of the spool intake sees nothing."""
        for folder, mode, owner, group in (
            (site, GROUP_READS, STAFF, FILES),
            (site / "spool", GROUP_PUTS_IN, STAFF, SPOOL),
            (logs, NOBODY_ELSE, INTAKE, INTAKE),
        ):
            folder.mkdir(parents=True, exist_ok=True)
            if not self.why_not:
                os.chown(folder, owner, group)
            folder.chmod(mode)


def own_users(folder: Path) -> Users:
    """Find out whether each process can have a system user of its own, in this place and on this machine."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return Users("the system user is the same here: only root can start each under its own")
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        return Users(f"the system user is the same here: {', '.join(missing)} is missing")
    users = Users()
    # Everything that they need has to be open to them: Python, its packages, the project, the folder.
    program = f"import django, os, clinic.settings.environment; os.stat({str(folder)!r})"
    done = subprocess.run(  # noqa: S603
        users.command("intake", [sys.executable, "-c", program]),
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        return Users("the system user is the same here: another one could not reach Python or this folder")
    return users


def _closed_to_others():
    """Return the first folder above Python that only root may enter, and what is needed of it."""
    python = Path(sys.base_prefix).resolve()
    closed = next((p for p in reversed(python.parents) if not p.stat().st_mode & 0o001), None)
    if closed is None:
        return None, []
    places = (python, Path(sys.prefix).resolve(), settings.BASE_DIR, settings.VAR_DIR)
    return str(closed), [str(place) for place in dict.fromkeys(places) if place.is_relative_to(closed)]
