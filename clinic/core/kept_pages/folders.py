"""Where kept pages lie: a folder for each generation, and one link to the one that holds now.

A folder is named by the generation it shows and some letters that no other has. The link is exchanged in one
step, and taken away as soon as something public has changed. Each file is there whole or not at all, and its
time is the number of its generation: so file, front server and application name it by the same tag.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

from clinic.core.file_lock import locked

LINK = "current"
# Lower-case words and numbers alone: no dot, no percent sign, nothing a file system reads its own way.
ADDRESS = re.compile(r"/(?:[a-z0-9_-]{1,100}/){0,8}|/sitemap\.xml")
# What tells where a visitor comes from, and changes nothing of the page.
CAMPAIGN = re.compile(r"(?:utm_[a-z]{1,20}|gclid|fbclid|msclkid)=[^&]*")
LONGEST_QUERY = 4000
FOLDER = re.compile(r"(\d+)-[a-z0-9]+")
# By the type of an answer: how its file is named. The front server says the type by the name.
PAGE = "text/html; charset=utf-8"
NAMES = {
    PAGE: "index.html",
    "application/atom+xml; charset=utf-8": "index.atom",
    "application/xml": "index.xml",
}
TYPES = {name: content_type for content_type, name in NAMES.items()}
ABOUT = ".about.json"
# Once all is written, or no more may be.
FINISHED = ".finished"


@dataclass(frozen=True)
class About:
    """What a folder is for: what holds by the clock, the addresses that are to be kept, and the headers of
    each answer.
    """

    holding: str
    addresses: frozenset
    headers: tuple


def home() -> Path:
    """Return the folder of all generations."""
    return settings.KEPT_PAGES_DIR


def lock():
    """Let one process at a time exchange the link or take it away. Raises OSError."""
    return locked(home() / ".lock")


def new_folder(number, about) -> Path:
    """Make a folder for a generation, empty but for what it is for. Raises OSError."""
    make_home()
    folder = home() / f"{number}-{secrets.token_hex(4)}"
    folder.mkdir()
    # Nothing in it is secret, and the front server reads it.
    folder.chmod(0o755)
    # Under the name by which the release before reads it, while both run.
    told = {"day": about.holding, "addresses": sorted(about.addresses), "headers": list(about.headers)}
    put(folder / ABOUT, json.dumps(told).encode())
    return folder


def make_home() -> None:
    """Make the folder of all generations. Raises OSError."""
    home().mkdir(parents=True, exist_ok=True)
    home().chmod(0o755)


@lru_cache(maxsize=2)
def about(folder) -> About | None:
    """Return what a folder is for; None where it doesn't say. Never raises."""
    try:
        told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        headers = tuple((name, value) for name, value in told["headers"])
        return About(told["day"], frozenset(told["addresses"]), headers)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def linked_name() -> str:
    """Return the name of the folder that holds now; nothing where there is none. Never raises."""
    try:
        return str((home() / LINK).readlink())
    except OSError:
        return ""


def linked() -> Path | None:
    """Return the folder that holds now; None where there is none. Never raises."""
    name = linked_name()
    return home() / name if FOLDER.fullmatch(name) else None


def number_of(folder) -> int:
    """Return the generation that a folder shows."""
    return int(FOLDER.fullmatch(folder.name)[1])


def link(folder) -> None:
    """Let a folder hold from now on; only under the lock. Raises OSError."""
    draft = home() / f".{folder.name}"
    draft.symlink_to(folder.name)
    draft.replace(home() / LINK)


def unlink_other_than(number) -> bool:
    """Take away what shows another generation (None: any), and return whether that was needed.

    Raises OSError where this process may not.
    """
    if not _is_other(number):
        return False
    with lock():
        # Meanwhile a newer one may have been linked.
        if _is_other(number):
            (home() / LINK).unlink(missing_ok=True)
    return True


def _is_other(number):
    folder = linked()
    return folder is not None and number_of(folder) != number


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


def file_of(folder, address, content_type=PAGE) -> Path | None:
    """Return where an answer of this type lies; None for addresses that are never kept."""
    return folder / address.strip("/") / NAMES[content_type] if may_be_kept(address) else None


def files_of(folder, address) -> list[Path]:
    """Return where what is kept of an address may lie, by its type; there is one of them at most."""
    return [file_of(folder, address, content_type) for content_type in NAMES] if may_be_kept(address) else []


def may_be_kept(address) -> bool:
    """Whether an address is one whose answer can be a file at all."""
    return bool(ADDRESS.fullmatch(address))


def written(folder, address) -> Path | None:
    """Return the file of an address, if it is there."""
    return next((path for path in files_of(folder, address) if path.exists()), None)


def is_plain(query) -> bool:
    """Whether a query changes nothing: there is none, or it names a campaign."""
    if not query:
        return True
    return len(query) <= LONGEST_QUERY and all(CAMPAIGN.fullmatch(part) for part in query.split("&"))


def put(path, content, *, seconds=None) -> int:
    """Put a file there in one step and return its size; its time is the one given. Raises OSError."""
    with NamedTemporaryFile(dir=path.parent, prefix=".new", delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(content)
            file.flush()
            # Or a power cut could leave the new name with nothing in it.
            os.fsync(file.fileno())
            draft.chmod(0o644)
            if seconds is not None:
                os.utime(draft, (seconds, seconds))
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    return len(content)
