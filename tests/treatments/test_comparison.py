"""The comparison: every row answers for every option."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories.pages import ComparisonPageFactory, HomePageFactory, TreatmentIndexPageFactory

pytestmark = pytest.mark.once


@pytest.fixture
def index(db):
    return TreatmentIndexPageFactory(parent=HomePageFactory.make_site())


def test_table_pairs_each_answer_with_its_option(index):
    page = ComparisonPageFactory(parent=index)
    assert page.table == [
        {
            "criterion": "How it is given",
            "source": "practice",
            "cells": [("IV infusion", "a drip"), ("IM injection", "an injection")],
        }
    ]


def test_a_row_with_a_missing_answer_is_named(index):
    page = ComparisonPageFactory(parent=index)
    page.rows.append(("row", {"criterion": "Cost", "cells": ["one answer"], "source": "fees"}))
    with pytest.raises(ValidationError, match="“Cost”"):
        page.full_clean()


def test_headers_belong_to_rows_and_columns(client, index):
    html = client.get(ComparisonPageFactory(parent=index).url).content.decode()
    assert html.count('scope="col"') >= 3
    assert 'scope="row"' in html
    assert "<caption" in html
