"""A limit on how long a PostgreSQL server may stay silent, kept on our side of the connection.

The server's own time limits don't help when it hangs or its machine is gone: nobody is there to keep
them, and a visitor would wait until the proxy gives up. psycopg2 lets the application do the waiting,
so this waits for a limited time and then says that the database is away.
"""

import select
import time

from psycopg2 import OperationalError, extensions

# A little longer than the server's own limit for a statement, so that its clearer error comes first.
SECONDS = 3.5
EVENTS = {extensions.POLL_READ: select.POLLIN, extensions.POLL_WRITE: select.POLLOUT}


def keep_deadline():
    """Limit every wait of this process, for connections that are opened from now on."""
    extensions.set_wait_callback(wait)


def wait(connection, seconds=SECONDS):
    """Wait until the server answered. Raises psycopg2.OperationalError after ``seconds`` of waiting."""
    deadline = time.monotonic() + seconds
    while (state := connection.poll()) != extensions.POLL_OK:
        poll = select.poll()
        poll.register(connection.fileno(), EVENTS[state])
        if not poll.poll(max(0, deadline - time.monotonic()) * 1000):
            raise OperationalError("The database server does not answer.")
