"""Files of the spool: written whole or not at all, and damaged ones never taken for sound.

The way of maildir: write a draft, fsync it, rename it, fsync the folder; only then is a request
acknowledged. Layout of a file: magic line | JSON of the clear columns | newline | envelope |
SHA-256 of everything before it. The name is the idempotency key, so the same request sent again
meets the same file. No key is needed to write or to read one.

Whoever writes needs no more of the folder than to put something into it: the process that takes requests
in may be kept from listing it (mode 3730, owned by whoever replays). So how full it is says a tally beside
the files, which grows by a byte for each block that is written; the replay, which sees all, sets it right.
"""

import contextlib
import errno
import hashlib
import json
import os
import time
from pathlib import Path

MAGIC = b"consult-spool/1\n"
# Release 0.1.0 would set aside what bears a mark as damaged, so a worker of it passes these names over.
SUFFIX = ".sealed"
SUFFIXES = (SUFFIX, ".seal")
DAMAGED_SUFFIX = ".damaged"
# The name of such a file is all it says: who asked for the copy of which request.
WISH_SUFFIX = ".copy"
DIGEST_BYTES = 32
TALLY = ".tally"
BLOCK = 256
# The folder decides who comes as far as the files: that of one user is closed to everybody else.
FILE_MODE, TALLY_MODE = 0o640, 0o660
# Drafts this old were never acknowledged: their writer was killed (seconds).
DRAFT_AGE = 3600


class SpoolProblem(OSError):
    """A file can't be kept; nothing was acknowledged."""


class DamagedFile(ValueError):
    """A file is not what was written. Never holds contents."""


def write(folder: Path, name: str, clear: dict, envelope: bytes, *, max_bytes: int) -> None:
    """Keep a sealed request under its name; safe against power cuts once it returns.

    Raises SpoolProblem where it can't be kept, also when the folder would exceed ``max_bytes``.
    """
    body = MAGIC + json.dumps(clear, ensure_ascii=True).encode() + b"\n" + envelope
    draft = folder / f".{name}.{os.getpid()}.{time.monotonic_ns()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The same request sent again takes the place of its file.
        if not (folder / f"{name}{SUFFIX}").exists():
            _count_in(folder, len(body), max_bytes=max_bytes)
        _write_through(draft, body + hashlib.sha256(body).digest())
        draft.rename(folder / f"{name}{SUFFIX}")
        _sync_folder(folder)
    except SpoolProblem:
        raise
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise _problem_of(error) from None


def keep_wish(folder: Path, reference: str) -> None:
    """Keep that somebody wants the copy of a request; the same wish again is the same file.

    Raises SpoolProblem where it can't be kept.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            _write_through(folder / f"{reference}{WISH_SUFFIX}", b"")
        _sync_folder(folder)
    except OSError as error:
        raise _problem_of(error) from None


def wishes(folder: Path) -> list[Path]:
    """Return the wishes for copies, oldest first."""
    return sorted(folder.glob(f"*{WISH_SUFFIX}"), key=modified)


def takes_more(folder: Path, *, max_bytes: int) -> bool:
    """Whether a file could be kept right now, as far as a quick look can tell."""
    probe = folder / f".probe.{os.getpid()}.{time.monotonic_ns()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe.write_bytes(MAGIC)
        probe.unlink()
        return _counted(folder) < max_bytes
    except OSError:
        return False


def pending(folder: Path) -> list[Path]:
    """Return the files to replay, oldest first."""
    return sorted((path for suffix in SUFFIXES for path in folder.glob(f"*{suffix}")), key=modified)


def damaged(folder: Path) -> list[Path]:
    """Return the files somebody has to look at."""
    return sorted(folder.glob(f"*{DAMAGED_SUFFIX}"))


def waiting_for(folder: Path, seconds: float) -> int:
    """Return how many files have waited longer than that for their replay."""
    before = time.time() - seconds
    # One that is gone by now has been replayed.
    return sum(0 < modified(path) < before for path in pending(folder))


def read(path: Path) -> tuple[dict, bytes]:
    """Return the clear columns and the envelope. Raises DamagedFile, OSError."""
    whole = path.read_bytes()
    body, digest = whole[:-DIGEST_BYTES], whole[-DIGEST_BYTES:]
    if not body.startswith(MAGIC) or hashlib.sha256(body).digest() != digest:
        raise DamagedFile(path.name)
    clear, _, envelope = body[len(MAGIC) :].partition(b"\n")
    return json.loads(clear), envelope


def discard(path: Path) -> None:
    """Remove a file whose request is in the database."""
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def set_aside(path: Path) -> None:
    """Keep a damaged file out of the replay, for somebody to look at; nothing is deleted."""
    path.rename(path.with_suffix(DAMAGED_SUFFIX))
    _sync_folder(path.parent)


def sweep_drafts(folder: Path) -> None:
    """Remove drafts whose writers were killed before anything was acknowledged."""
    for draft in folder.glob(".*.*"):
        if time.time() - modified(draft) > DRAFT_AGE:
            draft.unlink(missing_ok=True)


def count_anew(folder: Path) -> None:
    """Let the tally say what really lies there; what is being written at this moment may be missed."""
    with contextlib.suppress(FileNotFoundError):
        tally = folder / TALLY
        blocks = _blocks(sum(path.stat().st_size for path in [*pending(folder), *damaged(folder)]))
        if tally.stat().st_size != blocks:
            os.truncate(tally, blocks)


def _count_in(folder: Path, size: int, *, max_bytes: int) -> None:
    """Add a file to the tally before it is written. Raises SpoolProblem where there is no room for it."""
    if _counted(folder) + size > max_bytes:
        raise SpoolProblem("The spool has reached its limit.")
    tally = folder / TALLY
    try:
        # Not "create": in a folder of several users Linux refuses that for a file of somebody else.
        descriptor = os.open(tally, os.O_WRONLY | os.O_APPEND)
    except FileNotFoundError:
        descriptor = os.open(tally, os.O_WRONLY | os.O_APPEND | os.O_CREAT, TALLY_MODE)
        os.fchmod(descriptor, TALLY_MODE)
    with open(descriptor, "ab") as file:  # noqa: PTH123
        file.write(bytes(_blocks(size)))


def _counted(folder: Path) -> int:
    try:
        return (folder / TALLY).stat().st_size * BLOCK
    except FileNotFoundError:
        return 0


def _problem_of(error: OSError) -> SpoolProblem:
    """Return what may be told of an error: its text may name a path; kind and code, such as ENOSPC, do."""
    code = errno.errorcode.get(error.errno or 0, "")
    return SpoolProblem(f"{type(error).__name__} {code}".rstrip())


def _blocks(size: int) -> int:
    return -(-size // BLOCK)


def _write_through(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with open(descriptor, "wb") as file:  # noqa: PTH123
        # Whoever replays may be somebody else, whatever the process keeps to itself.
        os.fchmod(descriptor, FILE_MODE)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        # What can't be listed can't be opened either: everything is written out instead.
        os.sync()
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def modified(path: Path) -> float:
    """Return when a file was written, in seconds; 0 where it is gone."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
