"""What only the site itself knows. Run as ``python -m bench.inside`` in its environment; prints JSON."""

import json
import sys

import django


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


if __name__ == "__main__":
    django.setup()
    print(json.dumps({"queries": queries, "stored": stored}[sys.argv[1]]()))
