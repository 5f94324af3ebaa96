"""What treatments add to the clinic's facts."""

from dataclasses import replace

from wagtail import hooks

from .models import TreatmentPage


@hooks.register("construct_clinic_facts")
def add_treatments(facts):
    """Put the titles of the published treatments into the facts, in the order of the site."""
    titles = TreatmentPage.objects.live().public().order_by("path").values_list("title", flat=True)
    return replace(facts, treatments=list(titles))
