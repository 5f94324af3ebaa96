"""Exit with one line when the port given on the command line can't be listened on."""

import socket
import sys


def problem_with(port):
    """Return why the port can't be used, or nothing."""
    with socket.socket() as listener:
        # As the server will: a connection that is just closing doesn't make the port taken.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
            listener.listen()
        except PermissionError:
            return f"Port {port} needs an administrator: choose one above 1023, such as PORT=8080."
        except OSError:
            return f"Port {port} is taken by another program: choose another, such as PORT={int(port) + 1}."
        except (ValueError, OverflowError):
            return f"PORT={port} is no port: choose a number from 1024 to 65535."
    return None


if __name__ == "__main__":
    sys.exit(problem_with(sys.argv[1]))
