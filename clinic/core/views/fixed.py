"""Pages that nobody can unpublish, and that stand without a database."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def get_help_now(request):
    """Show where to turn in a crisis."""
    return render(request, "core/get_help_now.html")


@require_safe
def robots(request):
    """Tell search engines what to leave alone; a demonstration is left alone whole."""
    return render(request, "core/robots.txt", {"closed": settings.DEMO_MODE}, content_type="text/plain")
