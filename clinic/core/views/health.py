"""Health checks for whoever runs the site; they tell nothing else."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from wagtail import hooks

from clinic.core import static_files


@require_safe
def live(request):
    """Answer as long as the process works."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request):
    """Answer 200 while the site can do its most important work, with or without the database.

    An app that can work without it says so through the hook ``works_without_database``: a function
    that returns whether it can right now. A balancer that turned visitors away then would cut off the
    very path that saves their requests.
    """
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        if any(works() for works in hooks.get_hooks("works_without_database")):
            return HttpResponse("degraded\n", content_type="text/plain")
        return HttpResponse("database unavailable\n", content_type="text/plain", status=503)
    if not static_files.are_there():
        # Pages stand, without their style: no reason to turn people away, one for somebody to come.
        return HttpResponse("static files missing\n", content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
