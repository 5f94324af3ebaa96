"""How lines are logged: errors by where they happened and of what kind, without a word of what was typed.

A reference in an address is masked with what follows it. Together with its proof it opens the page of a
request that was received, and beside the time of day it says who looked at it. So is what opens a draft to
whoever has its address, and what lets somebody set a password.
"""

import logging
import re
import traceback

# The same stands in deploy/nginx/clinic.conf.
REFERENCE_IN_ADDRESS = re.compile(
    r"/(?:[a-z]{2}[2-9]-?){3}[a-z](?:/[^/\s?\"']*)?(?=[/\s?\"']|$)", re.IGNORECASE
)
SECRET_IN_ADDRESS = re.compile(r"(/(?:admin/draft|password_reset/confirm))/[^\s?\"']+")


# What begins a line, or moves about on a terminal.
CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class PlainFormatter(logging.Formatter):
    """Writes tracebacks as places and classes only; an exception's text may repeat an input."""

    def format(self, record):
        """Return the line without any reference or secret in an address."""
        line = REFERENCE_IN_ADDRESS.sub("/…", super().format(record))
        return SECRET_IN_ADDRESS.sub(r"\1/…", line)

    def formatMessage(self, record):
        """Keep what is said on one line: an address with a line break in it can't pretend to be another."""
        record.message = CONTROLS.sub(lambda found: repr(found[0])[1:-1], record.message)
        return super().formatMessage(record)

    def formatException(self, ei):
        """Return the chain of exceptions without their messages."""
        _kind, error, _trace = ei
        lines = []
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
            error = error.__cause__ or error.__context__
        return "\n".join(lines)
