"""What treatments register with Wagtail: their part of the facts, and their list."""

from dataclasses import replace

from wagtail import hooks

from .due import fee_kinds
from .listing import TreatmentList
from .models import TreatmentPage


@hooks.register("construct_clinic_facts")
def add_treatments(facts):
    """Put the names of the published treatments into the facts, in the order of the site."""
    pages = TreatmentPage.objects.live().public().order_by("path")
    names = list(pages.values_list("title", "title_es"))
    return replace(
        facts,
        treatments=[title for title, _spanish in names],
        treatments_es={title: spanish for title, spanish in names if spanish},
    )


@hooks.register("register_admin_viewset")
def register_list():
    """Add the list of treatments."""
    return TreatmentList()


@hooks.register("construct_due")
def add_fees():
    """Say which fees fall due."""
    return fee_kinds()
