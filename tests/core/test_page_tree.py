"""Where pages may stand."""

import pytest
from wagtail.models import Page, get_page_models

from clinic.core.models import BasePage, HomePage

pytestmark = pytest.mark.once

PAGES = [
    model for model in get_page_models() if model is not Page and not model.__module__.startswith("wagtail")
]


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_parents_and_children_are_declared(model):
    assert "parent_page_types" in model.__dict__
    assert "subpage_types" in model.__dict__ or model is HomePage


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
def test_page_belongs_to_a_section(model):
    assert issubclass(model, BasePage)
    assert model.section in {
        "home",
        "treatments",
        "blog",
        "team",
        "locations",
        "questions",
        "fees",
        "policies",
        "other",
    }


def test_only_the_home_page_may_stand_at_the_root():
    assert [model for model in PAGES if Page in model.allowed_parent_page_models()] == [HomePage]


def test_nothing_stands_below_a_leaf():
    leaves = {
        "BlogPage",
        "TreatmentPage",
        "ComparisonPage",
        "PersonPage",
        "LocationPage",
        "PolicyPage",
        "FeesPage",
    }
    assert all(not m.allowed_subpage_models() for m in PAGES if m.__name__ in leaves)
