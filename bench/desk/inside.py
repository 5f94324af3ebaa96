"""Measuring inside the site: ``python -m bench.desk.inside`` in its environment prints JSON."""

import json
from dataclasses import asdict

import django

from bench.visits import fine, see, tidy

SIZES = (1_000, 10_000, 100_000)
LOOK_UP = "look-up by primary key"
# What opens one request after another, and so many at most.
THROUGH = "looking through"
# Of late in every size; few others fit.
SOMEBODY = 321


def main():
    """Fill, measure, fill on."""
    from .filling import fill

    measured, stored = {}, 0
    for size in SIZES:
        fill(stored, size)
        tidy()
        stored = size
        measured[size] = {name: asdict(see(visit)) for name, visit in visits(size).items()}
    return measured


def visits(size):
    """Return what is measured, by name: functions that make one visit."""
    from django.test import Client

    from consults.models import ConsultRequest
    from consults.workflow.reading import searching

    from .filling import front_desk, name_of, phone_of

    # Nobody searches as often as this.
    searching.MOST_AN_HOUR = 10**9
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(front_desk())
    # Another one for each size: each visit adds to what happened to it.
    newest = ConsultRequest.objects.order_by("-created_at").values_list("pk", flat=True)[SIZES.index(size)]
    middle = size // 2

    def get(path):
        return lambda: fine(client.get(path))

    def search(text):
        return lambda: fine(client.post("/admin/requests/find/", {"text": text}), 302)

    return {
        "the desk": get("/admin/requests/"),
        "all requests, closed ones": get("/admin/requests/all/?status=closed&ordering=-created_at"),
        "one request": get(f"/admin/requests/{newest}/"),
        "appointments of a day": get("/admin/appointments/"),
        "appointments of a week": get("/admin/appointments/?span=week"),
        LOOK_UP: get(f"/-/lookup/{newest}"),
        "search by phone": search(phone_of(middle)),
        f"{THROUGH} for a name": search(name_of(SOMEBODY)),
        f"{THROUGH} for a name nobody has": search("montgomery fernandez"),
        f"{THROUGH} for last four digits": search(phone_of(SOMEBODY)[-4:]),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))
