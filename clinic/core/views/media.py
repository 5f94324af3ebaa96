"""Media files, where no front server stands before the application."""

import re

from django.conf import settings
from django.http import Http404
from django.views.static import serve

# Renditions lie side by side in one folder, under names that we made. Nothing else is public: originals
# are for the renditions only, documents are handed out by Wagtail with its checks.
RENDITION = re.compile(r"images/[A-Za-z0-9_.-]+\.(?:avif|webp|jpg|png)")


def serve_media(request, path):
    """Serve a rendition; it never changes, so it may be kept for a year."""
    if not RENDITION.fullmatch(path):
        raise Http404
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
