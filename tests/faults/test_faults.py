"""The fault trial in short: what is acknowledged is stored once, whatever dies meanwhile."""

import contextlib
import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories.forms import form_data

from .checker import rows_of
from .clients import ask
from .databases import PostgresServer, SqliteFile
from .site import Site
from .trial import both, run

pytestmark = pytest.mark.in_order
SECONDS = 8


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """An empty site of its own on a database of its own, of the kind this run is about."""
    on_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    folder = tmp_path_factory.mktemp("faults")
    database = (PostgresServer if on_postgresql else SqliteFile)(folder)
    try:
        site = Site(folder, database)
        site.prepare()
        yield site
    finally:
        database.close()


@pytest.fixture(scope="module")
def served(site):
    """The same site, served until the tests that share it are over."""
    with site.running():
        yield site


# The first one: the others share a site that is served all the time, at the same address.
def test_the_form_is_there_and_taken_when_the_server_starts_without_its_database(site):
    with contextlib.ExitStack() as missing:
        missing.enter_context(site.database.missing())
        with site.running():
            assert ask(site.url, "GET")[0] == 200
            result = run(site, "missing at the start", ending(missing), seconds=4, kills=False)
    assert result.spooled > 0
    assert result.is_good, result


@contextlib.contextmanager
def ending(stack):
    """Heal, once entered, what an outer block broke."""
    stack.close()
    yield


def test_nothing_is_lost_or_doubled_while_processes_and_the_database_die(served):
    result = run(served, "database away", served.database.away(), seconds=SECONDS, broken_for=6)
    assert (result.lost, result.doubled, result.false_thanks, result.complaints) == (0, 0, 0, [])
    assert result.acknowledged == result.submissions > 0
    assert result.kills > 0


def test_with_neither_database_nor_spool_nobody_is_thanked_and_nothing_lost(served):
    neither = both(served.database.away(), served.without_spool())
    result = run(served, "neither", neither, seconds=SECONDS, broken_for=7, kills=False)
    assert (result.lost, result.doubled, result.false_thanks, result.complaints) == (0, 0, 0, [])
    assert result.refused > 0
    # Everybody pressed the button again, and now it worked.
    assert result.acknowledged == result.submissions


def test_fifty_people_who_send_the_same_form_make_one_request(served):
    data = form_data(name="Fifty times")
    with ThreadPoolExecutor(50) as senders:
        answers = list(senders.map(lambda _: ask(served.url, "POST", data), range(50)))
    assert Counter(status for status, _headers, _page in answers) == {303: 50}
    assert len({headers["Location"] for _status, headers, _page in answers}) == 1
    assert [row["contents"]["name"] for row in rows_of(served)].count("Fifty times") == 1
