"""Media files, where no front server stands before the application."""

import posixpath

from django.conf import settings
from django.http import Http404
from django.views.static import serve

# Originals are for the renditions only, documents are handed out by Wagtail with its checks.
CLOSED_FOLDERS = ("original_images/", "documents/")


def serve_media(request, path):
    """Serve a rendition; it never changes, so it may be kept for a year."""
    if posixpath.normpath(path).startswith(CLOSED_FOLDERS):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
