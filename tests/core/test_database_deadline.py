"""A PostgreSQL that accepts and then stays silent is given up after a while, not waited for."""

import contextlib
import socket
import threading

import psycopg2
import pytest
from psycopg2 import extensions

from clinic.core import database_deadline

pytestmark = pytest.mark.once


@pytest.fixture
def silent_server():
    """The address of something that accepts connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        held = []

        def hold():
            with contextlib.suppress(OSError):
                while True:
                    held.append(listener.accept())

        threading.Thread(target=hold, daemon=True).start()
        yield listener.getsockname()


@pytest.fixture
def deadline(monkeypatch):
    """The limit as the server sets it, shorter."""
    monkeypatch.setattr(database_deadline.wait, "__defaults__", (0.3,))
    before = extensions.get_wait_callback()
    database_deadline.keep_deadline()
    yield
    extensions.set_wait_callback(before)


def test_silence_ends(silent_server, deadline):
    """Nothing else would end it: the server never speaks, and this test would stand still."""
    host, port = silent_server
    with pytest.raises(psycopg2.OperationalError, match="does not answer"):
        psycopg2.connect(host=host, port=port, dbname="any", user="any")
