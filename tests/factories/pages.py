"""Pages with just enough in them to be published and read."""

from datetime import date

import factory
import wagtail_factories
from wagtail.models import Page, Site

from blog.models import BlogIndexPage, BlogPage, BlogTopic
from clinic.core.models import (
    FaqPage,
    HomePage,
    PolicyIndexPage,
    PolicyPage,
    StandardPage,
)
from clinic.locations.models import LocationIndexPage, LocationPage
from clinic.team.models import PersonPage, TeamIndexPage
from clinic.treatments.models import ComparisonPage, FeesPage, TreatmentIndexPage, TreatmentPage

PARAGRAPH = "<p>Plain words about a quiet morning.</p>"


class HomePageFactory(wagtail_factories.PageFactory):
    """The home page, standing at the root of the default site."""

    title = "Home"
    hero_heading = "Care that explains itself"
    hero_text = "We take time."
    body = []

    class Meta:
        model = HomePage

    @classmethod
    def make_site(cls, **kwargs):
        """Return a home page that the default site shows at /."""
        root = Page.objects.get(depth=1)
        home = cls(parent=root, slug="front", **kwargs)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
        )
        return home


class StandardPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Page {n}")
    body = []

    class Meta:
        model = StandardPage


class FaqPageFactory(wagtail_factories.PageFactory):
    title = "Questions"
    body = []

    class Meta:
        model = FaqPage


class PolicyIndexPageFactory(wagtail_factories.PageFactory):
    title = "Policies"
    body = []

    class Meta:
        model = PolicyIndexPage


class PolicyPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Policy {n}")
    effective_date = date(2026, 1, 1)
    body = []
    earlier_versions = []

    class Meta:
        model = PolicyPage


class TreatmentIndexPageFactory(wagtail_factories.PageFactory):
    title = "Treatments"
    introduction = PARAGRAPH
    body = []

    class Meta:
        model = TreatmentIndexPage


class TreatmentPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Treatment {n}")
    what_it_is = PARAGRAPH
    how_it_is_given = PARAGRAPH
    before_visit = PARAGRAPH
    during_visit = PARAGRAPH
    after_visit = PARAGRAPH
    evidence = PARAGRAPH
    risks = PARAGRAPH
    not_for = PARAGRAPH
    aftercare = PARAGRAPH
    cost = PARAGRAPH
    body = []
    references = []

    class Meta:
        model = TreatmentPage


class ComparisonPageFactory(wagtail_factories.PageFactory):
    title = "Two ways compared"
    introduction = PARAGRAPH
    options = [
        {"type": "option", "value": {"name": "IV infusion", "page": None}},
        {"type": "option", "value": {"name": "IM injection", "page": None}},
    ]
    rows = [
        {
            "type": "row",
            "value": {
                "criterion": "How it is given",
                "cells": ["a drip", "an injection"],
                "source": "practice",
            },
        }
    ]
    body = []
    references = []

    class Meta:
        model = ComparisonPage


class FeesPageFactory(wagtail_factories.PageFactory):
    title = "Fees"
    introduction = PARAGRAPH
    body = []

    class Meta:
        model = FeesPage


class TeamIndexPageFactory(wagtail_factories.PageFactory):
    title = "Team"
    introduction = PARAGRAPH

    class Meta:
        model = TeamIndexPage


class PersonPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Sample person {n}")
    role = "Nurse"
    biography = PARAGRAPH

    class Meta:
        model = PersonPage


class LocationIndexPageFactory(wagtail_factories.PageFactory):
    title = "Locations"
    introduction = PARAGRAPH

    class Meta:
        model = LocationIndexPage


class LocationPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Place {n}")
    street = "100 Placeholder Street"
    city = "Sampleton"
    region = "CO"
    postal_code = "00000"
    time_zone = "America/Denver"
    body = []

    class Meta:
        model = LocationPage


class BlogTopicFactory(factory.django.DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")

    class Meta:
        model = BlogTopic


class BlogIndexPageFactory(wagtail_factories.PageFactory):
    title = "Blog"
    slug = "blog"
    introduction = PARAGRAPH

    class Meta:
        model = BlogIndexPage


class BlogPageFactory(wagtail_factories.PageFactory):
    title = factory.Sequence(lambda n: f"Post {n}")
    summary = "What this post says."
    published_on = date(2026, 3, 1)
    body = [{"type": "text", "value": PARAGRAPH}]
    references = []

    class Meta:
        model = BlogPage
