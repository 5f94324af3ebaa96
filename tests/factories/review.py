"""Clinicians who review, and pages that may go live."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from blog.models import BlogPage
from clinic.core.models import Reference, RegulatoryStatement
from clinic.review.models import ReviewingAccount
from clinic.review.recording import record_review
from clinic.treatments.models import ComparisonPage, TreatmentPage
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ComparisonPageFactory,
    PersonPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)
from tests.factories.users import UserFactory


class ReviewingAccountFactory(factory.django.DjangoModelFactory):
    """A clinician with an account of her own; ``team`` is where her page stands."""

    class Meta:
        model = ReviewingAccount

    class Params:
        team = None

    account = factory.SubFactory(UserFactory, group="Medical reviewers")
    person = factory.LazyAttribute(lambda made: PersonPageFactory(parent=made.team, reviews_content=True))


def a_statement(**fields):
    """Return a statement on approval that holds for a month."""
    today = timezone.localdate()
    wanted = {
        "name": "Approval",
        "text": "Not approved for this use.",
        "source_title": "A source",
        "checked_on": date(2026, 1, 1),
        "expires_on": today + timedelta(days=30),
    }
    return RegulatoryStatement.objects.create(**wanted | fields)


def in_a_year():
    """Return the day of the next review."""
    return timezone.localdate() + timedelta(days=365)


class ClinicalSite:
    """A site with a clinician, somebody who writes, and drafts of clinical pages that lack a review alone."""

    def __init__(self, home):
        self.home = home
        self.team = TeamIndexPageFactory(parent=home, slug="team")
        self.blog = BlogIndexPageFactory(parent=home)
        self.treatments = TreatmentIndexPageFactory(parent=home, slug="treatments")
        self.author = PersonPageFactory(parent=self.team, slug="author")
        self.reviewer = ReviewingAccountFactory(team=self.team)
        self.writer = UserFactory(group="Editors")
        self.statement = a_statement()
        self.source = Reference.objects.create(citation="A study", url="https://journal.example.org/1")

    def draft(self, model=BlogPage, **fields):
        """Return a draft of this kind that lacks nothing but its review."""
        make, parent, own = {
            BlogPage: (BlogPageFactory, self.blog, {"author": self.author}),
            TreatmentPage: (TreatmentPageFactory, self.treatments, {}),
            ComparisonPage: (ComparisonPageFactory, self.treatments, {}),
        }[model]
        sources = {"references": [("reference", self.source)], "statement": self.statement}
        page = make(parent=parent, live=False, **own | sources | fields)
        page.save_revision(user=self.writer)
        return page

    def review(self, page, **answers):
        """Let the clinician review the newest version, and return it as it now is."""
        wanted = {"account": self.reviewer.account, "next_review_on": in_a_year()} | answers
        record_review(page, page.get_latest_revision(), **wanted)
        return page.get_latest_revision().as_object()

    def reviewed(self, model=BlogPage, **fields):
        """Return a draft that may go live."""
        return self.review(self.draft(model, **fields))

    def live(self, model=BlogPage, **fields):
        """Return a page that went live as it should."""
        page = self.reviewed(model, **fields)
        page.get_latest_revision().publish()
        return model.objects.get(pk=page.pk)
