"""The site's addresses, and before them what is measured against."""

from django.urls import include, path

from .bare.views import insert
from .desk.views import LookupView

urlpatterns = [
    path("-/bare", insert),
    path("-/lookup/<int:pk>", LookupView.as_view()),
    path("", include("clinic.urls")),
]
