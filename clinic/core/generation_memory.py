"""What stays the same within a generation, found once and remembered in this process.

Only while a page is being shown: whoever changes something, and whatever runs in the background, asks the
database each time. The number is read once for each answer, before what it stands for; so what is remembered
under a number is never older than it.
"""

from contextlib import contextmanager
from threading import local

from . import generation

_answer = local()
# A process shows pages of one generation at a time: the number, and what was found under it.
_kept = (0, {})


class GenerationMemoryMiddleware:
    """Lets what shows a page remember; the number is asked for where something needs it only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with remembering():
            return self.get_response(request)


@contextmanager
def remembering():
    """Remember within this block; the number is read anew in each."""
    _answer.number, _answer.is_open = None, True
    try:
        yield
    finally:
        _answer.is_open = False


def kept(key, build):
    """Return what ``build`` finds, found once in a generation. Nobody may change the value.

    The key must come from what editors made, never from an address that a visitor can invent.
    """
    if not getattr(_answer, "is_open", False):
        return build()
    if _answer.number is None:
        _answer.number = generation.current()
    values = _values_of(_answer.number)
    if key not in values:
        values[key] = build()
    return values[key]


def forget() -> None:
    """Begin with nothing."""
    global _kept
    _kept = (0, {})


def _values_of(number):
    """Return what is kept under this number. Another number throws away the rest, in one assignment."""
    global _kept
    current = _kept
    if current[0] != number:
        current = _kept = (number, {})
    return current[1]
