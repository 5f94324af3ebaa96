"""Patients who send one request after the other, and each again and again until it is acknowledged."""

import contextlib
import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.factories.forms import BROWSER, form_data

TOKEN = re.compile(r'name="token" value="([^"]+)"')
REFERENCE = re.compile(r"/received/(\w{10})/")
HEADERS = {**BROWSER, "Content-Type": "application/x-www-form-urlencoded"}
# Nobody fills in the form faster than this (seconds).
FILLING_IN = 3.2
# Longer than the site may ever need, and no reason to give up.
PATIENCE = 20


@dataclass
class Submission:
    """One form, and every answer that its sender got."""

    data: dict
    references: list = field(default_factory=list)
    refusals: int = 0
    failures: int = 0


@dataclass
class Load:
    """Several patients at once; what they saw is read after ``stop``."""

    url: str
    label: str
    clients: int = 6
    submissions: list = field(default_factory=list)
    seconds: list = field(default_factory=list)
    form_statuses: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    token: str = ""

    @contextlib.contextmanager
    def running(self):
        """Begin, and in the end let everybody come to the end of the request they are at.

        Where the block fails nobody is waited for: what they try may never come to an end.
        """
        self._start()
        try:
            yield
        finally:
            self._over.set()
        for thread in self._threads:
            thread.join()

    def _start(self):
        """Fetch the form once, take the time a person takes, and begin."""
        self._over = threading.Event()
        self.token = self._fetch_token()
        time.sleep(FILLING_IN)
        jobs = [(self._send, (number,)) for number in range(self.clients)] + [(self._look, ())]
        self._threads = [threading.Thread(target=job, args=args, daemon=True) for job, args in jobs]
        for thread in self._threads:
            thread.start()

    def _fetch_token(self):
        """Open the form; again where the process that was asked is just being killed."""
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                return TOKEN.search(ask(self.url, "GET")[2])[1]
            except (OSError, http.client.HTTPException):
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.1)

    @property
    def acknowledged(self):
        """The submissions whose senders were thanked."""
        return [s for s in self.submissions if s.references]

    def _send(self, client):
        number = 0
        while not self._over.is_set():
            number += 1
            name = f"{self.label} {client}-{number}"
            digits = f"{abs(hash(name)) % 10**7:07}"
            data = form_data(
                name=name,
                phone=f"(555) {digits[:3]}-{digits[3:]}",
                email=f"{name.replace(' ', '.')}@example.org",
                note=f"Note of {name} ✓",
                token=self.token,
            )
            submission = Submission(data)
            self.submissions.append(submission)
            self._insist(submission)

    def _insist(self, submission):
        """Send the very same form until it is taken; at the end of the trial a last few times."""
        last_tries = 40
        while not submission.references and last_tries:
            last_tries -= self._over.is_set()
            begin = time.monotonic()
            try:
                status, headers, page = ask(self.url, "POST", submission.data)
            except (OSError, http.client.HTTPException):
                submission.failures += 1
                time.sleep(0.05)
                continue
            self.seconds.append(time.monotonic() - begin)
            self._judge(submission, status, headers, page)

    def _judge(self, submission, status, headers, page):
        reference = REFERENCE.search(headers.get("Location", ""))
        if status == 303 and reference:
            submission.references.append(reference[1])
        elif status == 503 and "We have your request" not in page and submission.data["name"] in page:
            submission.refusals += 1
            time.sleep(0.2)
        else:
            self.wrong.append(f"POST {status}")
            time.sleep(0.2)

    def _look(self):
        """Open the form now and then: it must always be there."""
        while not self._over.wait(0.5):
            try:
                self.form_statuses.append(ask(self.url, "GET")[0])
            except (OSError, http.client.HTTPException):
                # Its process was killed; the next one answers.
                continue


def ask(url, method, data=None):
    """Return status, headers and page of the form's address, without following a redirect."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    try:
        body = urlencode(data, doseq=True) if data else None
        connection.request(method, "/consultation/", body, HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()
