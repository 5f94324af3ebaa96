"""What is asked for, and what counts as an answer."""

import re
from dataclasses import dataclass

from .people import BROWSER, body_of, headers_of

FORM_PATH = "/consultation/"
REFERENCE = re.compile(r"/received/(\w{10})/")


@dataclass(frozen=True)
class Target:
    """An address, how it is asked, and the status that it answers with."""

    name: str
    method: str
    path: str
    status: int
    gives_reference: bool = False

    def request(self, number, url, token):
        """Return method, path, body and headers. Every POST has the same kind of body."""
        if self.method == "GET":
            return self.method, self.path, None, BROWSER
        return self.method, self.path, body_of(number, token), headers_of(number, url)

    def reference_in(self, answer):
        """Return the reference that an answer acknowledges, or None."""
        found = REFERENCE.search(answer.headers.get("Location", ""))
        return found and found[1]

    def is_fine(self, answer):
        """Whether this is the answer that was asked for."""
        return answer.status == self.status and (not self.gives_reference or bool(self.reference_in(answer)))


# Nothing but the server and the middleware: how much the clients themselves can ask for.
LIVE = Target("nothing (/-/live)", "GET", "/-/live", 200)
FORM = Target("form GET", "GET", FORM_PATH, 200)
BARE = Target("bare insert", "POST", "/-/bare", 204)
POST = Target("form POST", "POST", FORM_PATH, 303, gives_reference=True)
