"""Answering with a kept page before Django is asked, once Django has answered the same question so.

Django's request and all of its middleware take several times as long as the server itself. What is remembered
is a whole answer with its head, for one folder of files: of the next folder everything is asked anew.
"""

from django.conf import settings

from .middleware import KEPT, takes_gzip
from .watch import WATCH

REMEMBERED = 400
# Whoever sends one of these may get another answer than the whole page; so may whoever says more than this
# about the way here.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")
SCHEMES = (None, "http", "https")


class EarlyAnswers:
    """The application, with a memory before it."""

    def __init__(self, application):
        self._application = application
        self._folder, self._answers = None, {}

    def __call__(self, environ, start_response):
        """Answer from memory, or ask the application and remember what it says of a kept page."""
        folder = WATCH.folder
        question = _question(environ) if folder else None
        if question is None:
            return self._application(environ, start_response)
        if folder != self._folder:
            self._answers, self._folder = {}, folder
        answers = self._answers
        if known := answers.get(question):
            status, headers, content = known
            start_response(status, list(headers))
            return [content]
        head = []

        def note(status, headers, *rest):
            head[:] = status, tuple(headers)
            return start_response(status, headers, *rest)

        response = self._application(environ, note)
        # Where the folder was exchanged meanwhile, nobody knows from which one this is.
        if environ.get(KEPT) and len(answers) < REMEMBERED and WATCH.folder == folder:
            answers[question] = (*head, response.content)
        return response


def _question(environ):
    """Return all that the answer depends on; None where somebody asks for more than a page as everybody."""
    is_for_anybody = (
        environ["REQUEST_METHOD"] == "GET"
        and not environ.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and not any(name in environ for name in CONDITIONS)
        and environ.get("HTTP_X_FORWARDED_PROTO") in SCHEMES
    )
    if not is_for_anybody:
        return None
    return (
        environ.get("HTTP_HOST"),
        environ.get("SCRIPT_NAME"),
        environ.get("PATH_INFO"),
        environ.get("wsgi.url_scheme"),
        environ.get("HTTP_X_FORWARDED_PROTO"),
        takes_gzip(environ),
    )
