"""Signing in afresh for what weighs more: whoever found an open browser gets no further."""

import time
from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.shortcuts import redirect
from django.urls import reverse

from clinic.core.typed import page_of, typed_in

from .views import show_again

LASTS = timedelta(minutes=15)


def is_fresh(request) -> bool:
    """Whether password or factor were given in this session within the last quarter of an hour."""
    moments = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(moments) and 0 <= time.time() - moments[-1] < LASTS.total_seconds()


def ask_first(request, *, back_to=None):
    """Answer with the page that asks again; it leads to the page that was wanted (``back_to``: another).

    What was sent with a form is offered there again: nothing was done with it yet.
    """
    typed = typed_in(request) if request.method == "POST" else None
    if typed:
        return show_again(request, typed=typed)
    query = urlencode({"next": back_to or page_of(request.get_full_path())})
    return redirect(f"{reverse('account_reauthenticate')}?{query}")
