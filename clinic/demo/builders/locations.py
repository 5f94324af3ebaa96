"""The demo's two places, with different hours."""

from datetime import time, timedelta

from clinic.locations.models import LocationClosure, LocationHours, LocationIndexPage, LocationPage

from .days import days_ahead, monday_in
from .first_visit import views

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
BRING = """
<ul><li>a photo ID</li><li>a list of all medicines and supplements you take</li>
<li>the phone number of the person who takes you home</li><li>loose, warm clothes</li>
<li>headphones or a blanket, if you like</li></ul>
<p>Please leave jewelry and large bags at home.</p>
"""
RIDGE_WAY = """
<p>From the street, walk past the two maples to the entrance on the quiet side of the building. Ring the
bell. Somebody opens within a minute.</p>
<p>By bus: line 5 stops at Placeholder Street, 200 steps from the door. (This is a sample. There is no such
bus.)</p>
"""
RIVER_WAY = """
<p>The main entrance is on River Street. With a wheelchair or a walker, take the ramp at the side and press
the blue button. We come down and open the door.</p>
<p>The person who takes you home may wait inside. There is tea, and there is a room where nobody talks.</p>
"""


def build_locations(demo):
    """Add the places that are missing."""
    index = demo.page(
        demo.pages["home"],
        LocationIndexPage,
        "locations",
        title="Locations",
        summary="Two quiet places with step-free entrances, one of them with a late evening.",
        introduction=demo.text(
            "<p>You can come to either place. The front desk is the same, and so are the fees. Both addresses"
            " are placeholders: nobody lives there, and no bus goes there.</p>"
        ),
        show_in_menus=True,
    )
    demo.page(
        index, LocationPage, "north-ridge", title="North Ridge", hours=north_hours(), **north_ridge(demo)
    )
    demo.page(
        index, LocationPage, "river-street", title="River Street", hours=river_hours(), **river_street(demo)
    )


def north_ridge(demo):
    """Return what the first place says: open through the day, with a closure ahead."""
    training, short_day = monday_in(3), monday_in(5)
    return {
        "summary": "Our main place, open every weekday, with parking at the door.",
        "street": "100 Placeholder Street",
        "city": "Sampleton",
        "region": "CO",
        "postal_code": "00000",
        "phone": "(555) 555-0110",
        "email": "north@example.org",
        "time_zone": "America/Denver",
        "parking": "Free, in front of the entrance. Two spaces for people with a permit.",
        "step_free_access": "Level entrance, wide doors, an accessible restroom.",
        "what_to_bring": demo.text(BRING),
        "notice": f"We are closed for staff training on {training:%B} {training.day} and the day after.",
        "notice_until": training + timedelta(days=1),
        "closures": [
            LocationClosure(
                first_day=training, last_day=training + timedelta(days=1), reason="Staff training"
            ),
            LocationClosure(
                first_day=short_day, last_day=short_day, opens=time(9), closes=time(12), reason="Short day"
            ),
        ],
        "body": [
            *demo.sections(("Finding us", RIDGE_WAY)),
            ("look", {"heading": "As you arrive", "views": views("door")}),
        ],
    }


def river_street(demo):
    """Return what the second place says: fewer days, a lunch break and a late evening."""
    return {
        "summary": "Our smaller place in town, with a lunch break and one late evening.",
        "street": "200 Placeholder Street",
        "city": "Sampleton",
        "region": "CO",
        "postal_code": "00000",
        "phone": "(555) 555-0120",
        "email": "river@example.org",
        "time_zone": "America/Denver",
        "parking": "Public garage across the street. Ask us for a voucher.",
        "step_free_access": "Ramp at the side entrance. Press the blue button and we open the door.",
        "what_to_bring": demo.text(BRING),
        "notice": "The elevator is being repaired. Please use the ramp at the side entrance.",
        "notice_until": days_ahead(60),
        "body": [
            *demo.sections(("Finding us", RIVER_WAY)),
            demo.figure(
                "river-street",
                caption="The lake below the town, in the evening",
                alt="Drawing: an orange evening sky above dark firs, mirrored in a lake",
            ),
        ],
    }


def north_hours():
    """Return hours from morning to evening on every weekday."""
    return [LocationHours(weekday=day, opens=time(8), closes=time(17)) for day in range(MONDAY, FRIDAY + 1)]


def river_hours():
    """Return hours with a lunch break, and a late Wednesday."""
    hours = [LocationHours(weekday=WEDNESDAY, opens=time(12), closes=time(20))]
    for day in (MONDAY, TUESDAY, THURSDAY):
        hours += [
            LocationHours(weekday=day, opens=time(9), closes=time(12, 30)),
            LocationHours(weekday=day, opens=time(13, 30), closes=time(17)),
        ]
    return hours
