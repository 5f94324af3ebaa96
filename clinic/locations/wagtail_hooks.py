"""What locations add to Wagtail and to the clinic's facts."""

from dataclasses import replace

from wagtail import hooks

from clinic.core.facts import Location

from .models import LocationPage


@hooks.register("construct_clinic_facts")
def add_locations(facts):
    """Put address and hours of the first published location into the facts, and the hours of each."""
    locations = list(LocationPage.objects.live().public().with_hours().order_by("path"))
    if not locations:
        return facts
    location = locations[0]
    # Its phone stays its own: the facts name the clinic's.
    return replace(
        facts,
        location_name=location.title,
        location_url=location.url or "",
        address_lines=location.address_lines,
        postal_address=location.postal_address,
        directions_url=location.directions,
        hours=_schedule_of(location, facts),
        locations=[
            Location(str(one.pk), one.title, _schedule_of(one, facts), f"{one.city}, {one.region}")
            for one in locations
        ],
    )


def _schedule_of(location, facts):
    """The location's hours, with the usual week of the facts being built where it has none."""
    schedule = location.schedule
    return schedule if location.hours.all() else replace(schedule, week=facts.hours.week)
