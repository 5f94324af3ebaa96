"""Where kept pages lie: a folder for each writing, and one link to the one that holds now.

A folder is named by the generation it shows and some letters that no other has. The link is exchanged in one
step, so nobody meets half a site, and taken away as soon as something public has changed: then the
application answers until the next folder is whole.
"""

import contextlib
import re
import secrets
import shutil
from pathlib import Path

from django.conf import settings

LINK = "current"
# Lower-case words and numbers alone: no dot, no percent sign, nothing a file system reads its own way.
ADDRESS = re.compile(r"/(?:[a-z0-9_-]{1,100}/){0,8}")
# What tells where a visitor comes from, and changes nothing of the page.
CAMPAIGN = re.compile(r"(?:utm_[a-z]{1,20}|gclid|fbclid|msclkid)=[^&]*")
FOLDER = re.compile(r"(\d+)-[a-z0-9]+")


def home() -> Path:
    """Return the folder of all writings."""
    return settings.KEPT_PAGES_DIR


def new_folder(number) -> Path:
    """Make an empty folder for a generation. Raises OSError."""
    home().mkdir(parents=True, exist_ok=True)
    home().chmod(0o755)
    folder = home() / f"{number}-{secrets.token_hex(4)}"
    folder.mkdir()
    # Nothing in it is secret, and the front server reads it.
    folder.chmod(0o755)
    return folder


def linked() -> Path | None:
    """Return the folder that holds now; None where there is none. Never raises."""
    try:
        name = (home() / LINK).readlink().name
    except OSError:
        return None
    return home() / name if FOLDER.fullmatch(name) else None


def number_of(folder) -> int:
    """Return the generation that a folder shows."""
    return int(FOLDER.fullmatch(folder.name)[1])


def link(folder) -> None:
    """Let a folder hold from now on. Raises OSError."""
    draft = home() / f".{folder.name}"
    draft.symlink_to(folder.name)
    draft.replace(home() / LINK)


def unlink_other_than(number) -> None:
    """Take away what shows another generation. Raises OSError where this process may not."""
    folder = linked()
    if folder and number_of(folder) != number:
        (home() / LINK).unlink(missing_ok=True)


def sweep(*needed) -> None:
    """Remove every folder but these and the one that holds now."""
    kept = {folder.name for folder in (*needed, linked()) if folder}
    with contextlib.suppress(OSError):
        for folder in list(home().iterdir()):
            if FOLDER.fullmatch(folder.name.lstrip(".")) and folder.name not in kept:
                if folder.is_symlink():
                    folder.unlink(missing_ok=True)
                else:
                    shutil.rmtree(folder, ignore_errors=True)


def file_of(folder, address) -> Path | None:
    """Return where the page of an address lies; None for addresses that are never kept."""
    return folder / address.lstrip("/") / "index.html" if ADDRESS.fullmatch(address) else None


def is_plain(query) -> bool:
    """Whether a query changes nothing: there is none, or it names a campaign."""
    return not query or all(CAMPAIGN.fullmatch(part) for part in query.split("&"))
