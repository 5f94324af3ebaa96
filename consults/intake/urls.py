"""Addresses below /consultation/, in each language of the form."""

from django.urls import path

from consults.enums import Locale

from .views import calendar, consultation, received, under_age


def _addresses(locale, prefix="", suffix=""):
    page = f"{prefix}received/<slug:reference>/<slug:slip>/"
    return [
        path(prefix, consultation, {"locale": locale}, name=f"consultation{suffix}"),
        path(f"{prefix}under-18/", under_age, {"locale": locale}, name=f"under_age{suffix}"),
        path(page, received, {"locale": locale}, name=f"consultation_received{suffix}"),
        path(f"{page}calendar/", calendar, {"locale": locale}, name=f"consultation_calendar{suffix}"),
    ]


urlpatterns = [*_addresses(Locale.EN.value), *_addresses(Locale.ES.value, "es/", "_es")]
