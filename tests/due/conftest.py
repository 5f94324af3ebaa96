"""A clinic in Denver with one of everything that falls due."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page

from clinic.core.facts import default_facts, write_facts
from clinic.core.models import ClinicImage, Faq, RegulatoryStatement, SiteNotice
from clinic.core.opening_hours import Schedule
from clinic.treatments.models import Fee
from tests.core.picture_files import photo_of_phone, upload
from tests.factories.pages import (
    FeesPageFactory,
    HomePageFactory,
    PersonPageFactory,
    StandardPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)

# A Monday, at nine in Denver.
MONDAY = datetime(2026, 11, 30, 16, tzinfo=UTC)
TODAY = date(2026, 11, 30)
LONG_AGO = MONDAY - timedelta(days=200)


@pytest.fixture(autouse=True)
def a_clinic_in_denver(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    write_facts(replace(default_facts(), short_name="Ridge", hours=Schedule(zone="America/Denver", week={})))


@dataclass
class Clinic:
    """Where pages are made; each maker takes the day on which the thing falls due."""

    home: Page
    treatments: Page
    team: Page
    fees: Page

    def review(self, day, title="Drip"):
        return TreatmentPageFactory(parent=self.treatments, title=title, next_review_on=day)

    def statement(self, day, title="The line"):
        return RegulatoryStatement.objects.create(
            name=title, text="T.", source_title="S", checked_on=day - timedelta(days=400), expires_on=day
        )

    def question(self, day, title="Does it hurt?"):
        return Faq.objects.create(question=title, answer="<p>No.</p>", topic=Faq.Topic.VISIT, review_on=day)

    def fee(self, day, title="Infusion"):
        return Fee.objects.create(
            page=self.fees,
            name=title,
            amount=1,
            unit="per visit",
            included="All",
            effective_from=day - timedelta(days=400),
            expires_on=day,
        )

    def licence(self, day, title="Dr. Ray"):
        return PersonPageFactory(parent=self.team, title=title, licence_valid_until=day)

    def notice(self, day, title="We close early."):
        ends = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
        return SiteNotice.objects.create(text=title, shows_from=LONG_AGO, shows_until=ends)

    def draft(self, day, title="Half a thought"):
        page = StandardPageFactory(parent=self.home, title=title)
        touched = datetime(day.year, day.month, day.day, 18, tzinfo=UTC) - timedelta(days=60)
        Page.objects.filter(pk=page.pk).update(
            has_unpublished_changes=True, latest_revision_created_at=touched
        )
        return page

    def picture(self, day=None, title="A door"):
        image = ClinicImage.objects.create(title=title, file=upload(photo_of_phone(), f"{title}.jpg"))
        ClinicImage.objects.filter(pk=image.pk).update(created_at=LONG_AGO)
        return image

    def link(self, day=None, title="The way here"):
        target = StandardPageFactory(parent=self.home, title=f"{title} leads here", live=False)
        text = f'<p>See <a linktype="page" id="{target.pk}">this</a>.</p>'
        return StandardPageFactory(parent=self.home, title=title, body=[("text", text)])


# What each kind is called on the page, and which maker makes it.
MAKERS = {
    "Reviews": "review",
    "Statements on approval": "statement",
    "Questions": "question",
    "Fees": "fee",
    "Licences": "licence",
    "Notices": "notice",
    "Old drafts": "draft",
    "Unused pictures": "picture",
    "Broken links": "link",
}


@pytest.fixture
def clinic(db):
    home = HomePageFactory.make_site()
    return Clinic(
        home,
        TreatmentIndexPageFactory(parent=home),
        TeamIndexPageFactory(parent=home),
        FeesPageFactory(parent=home),
    )


@pytest.fixture
def on_monday():
    """It is Monday, November 30, nine in the morning in Denver."""
    with time_machine.travel(MONDAY, tick=False):
        assert timezone.now() == MONDAY
        yield MONDAY


def changed_by(thing, user):
    """Let somebody have changed it last."""
    revision = thing.save_revision(user=user)
    type(thing).objects.filter(pk=thing.pk).update(latest_revision=revision)
    return thing
