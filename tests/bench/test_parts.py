"""The bench as one command: what it says without the programs it needs, and of parts it doesn't know."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from bench.growth.report import aims
from bench.profile import shares

pytestmark = pytest.mark.once


def bench(tmp_path, **environment):
    # Nothing is on this path but what a shell needs.
    (tmp_path / "git").symlink_to(shutil.which("git"))
    path = {"PATH": str(tmp_path), "PYTHONPATH": str(settings.BASE_DIR)}
    return subprocess.run(
        [sys.executable, "-m", "bench"],
        env={**os.environ, **path, **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_missing_is_said(tmp_path):
    done = bench(tmp_path, PARTS="pages")
    assert done.returncode == 0, done.stderr
    assert "for want of wrk" in done.stdout
    assert "not run" in done.stdout


def test_a_part_that_nobody_knows_is_named(tmp_path):
    done = bench(tmp_path, PARTS="pages cakes")
    assert done.returncode == 2
    assert "not cakes" in done.stdout


def test_growth_is_set_beside_its_aims():
    few, many = (
        {name: {"median": 10.0, "p95": p95, "queries": 8} for name in ("post", "search, a word in one")}
        for p95 in (20.0, 400.0)
    )
    said = {aim.what: aim.verdict for aim in aims("SQLite", {"10": few, "10000": many})}
    assert said["SQLite, 10,000 posts: post × that of 10"] == "reached"
    assert said["SQLite, queries of a post"] == "reached"
    assert said["SQLite, 10,000 posts: search, a word in one, p95"] == "**falls short**"


def test_shares_are_a_whole():
    assert 95 <= sum(shares(lambda: sorted(range(1000), key=str)).values()) <= 101
