"""The least that a server can answer, and a page from memory: the ceiling of whatever runs inside."""

import json
import os
from functools import cache
from pathlib import Path

SMALL = ([("Content-Type", "text/plain"), ("Content-Length", "2")], b"ok")


def keep(folder, headers, content):
    """Let the server answer so at any address but the first."""
    (folder / "page.bytes").write_bytes(content)
    (folder / "page.json").write_text(json.dumps(headers))


@cache
def _page():
    folder = Path(os.environ["VAR_DIR"])
    headers = [(name, value) for name, value in json.loads((folder / "page.json").read_text())]
    return headers, (folder / "page.bytes").read_bytes()


def application(environ, start_response):
    """Answer two bytes, or a page with a page's head."""
    headers, content = SMALL if environ["PATH_INFO"] == "/" else _page()
    start_response("200 OK", headers)
    return [content]
