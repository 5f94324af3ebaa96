"""Bringing spooled requests into the database, each exactly once."""

import logging

from django.conf import settings
from django.db import DataError, IntegrityError

from consults.spool import files
from consults.workflow.errors import ReferenceTaken

from .accept import store
from .copies import grant_wishes
from .submission import SealedRequest

logger = logging.getLogger(__name__)

# What a database says of one row, not of itself, and a disk of one file.
REFUSALS = (IntegrityError, DataError, OSError)


def replay_spool() -> int:
    """Store what lies in the spool and return how many requests that brought.

    A crash between storing and removing a file is harmless: the next pass meets the same key. A
    damaged file is set aside and stays. Raises django.db.Error while the database is away, and in the end
    where it refused a request, or OSError where a file can't be read; that one's file stays, and holds up no
    other.
    """
    folder = settings.CONSULTS_SPOOL_DIR
    files.sweep_drafts(folder)
    brought, refusal = 0, None
    for path in files.pending(folder):
        try:
            brought += _replay(path)
        except REFUSALS as error:
            refusal = error
    files.count_anew(folder)
    # Those who asked for a copy of what was just brought in.
    grant_wishes()
    if refusal:
        raise refusal
    return brought


def _replay(path):
    try:
        sealed = SealedRequest.from_spool(*files.read(path))
    except FileNotFoundError:
        # Another worker was faster.
        return 0
    except (files.DamagedFile, KeyError, TypeError, ValueError):
        logger.critical("spool: a damaged file was set aside")
        files.set_aside(path)
        return 0
    try:
        accepted = store(sealed)
    except ReferenceTaken:
        # Its sender already knows the reference, so no other one can be given; a person decides.
        logger.critical("spool: the reference of a spooled request is taken")
        return 0
    files.discard(path)
    return int(accepted.is_new)
