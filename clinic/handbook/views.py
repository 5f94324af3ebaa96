"""Showing a document and its pictures. Their addresses are like the files', so that links hold in both."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from .pages import picture_path, read_document


def document(request, name):
    """Show a document."""
    try:
        found = read_document(name)
    except FileNotFoundError:
        raise Http404 from None
    return render(request, "handbook/document.html", {"document": found})


def picture(request, name):
    """Send a picture of a document."""
    try:
        path = picture_path(name)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(path.read_bytes(), content_type="image/webp")
