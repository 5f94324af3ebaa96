"""Firefox's own remote control: JSON over a socket on this machine, as Debian's package speaks it."""

import json
import socket

# How WebDriver marks what stands for an element.
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
COMMAND, ANSWER = 0, 1
# The slowest answer is a page under load.
PATIENCE = 60


class Refused(Exception):
    """Firefox could not do what it was asked; the error's name comes first."""

    def __init__(self, error):
        self.name = error["error"]
        super().__init__(f"{error['error']}: {error['message']}")


class Marionette:
    """One connection, which asks one thing at a time."""

    def __init__(self, port):
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self._stream = self._socket.makefile("rb")
        self._asked = 0
        self._read()  # how the browser introduces itself

    def ask(self, command, **parameters):
        """Return what the browser answers to a command, such as ``WebDriver:Navigate``."""
        self._asked += 1
        message = json.dumps([COMMAND, self._asked, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        kind, number, error, result = self._read()
        if (kind, number) != (ANSWER, self._asked):
            raise ConnectionError(f"an answer to something else: {kind}, {number}")
        if error:
            raise Refused(error)
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def close(self):
        """End the connection."""
        self._stream.close()
        self._socket.close()

    def _read(self):
        """Read one message: its length, a colon, JSON."""
        length = b""
        while (character := self._stream.read(1)) != b":":
            if not character:
                raise ConnectionError("Firefox is gone.")
            length += character
        return json.loads(self._stream.read(int(length)))
