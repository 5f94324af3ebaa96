"""A mail server on loopback that takes, refuses or stays silent as a test tells it to."""

import contextlib
import email
import email.policy
import socketserver
import threading

ANSWERS = {"EHLO": "250 here", "HELO": "250 here", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on"}


class FakeSmtpServer(socketserver.ThreadingTCPServer):
    """``answers`` holds what it says to each command; it says nothing while ``speaks`` is cleared.

    ``refused`` holds what it says to single addresses.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers, self.refused, self.speaks = {}, {}, threading.Event()
        self.speaks.set()
        self.received, self.connections = [], 0

    @property
    def port(self):
        """Where it listens."""
        return self.server_address[1]

    def message_ids(self):
        """The numbers of the mails it took, in order."""
        return [mail["Message-ID"] for mail in self.received]


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.server.connections += 1
        with contextlib.suppress(OSError):
            self._say("220 fake")
            while line := self.rfile.readline():
                if not self._answer(line.decode().upper().split()[0], line.decode()):
                    return

    def _answer(self, command, line):
        if command == "QUIT":
            self._say("221 bye")
            return False
        to_one = [said for address, said in self.server.refused.items() if address in line]
        answer = next(iter(to_one), "") or self.server.answers.get(command) or ANSWERS.get(command, "250 ok")
        self._say(answer)
        if command == "DATA" and answer.startswith("354"):
            lines = iter(self.rfile.readline, b".\r\n")
            mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
            if not (refusal := self.server.answers.get("end of DATA")):
                self.server.received.append(mail)
            self._say(refusal or "250 taken")
        return True

    def _say(self, line):
        self.server.speaks.wait()
        self.wfile.write(f"{line}\r\n".encode())


@contextlib.contextmanager
def fake_smtp_server():
    """Run a mail server as long as the block lasts."""
    with FakeSmtpServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.speaks.set()
            server.shutdown()
            thread.join()
