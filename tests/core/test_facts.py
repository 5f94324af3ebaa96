"""The facts: published when editors save, readable without a database."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from wagtail.models import Site

from clinic.core.facts import Location, default_facts, publish_facts, read_facts
from clinic.core.models import ClinicSettings, DefaultHours
from clinic.core.opening_hours import Period, Schedule
from clinic.locations.models import LocationHours
from tests.factories.pages import HomePageFactory, LocationIndexPageFactory, LocationPageFactory

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def own_snapshot(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts" / "facts.json"


def save_settings(**values):
    return ClinicSettings.objects.update_or_create(
        site=Site.objects.get(is_default_site=True), defaults=values
    )[0]


def test_without_a_snapshot_the_settings_speak(settings):
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "name": "Quiet Clinic", "crisis_number": "988"}
    assert read_facts() == default_facts()
    assert (read_facts().name, read_facts().crisis_uri, read_facts().crisis_sms_uri) == (
        "Quiet Clinic",
        "tel:988",
        "sms:988",
    )


@pytest.mark.parametrize("content", ["", "{", "[]", '{"hours": 3}', '{"unknown": 1, "hours": {}}'])
def test_a_torn_snapshot_is_as_good_as_none(settings, content):
    settings.CLINIC_FACTS_FILE.parent.mkdir()
    settings.CLINIC_FACTS_FILE.write_text(content)
    assert read_facts() == default_facts()


def test_saving_the_settings_publishes_them(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        save_settings(name="Ridge Clinic", callback_promise="the same day")
    facts = read_facts()
    assert (facts.name, facts.callback_promise) == ("Ridge Clinic", "the same day")


def test_numbers_and_addresses_do_not_come_from_the_settings(db, settings):
    settings.CLINIC_DEFAULTS = {**settings.CLINIC_DEFAULTS, "phone": "(555) 555-0111", "crisis_number": "111"}
    save_settings(phone="(555) 555-0199", crisis_number="989", emergency_number="912", email="x@example.net")
    facts = publish_facts()
    assert (facts.phone, facts.crisis_number, facts.emergency_number, facts.email) == (
        "(555) 555-0111",
        "111",
        "911",
        "",
    )


def test_an_empty_setting_keeps_the_default(db):
    save_settings(name="")
    assert publish_facts().name == default_facts().name


def test_the_first_location_gives_address_and_hours(db):
    home = HomePageFactory.make_site()
    settings = save_settings(time_zone="America/Chicago")
    DefaultHours.objects.create(settings=settings, weekday=0, opens="09:00", closes="17:00")
    index = LocationIndexPageFactory(parent=home)
    LocationPageFactory(parent=index, title="North")
    publish_facts()
    facts = read_facts()
    assert facts.location_name == "North"
    assert facts.address_lines == ["100 Placeholder Street", "Sampleton, CO 00000"]
    assert [one.town for one in facts.locations] == ["Sampleton, CO"]
    # The location has no hours of its own, so the clinic's usual week holds in its zone.
    assert facts.hours.zone == "America/Denver"
    assert facts.zone == ZoneInfo("America/Denver")
    assert facts.weekly_hours[0] == ("Monday", "9:00\xa0am – 5:00\xa0pm")


def test_the_clinics_zone_is_asked_for_in_one_way(settings):
    packages = [Path(settings.BASE_DIR, name) for name in ("blog", "clinic", "consults")]
    elsewhere = {
        path.name
        for package in packages
        for path in package.rglob("*.py")
        if re.search(r"(facts|facts\(\)|self)\.hours\.(zone|local)\b", path.read_text())
    }
    assert elsewhere == {"snapshot.py"}


def test_every_location_has_hours_of_its_own_or_the_usual_week(db):
    settings = save_settings(time_zone="America/Chicago")
    index = LocationIndexPageFactory(parent=HomePageFactory.make_site())
    DefaultHours.objects.create(settings=settings, weekday=0, opens="09:00", closes="17:00")
    first, second = (LocationPageFactory(parent=index, title=title) for title in ("North", "South"))
    LocationHours.objects.create(page=first, weekday=1, opens=time(7), closes=time(8))
    facts = publish_facts()
    assert facts.choice_of_locations == [(str(first.pk), "North"), (str(second.pk), "South")]
    assert list(facts.hours_of(str(first.pk)).week) == [1]
    assert list(facts.hours_of(str(second.pk)).week) == [0]
    # Its page says the same.
    assert second.schedule.week == facts.hours_of(str(second.pk)).week


def test_publishing_a_location_refreshes_the_facts(db, django_capture_on_commit_callbacks):
    index = LocationIndexPageFactory(parent=HomePageFactory.make_site())
    location = LocationPageFactory(parent=index, title="South")
    with django_capture_on_commit_callbacks(execute=True):
        location.save_revision().publish()
    assert read_facts().location_name == "South"
    with django_capture_on_commit_callbacks(execute=True):
        location.unpublish()
    assert read_facts().location_name == ""


def test_reading_needs_no_query(db, django_assert_num_queries):
    publish_facts()
    with django_assert_num_queries(0):
        facts = read_facts()
        assert facts.hours_today == ""


def on_mondays(zone, opens, closes):
    return Schedule(zone=zone, week={0: (Period(time(opens), time(closes)),)})


@pytest.mark.parametrize(
    ("hour", "is_open", "opens"),
    [
        # Of a Monday in UTC; Denver is seven hours behind, New York five.
        (13, False, 14),
        (14, True, 17),
        (16, False, 17),
        (17, True, None),
        (19, False, None),
    ],
)
def test_one_open_location_is_enough(hour, is_open, opens):
    west, east = on_mondays("America/Denver", 10, 12), on_mondays("America/New_York", 9, 11)
    locations = [
        Location("1", "West", west),
        Location("2", "East", east),
        Location("3", "Nowhere", Schedule()),
    ]
    facts = replace(default_facts(), hours=west, locations=locations)
    at = datetime(2026, 11, 23, hour, tzinfo=UTC)
    next_week = datetime(2026, 11, 30, 14, tzinfo=UTC)
    assert facts.is_open_at(at) == is_open
    assert facts.opens_after(at) == (at.replace(hour=opens) if opens else next_week)


def test_without_hours_it_counts_as_open_and_no_opening_is_known():
    at = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert default_facts().is_open_at(at)
    assert default_facts().opens_after(at) is None


def test_nobody_is_told_that_we_are_closed_while_a_place_is_open():
    early, late = (
        Schedule(zone="America/Denver", week=dict.fromkeys(range(7), (Period(time(9), time(hour)),)))
        for hour in (17, 20)
    )
    places = [Location("1", "West", early), Location("2", "East", late)]
    facts = replace(default_facts(), hours=early, locations=places)
    denver = ZoneInfo("America/Denver")
    with time_machine.travel(datetime(2026, 11, 24, 18, tzinfo=denver), tick=False):
        assert facts.closed_until == ""
    with time_machine.travel(datetime(2026, 11, 24, 21, tzinfo=denver), tick=False):
        assert facts.closed_until.replace("\xa0", " ") == "tomorrow at 9:00 am"
