"""What the form meets on a bad day."""

import pytest
from django.db import OperationalError, connection


@pytest.fixture
def no_database(db):
    """Every query fails as it does when the server is gone; returns what was tried."""
    tried = []

    def refuse(execute, sql, params, many, context):
        tried.append(sql)
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        yield tried
