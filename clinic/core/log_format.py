"""How errors are logged: where they happened and of what kind, without a word of what was typed."""

import logging
import traceback


class PlainFormatter(logging.Formatter):
    """Writes tracebacks as places and classes only; an exception's text may repeat an input."""

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
