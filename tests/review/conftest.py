"""The site that these tests work on."""

import pytest

from tests.factories.pages import HomePageFactory
from tests.factories.review import ClinicalSite


@pytest.fixture
def clinic(db):
    """A site with clinicians, somebody who writes, and what a clinical page needs."""
    return ClinicalSite(HomePageFactory.make_site())
