"""The site's addresses where the application hands out media itself."""

from django.urls import path

from clinic.core.views.media import serve_media
from clinic.urls import handler404, handler500, urlpatterns  # noqa: F401

urlpatterns = [path("media/<path:path>", serve_media), *urlpatterns]
