"""What only the site itself knows. Run as ``python -m bench.inside`` in its environment; prints JSON."""

import json
import sys
import time

import django

from .visits import fine

# People whom no other client sends for.
FIRST_PROFILED = 9_000_000


def queries():
    """Return how many queries the form's page makes, through all of the middleware."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from .targets import FORM

    with CaptureQueriesContext(connection) as made:
        answer = Client(SERVER_NAME="127.0.0.1").get(FORM.path)
    if answer.status_code != FORM.status:
        raise RuntimeError(f"The form answered {answer.status_code}.")
    return len(made)


def stored():
    """Return the references of the requests in the queue, and how many are in quarantine and in the spool."""
    from django.conf import settings

    from consults.models import ConsultRequest

    waiting = ConsultRequest.objects.waiting().values_list("reference", flat=True)
    return {
        "waiting": list(waiting),
        "quarantined": ConsultRequest.objects.quarantined().count(),
        "spooled": len(list(settings.CONSULTS_SPOOL_DIR.glob("*.seal*"))),
    }


def profile():
    """Return where the time of a form POST goes."""
    from itertools import count

    from django.conf import settings
    from django.test import Client

    from .load import FILLING_IN, TOKEN
    from .people import BROWSER, body_of, headers_of
    from .profile import shares
    from .targets import FORM, POST

    client, numbers = Client(SERVER_NAME="127.0.0.1"), count(FIRST_PROFILED)
    token = TOKEN.search(client.get(FORM.path, headers=BROWSER).content)[1].decode()
    time.sleep(FILLING_IN)

    def send():
        number = next(numbers)
        headers = headers_of(number, settings.SITE_URL)
        kind = headers.pop("Content-Type")
        fine(client.post(POST.path, body_of(number, token), kind, headers=headers), POST.status)

    return shares(send)


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"queries": queries, "stored": stored, "profile": profile}[sys.argv[1]]()))
