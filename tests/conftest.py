"""Fixtures that every test may use."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import settings as hypothesis_settings
from psycopg2 import extensions

from clinic.core import generation_memory, live_rules
from clinic.search.keeper import KEEPER
from tests import choice
from tests.site.crawl import crawl  # noqa: F401
from tests.site.demo import demo_site  # noqa: F401
from tests.site.split import split_site  # noqa: F401

# The same examples on every machine, however slow: a test that fails by chance or load is believed by nobody.
# What searches wider has a seed of its own: tests/consults/intake/test_anything.py.
hypothesis_settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis_settings.load_profile("suite")

TESTS = Path(__file__).parent
# What starts commands and servers of the site, in processes of their own.
SERVED = {
    TESTS / "deploy",
    TESTS / "faults",
    TESTS / "site",
    TESTS / "consults" / "test_canary.py",
    TESTS / "core" / "test_server_log.py",
}


# First: pytest chooses by marks in a hook of the same name, and pytest-django puts last what empties tables.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark the tests that need the running site, then take those, and in the order, that are asked for."""
    for item in items:
        if "demo_site" in item.fixturenames:
            item.add_marker(pytest.mark.walk)
        if not SERVED.isdisjoint((item.path, item.path.parent)):
            item.add_marker(pytest.mark.served)
    chosen, left_out = choice.chosen_part(items)
    config.hook.pytest_deselected(items=left_out)
    items[:] = choice.shuffled(chosen)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown():
    """End the deadline of a server that a test loaded: emptying all tables takes longer than people wait."""
    extensions.set_wait_callback(None)


def pytest_terminal_summary(terminalreporter):
    """Say how to have the same order again."""
    if number := choice.seed():
        terminalreporter.write_line(f"The same order again: TEST_ORDER={number}")


@pytest.fixture(autouse=True)
def nothing_remembered():
    """No test sees what another left in a cache, in a snapshot or among kept pages."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    generation_memory.forget()
    shutil.rmtree(settings.KEPT_PAGES_DIR, ignore_errors=True)
    settings.CLINIC_FACTS_FILE.unlink(missing_ok=True)
    settings.CONSULTS_WORDINGS_FILE.unlink(missing_ok=True)
    shutil.rmtree(settings.SEARCH_DIR, ignore_errors=True)
    KEEPER.forget()
    with connection.execute_wrapper(_forget_with_each_change):
        yield


@pytest.fixture(autouse=True)
def nothing_speaks_against_pages(request, monkeypatch):
    """Let pages go live without a review, since most tests are about something else; not where `judged`."""
    if not request.node.get_closest_marker("judged"):
        monkeypatch.setattr(live_rules, "_rules", [])
        monkeypatch.setattr(live_rules, "_shared_rules", [])


def _forget_with_each_change(execute, sql, params, many, context):
    """PostgreSQL counts generations once a transaction, and a test is one: there each change is another."""
    if connection.vendor == "postgresql" and sql.startswith(("INSERT", "UPDATE", "DELETE")):
        generation_memory.forget()
    return execute(sql, params, many, context)


@pytest.fixture
def count_queries(db):
    """A function that runs another and returns its number of queries, with every cache warm."""

    def count(run):
        run()
        with CaptureQueriesContext(connection) as queries:
            run()
        return len(queries)

    return count
