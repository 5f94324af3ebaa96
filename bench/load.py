"""Many clients at once, with connections that stay open, in processes of their own."""

import http.client
import re
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from .people import BROWSER
from .targets import FORM_PATH

PROCESSES, THREADS = 2, 8
CLIENTS = PROCESSES * THREADS
# People between the first of one round and the first of the next.
PEOPLE_PER_ROUND = 100_000
TOKEN = re.compile(rb'name="token" value="([^"]+)"')
# Nobody fills in the form faster than this (seconds).
FILLING_IN = 3.2
PATIENCE = 20


@dataclass
class Round:
    """What the clients of one round saw."""

    elapsed: float = 0
    milliseconds: list = field(default_factory=list)
    references: list = field(default_factory=list)
    wrong: Counter = field(default_factory=Counter)
    # Connections that the server had closed; the request was sent again, as browsers do.
    reopened: int = 0

    def add(self, other):
        """Take in what another process saw in the same time."""
        self.elapsed = max(self.elapsed, other.elapsed)
        self.milliseconds += other.milliseconds
        self.references += other.references
        self.wrong += other.wrong
        self.reopened += other.reopened

    @property
    def rate(self):
        """Answers per second."""
        return len(self.milliseconds) / self.elapsed


class Clients:
    """All clients of a site; they live from round to round."""

    def __init__(self, url):
        self._url = url
        self._rounds = 0

    def __enter__(self):
        self._processes = ProcessPoolExecutor(PROCESSES)
        self._token = fetch_token(self._url)
        time.sleep(FILLING_IN)
        return self

    def __exit__(self, *problem):
        self._processes.shutdown()

    def ask_for(self, target, seconds):
        """Return the round in which everybody asks for this target, again and again."""
        begin = self._rounds * PEOPLE_PER_ROUND
        self._rounds += 1
        shares = [
            self._processes.submit(drive, self._url, self._token, target, begin + first, seconds)
            for first in range(0, CLIENTS, THREADS)
        ]
        whole = Round()
        for share in shares:
            whole.add(share.result())
        if not whole.milliseconds:
            raise RuntimeError(f"{target.name}: nobody got an answer, but {dict(whole.wrong)}.")
        return whole


def drive(url, token, target, first, seconds):
    """Let the clients of one process work for some seconds; ``first`` is the first one's first person."""
    seen = Round()
    begin = time.monotonic()
    threads = [
        threading.Thread(target=Client(url, token, target, seen).work, args=(first + n, begin + seconds))
        for n in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.elapsed = time.monotonic() - begin
    return seen


class Client:
    """One connection and one request at a time, each in another person's name."""

    def __init__(self, url, token, target, seen):
        self._url, self._token, self._target, self._seen = url, token, target, seen
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)

    def work(self, number, deadline):
        """Ask until the time is over."""
        while time.monotonic() < deadline:
            consult = self._target.request(number, self._url, self._token)
            number += CLIENTS
            begin = time.monotonic()
            try:
                answer = self._answer(*consult)
            except (OSError, http.client.HTTPException) as problem:
                self._connection.close()
                self._seen.wrong[type(problem).__name__] += 1
                continue
            self._seen.milliseconds.append((time.monotonic() - begin) * 1000)
            self._judge(answer)
        self._connection.close()

    def _answer(self, *consult):
        try:
            return self._send(*consult)
        except (ConnectionError, http.client.RemoteDisconnected):
            self._connection.close()
            self._seen.reopened += 1
            return self._send(*consult)

    def _send(self, *consult):
        self._connection.request(*consult)
        answer = self._connection.getresponse()
        answer.read()
        return answer

    def _judge(self, answer):
        if not self._target.is_fine(answer):
            self._seen.wrong[answer.status] += 1
        elif self._target.gives_reference:
            self._seen.references.append(self._target.reference_in(answer))


def fetch_token(url):
    """Return the token of a form that is handed out now."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    connection.request("GET", FORM_PATH, headers=BROWSER)
    token = TOKEN.search(connection.getresponse().read())[1].decode()
    connection.close()
    return token
