"""Visitors who look at pages that are being changed, and judge each answer by its generation."""

import contextlib
import http.client
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

HIDDEN = 0
GONE = {301, 302, 403, 404, 410}
PAUSE = 0.004


@dataclass
class Subject:
    """What an address says: a version for each change, and the generation that began with it."""

    address: str
    word: str
    # Whether the database alone decides: then another machine may be late with files only.
    is_asked_anew: bool = True
    versions: list = field(default_factory=lambda: [1])
    generations: list = field(default_factory=lambda: [0])

    def said_by(self, status, body):
        """Return the version that an answer shows; HIDDEN where the page isn't there, None for nonsense."""
        if status in GONE:
            return HIDDEN
        found = re.search(rb"%s(\d+)x" % self.word.encode(), body)
        return int(found[1]) + 1 if status == 200 and found else None

    @property
    def acknowledged(self):
        """How many changes their makers were told of."""
        return len(self.generations) - 1

    def since(self, number):
        """Return the last change that a generation holds."""
        return max((i for i, started in enumerate(self.generations) if started <= number), default=0)


@dataclass(frozen=True)
class Door:
    """Where a visitor comes in: a machine's application, or its front server."""

    node: object
    port: int
    # The machine on which changes are made.
    is_home: bool

    def ask(self, address, method="GET", body=None, **headers):
        """Return status, tag and body."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, address, body, {"Host": "localhost", **headers})
            response = connection.getresponse()
            return response.status, response.headers, response.read()


def kept_number(headers):
    """Return the generation of an answer from a file; 0 for one that was just made."""
    found = re.fullmatch(r'"([0-9a-f]+)-[0-9a-f]+"', headers.get("ETag", ""))
    return int(found[1], 16) if found and headers.get("Last-Modified") else 0


class Visitors:
    """Some at each door; ``complaints`` says what was old or broken, ``kept`` counts answers from files."""

    def __init__(self, doors, subjects, *, at_each=2):
        self._doors = [door for door in doors for _ in range(at_each)]
        self._subjects = subjects
        self._over = threading.Event()
        self.complaints, self.kept, self.answers = [], Counter(), Counter()

    @contextlib.contextmanager
    def looking(self):
        threads = [threading.Thread(target=self._look, args=(door,), daemon=True) for door in self._doors]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in threads:
                thread.join(60)

    def _look(self, door):
        chance = random.Random(door.port)  # noqa: S311
        while not self._over.is_set():
            self._judge(door, chance.choice(self._subjects))
            time.sleep(PAUSE)

    def _judge(self, door, subject):
        # Before it is asked: what was acknowledged by now, and what this machine knows to hold.
        acknowledged, linked = subject.acknowledged, door.node.linked()
        try:
            status, headers, body = door.ask(subject.address)
        except (OSError, http.client.HTTPException) as error:
            self.complaints.append((door.port, subject.address, repr(error)))
            return
        number = kept_number(headers)
        self.answers[door.port] += 1
        self.kept[door.port] += bool(number)
        least = acknowledged
        if not door.is_home and (number or not subject.is_asked_anew):
            least = min(acknowledged, subject.since(max(number, linked)))
        said = subject.said_by(status, body)
        if said not in subject.versions[least:]:
            told = (subject.address, status, said, subject.versions[least:], number, linked)
            self.complaints.append((door.port, *told))
