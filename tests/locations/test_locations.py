"""Places: hours with exceptions, notices, directions."""

from datetime import date, time

import pytest
import time_machine
from django.core.exceptions import ValidationError

from clinic.locations.models import LocationClosure, LocationHours
from tests.factories.pages import HomePageFactory, LocationIndexPageFactory, LocationPageFactory

pytestmark = pytest.mark.once


@pytest.fixture
def index(db):
    return LocationIndexPageFactory(parent=HomePageFactory.make_site())


def open_on_tuesdays(location):
    LocationHours.objects.create(page=location, weekday=1, opens=time(9), closes=time(12))
    LocationHours.objects.create(page=location, weekday=1, opens=time(13), closes=time(17))


def close(location, **kwargs):
    values = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 1), "reason": "Inventory"}
    return LocationClosure(page=location, **{**values, **kwargs})


# Tuesday, 24 November 2026, 12:30 in Denver.
@time_machine.travel("2026-11-24T19:30:00Z")
def test_hours_of_today_and_the_next_opening(client, index):
    location = LocationPageFactory(parent=index)
    open_on_tuesdays(location)
    assert (location.hours_today, location.is_open_now, location.next_opening) == (
        "Open today 9:00\xa0am – 12:00\xa0pm, 1:00\xa0pm – 5:00\xa0pm",
        False,
        "today at 1:00\xa0pm",
    )
    assert "Open today 9:00\xa0am" in client.get(location.url).content.decode()


@time_machine.travel("2026-11-24T19:30:00Z")
def test_a_closure_shows_and_holds(client, index):
    location = LocationPageFactory(parent=index)
    open_on_tuesdays(location)
    close(location).save()
    close(location, first_day=date(2026, 1, 1), last_day=date(2026, 1, 1), reason="Long past").save()
    html = client.get(location.url).content.decode()
    assert "Inventory" in html
    assert "Long past" not in html
    with time_machine.travel("2026-12-01T19:30:00Z"):
        assert location.hours_today == "Closed today (Inventory)"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"last_day": date(2026, 11, 1)}, "must not be before"),
        ({"opens": time(9)}, "both times"),
        ({"opens": time(9), "closes": time(8)}, "later than the opening"),
    ],
)
def test_a_closure_that_makes_no_sense_is_refused(index, values, message):
    with pytest.raises(ValidationError, match=message):
        close(LocationPageFactory(parent=index), **values).clean()


def test_hours_that_end_before_they_begin_are_refused():
    with pytest.raises(ValidationError, match="later than the opening"):
        LocationHours(weekday=0, opens=time(9), closes=time(9)).clean()


def test_a_notice_ends_with_its_last_day(index):
    location = LocationPageFactory(parent=index, notice="Lift out of order", notice_until=date(2026, 11, 24))
    with time_machine.travel("2026-11-24T19:00:00Z"):
        assert location.current_notice == "Lift out of order"
    with time_machine.travel("2026-11-25T19:00:00Z"):
        assert location.current_notice == ""


def test_a_notice_needs_an_end(index):
    with pytest.raises(ValidationError, match="until when"):
        LocationPageFactory.build(notice="Lift out of order").clean()


def test_directions_lead_to_the_address(index):
    location = LocationPageFactory(parent=index)
    assert location.directions.endswith("query=100+Placeholder+Street%2C+Sampleton%2C+CO+00000")
    location.directions_url = "https://maps.example.org/here"
    assert location.directions == "https://maps.example.org/here"


def test_queries_do_not_grow_with_locations(client, index, count_queries):
    open_on_tuesdays(LocationPageFactory(parent=index))
    few = count_queries(lambda: client.get(index.url))
    for _ in range(3):
        open_on_tuesdays(LocationPageFactory(parent=index))
    assert count_queries(lambda: client.get(index.url)) == few
