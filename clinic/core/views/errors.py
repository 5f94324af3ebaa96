"""Pages for what went wrong; they need no database and touch no session."""

from django.http import Http404
from django.shortcuts import render


def not_found(request, exception):
    """Answer an unknown address with a page that helps; the address itself is not repeated."""
    return render(request, "404.html", status=404)


def server_error(request):
    """Answer an error of ours with the phone number and the crisis line."""
    return render(request, "500.html", status=500)


def no_such_door(request, **kwargs):
    """Answer for addresses of Wagtail that this site doesn't use."""
    raise Http404
