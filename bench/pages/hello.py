"""The least that a server can answer: the ceiling of whatever runs inside it."""


def application(environ, start_response):
    """Answer two bytes."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
