"""The part of `make bench` about the server's class; it runs only where PARTS names it."""

import os
import time
from contextlib import ExitStack, suppress
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from bench.aims import not_run
from bench.databases import sqlite_file
from bench.outcome import Outcome
from bench.pages import load, processes
from bench.pages.servers import free_port, gunicorn, running
from bench.site import Site

from .slow import slow_senders

CLASSES = {
    "gthread 2 × 4": [],
    "gthread 2 × 4, a socket each": ["--reuse-port"],
    "gthread 1 × 8": ["--workers", "1", "--threads", "8"],
    "gthread 3 × 4": ["--workers", "3"],
    "sync × 3": ["--worker-class", "sync", "--workers", "3"],
    "sync × 5": ["--worker-class", "sync", "--workers", "5"],
}
SECONDS = float(os.environ.get("SECONDS") or 3)
ROUNDS, FEW, MANY = 3, 16, 64
SENDERS, PATIENCE = 10, 8
REST = 6  # longer than the server keeps an idle connection


def run():
    """Measure each class in turn, several rounds of all."""
    from django.conf import settings

    outcome = Outcome()
    if not load.program():
        outcome.aims.append(not_run("classes", "for want of wrk (Debian's package)"))
        return outcome
    folder = settings.VAR_DIR / "classes"
    folder.mkdir()
    with sqlite_file(folder) as url:
        site = Site(folder, url)
        site.prepare()
        seen = {name: [] for name in CLASSES}
        for _ in range(ROUNDS):
            for name, options in CLASSES.items():
                seen[name].append(_see(site, folder, options))
    outcome.say(_table(seen))
    return outcome


def _see(site, folder, options):
    """Return what one class does: nothing much, the form, many clients, and all beside slow senders."""
    port = free_port()
    command = gunicorn("clinic.wsgi", port, str(folder / "access.log"), *options)
    here = f"http://127.0.0.1:{port}"
    with ExitStack() as stack:
        pid, _ = stack.enter_context(
            running(command, site.environment, f"{here}/-/ready", str(folder / "servers.log"))
        )
        for path in ("/-/live", "/consultation/"):
            load.ask(here + path, clients=FEW, seconds=1)
        time.sleep(REST)
        before = _by_process(pid)
        live = load.ask(f"{here}/-/live", clients=FEW, seconds=SECONDS)
        ticks = sorted(after - before.get(each, 0) for each, after in _by_process(pid).items())
        form = load.ask(f"{here}/consultation/", clients=FEW, seconds=SECONDS)
        many = load.ask(f"{here}/-/live", clients=MANY, seconds=SECONDS)
        time.sleep(REST)
        with slow_senders(port, SENDERS):
            time.sleep(1)
            waited = _wait(f"{here}/-/live")
        return {
            "live": live.rate,
            "p99": live.p99,
            "share": ticks[-1] / max(sum(ticks), 1),
            "form": form.rate,
            "form_p99": form.p99,
            "many": many.rate,
            "many_p99": many.p99,
            "beside": waited,
            "memory": processes.megabytes([pid]),
        }


def _by_process(pid):
    return {each: processes.milliseconds([each]) for each in processes.family(pid)[1:]}


def _wait(url):
    """Return how many milliseconds somebody waits for a page, or infinity."""
    begin = time.monotonic()
    with suppress(URLError, TimeoutError), urlopen(url, timeout=PATIENCE):  # noqa: S310
        return (time.monotonic() - begin) * 1000
    return float("inf")


def _table(seen):
    lines = [
        f"| | `/-/live`, {FEW} clients: per second, p99 | busiest process | form GET: per second, p99 "
        f"| `/-/live`, {MANY} clients: per second, p99 | a page beside {SENDERS} slow forms | memory |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, rounds in seen.items():
        of = {key: median(each[key] for each in rounds) for key in rounds[0]}
        beside = "in vain" if of["beside"] == float("inf") else f"{of['beside']:.0f} ms"
        shares = ", ".join(f"{100 * each['share']:.0f}" for each in rounds)
        lines.append(
            f"| {name} | {of['live']:,.0f}, {of['p99']:.0f} ms | {shares} % | {of['form']:,.0f}, "
            f"{of['form_p99']:.0f} ms | {of['many']:,.0f}, {of['many_p99']:.0f} ms | {beside} "
            f"| {of['memory']:.0f} MB |"
        )
    return "\n".join(lines)
