"""The baseline: behind the same server and middleware as the form, without a form."""

from django.db import transaction
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Row


@csrf_exempt
@require_POST
def insert(consult):
    """Insert a row. What was sent isn't even read."""
    with transaction.atomic():
        Row.objects.create(text="a row")
    return HttpResponse(status=204)
