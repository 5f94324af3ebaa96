"""What stays the same within a generation, found once and remembered in this process.

Only while a page is being shown: whoever changes something, and whatever runs in the background, asks the
database each time. The number is read once for each answer, before what it stands for; so what is remembered
under a number is never older than it.
"""

from contextlib import contextmanager
from threading import local

from . import generation

STAFF = "/admin/"
# Some kilobytes each; a site with more of everything asks for some of it again.
MOST = 5000

_answer = local()
# A process shows pages of one generation at a time: the number, and what was found under it.
_kept = (0, {})


class GenerationMemoryMiddleware:
    """Lets what shows a page remember; the number is asked for where something needs it only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Whoever edits sees each thing as it is in the database.
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(STAFF):
            return self.get_response(request)
        with remembering():
            return self.get_response(request)


@contextmanager
def remembering():
    """Remember within this block; the number is read anew in each."""
    before = getattr(_answer, "number", None), is_answering()
    _answer.number, _answer.is_open = None, True
    try:
        yield
    finally:
        _answer.number, _answer.is_open = before


def kept(key, build):
    """Return what ``build`` finds, found once in a generation. Nobody may change the value.

    None is never remembered: so an address that a visitor invents fills nothing.
    """
    if not is_answering():
        return build()
    values = _values()
    value = values.get(key)
    if value is None:
        value = build()
        _remember(values, {key: value})
    return value


def kept_of(kind, keys, find):
    """Return ``{key: value}`` for several keys; those not remembered are found by one call of ``find``."""
    keys = set(keys)
    if not is_answering():
        return find(keys) if keys else {}
    values = _values()
    there = {key: value for key in keys if (value := values.get((kind, key))) is not None}
    if missing := keys - there.keys():
        found = find(missing)
        _remember(values, {(kind, key): value for key, value in found.items()})
        there |= found
    return there


def is_answering() -> bool:
    """Whether something is being shown, so that it is worth remembering."""
    return getattr(_answer, "is_open", False)


def number_of_answer() -> int:
    """Return the generation of what is being shown, asked for once; elsewhere the present one.

    Raises django.db.Error.
    """
    if not is_answering():
        return generation.current()
    if _answer.number is None:
        _answer.number = generation.current()
    return _answer.number


def _values():
    return _values_of(number_of_answer())


def _remember(values, found):
    """Add to what is remembered. When that is too much it begins anew, so that it stays within bounds."""
    if len(values) + len(found) > MOST:
        values.clear()
    values.update((key, value) for key, value in found.items() if value is not None)


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
