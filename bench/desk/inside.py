"""Measuring inside the site: ``python -m bench.desk.inside`` in its environment prints a table."""

import time

import django

SIZES = (1_000, 10_000, 100_000)
VISITS = 60
WARM_UP = 5


def main():
    """Fill, measure, fill on; the ratios are to the smallest size."""
    from .filling import fill

    measured, stored = {}, 0
    for size in SIZES:
        fill(stored, size)
        _tidy()
        stored = size
        measured[size] = {name: p95(visit) for name, visit in visits(size).items()}
    print(f"{'p95 ms':<26}" + "".join(f"| {size:>9,} " for size in SIZES) + "| ratio | queries")
    for name in measured[SIZES[0]]:
        times, counts = zip(*(measured[size][name] for size in SIZES), strict=True)
        ratio = times[-1] / times[0]
        print(f"{name:<26}" + "".join(f"| {t:>9.1f} " for t in times) + f"| {ratio:>5.2f} | {counts}")


def visits(size):
    """Return what is measured, by name: functions that make one visit."""
    from django.test import Client

    from consults.models import ConsultRequest

    from .filling import front_desk, phone_of

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(front_desk())
    newest = ConsultRequest.objects.order_by("-created_at").values_list("pk", flat=True)[0]
    middle = size // 2

    def get(path):
        return lambda: _fine(client.get(path), 200)

    def search(text):
        return lambda: _fine(client.post("/admin/requests/find/", {"text": text}), 302)

    return {
        "Call now": get("/admin/requests/"),
        "all, closed ones": get("/admin/requests/all/?status=closed&ordering=-created_at"),
        "one request": get(f"/admin/requests/{newest}/"),
        "find by primary key": get(f"/-/lookup/{newest}"),
        "find by phone": search(phone_of(middle)),
        "find by last four": search(phone_of(middle)[-4:]),
    }


def p95(visit):
    """Return the 95th percentile in milliseconds and the number of queries of a visit."""
    from django.db import connection

    for _ in range(WARM_UP):
        visit()
    made, times = [], []
    with connection.execute_wrapper(lambda execute, *call: made.append(call) or execute(*call)):
        visit()
    for _ in range(VISITS):
        begin = time.perf_counter()
        visit()
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)[int(VISITS * 0.95)], len(made)


def _fine(response, status):
    if response.status_code != status:
        raise RuntimeError(f"The desk answered {response.status_code}.")


def _tidy():
    """Let the database know how its tables look now, as it finds out by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    django.setup()
    main()
