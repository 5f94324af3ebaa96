"""What treatments add to the clinic's facts."""

from dataclasses import replace

from wagtail import hooks

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
