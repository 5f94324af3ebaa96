"""Health checks for whoever runs the site; they tell nothing else."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def live(request):
    """Answer as long as the process works."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def ready(request):
    """Answer 200 while pages can be served from the database, else 503."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")
