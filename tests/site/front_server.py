"""An nginx before the site, with what the examples of deploy/ say of pages and of its own answers."""

import contextlib
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.site.demo import free_port

EXAMPLES = Path(__file__).parents[2] / "deploy" / "nginx"
EXAMPLE_NAMES = ["clinic.conf", "clinic-two-processes.conf"]
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"


def example(name):
    """Return the text of an example."""
    return (EXAMPLES / name).read_text(encoding="utf-8")


def part(text, start):
    """Return the block that begins so, with what is in it."""
    begin = text.index(start)
    end = re.compile(r"^ *\}$", re.MULTILINE).search(text, begin).end()
    return text[begin:end]


@contextlib.contextmanager
def front_server(text, folder, kept, *, application=1, host=None):
    """Serve kept pages, and ask the application for the rest, until the block ends; yields the port.

    Another host than that of the example stands in its place.
    """
    if not Path(NGINX).exists():
        pytest.skip("nginx is not installed")
    port, config = free_port(), folder / "nginx.conf"
    config.write_text(_configuration(text, folder, kept, port, application, host))
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _configuration(text, folder, kept, port, application, host):
    place = part(text, "location @application")
    upstream = re.search(r"proxy_pass http://(\w+);", place)[1]
    parts = [
        part(text, "location / {"),
        place,
        re.search(r"^    error_page .*$", text, re.MULTILINE)[0],
        part(text, "location = /unavailable.html"),
        # Each server of an example says it; here is one.
        *dict.fromkeys(re.findall(r"^    proxy_buffer.*$", text, re.MULTILINE)),
    ]
    server = (
        "\n".join(parts)
        .replace("/srv/clinic/var/kept", str(kept))
        .replace("/srv/clinic/deploy/nginx", str(EXAMPLES))
        .replace("/var/log/nginx", str(folder))
    )
    maps = re.search(r"^log_format of_kept_page .*$", text, re.MULTILINE)[0]
    maps += text[text.index("map $upstream_http_x_content_type_options") : text.index("upstream ")]
    if host:
        maps = maps.replace(r"clinic\.example\.org", host)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    return (
        f"daemon off; user root; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {temporary}\n{maps}\n"
        f"upstream {upstream} {{ server 127.0.0.1:{application}; }}\n"
        f"server {{ listen 127.0.0.1:{port}; proxy_set_header Host $http_host;\n{server}\n}} }}\n"
    )


def _wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
