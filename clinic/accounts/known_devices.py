"""Browsers in which somebody signed in before: a cookie says so, signed by the site.

It opens nothing. It only lets the tries of such a browser be counted for themselves, and a sign-in by any
other be told as one from a new device. A new password makes all of them strangers.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.core.exceptions import MiddlewareNotUsed
from django.utils.crypto import salted_hmac

COOKIE = "known-device"
SALT = "clinic.accounts.devices"
PATH = "/admin/"
# 180 days, from the last time that somebody signed in (seconds).
LASTS = 180 * 24 * 60 * 60
# People who share a browser at the front desk.
MOST_USERS = 20
LONGEST = 2000


def known_to(request, user) -> str:
    """Return the number of the browser where this person signed in by it before; else nothing."""
    device, marks = _read(request)
    return device if _mark(device, user) in marks else ""


def remember(request, response, user) -> None:
    """Make the browser that gets this answer one that is known to have been used by this person."""
    device, marks = _read(request)
    device = device or secrets.token_hex(8)
    marks = [_mark(device, user), *(mark for mark in marks if mark != _mark(device, user))]
    response.set_cookie(
        COOKIE,
        signing.dumps([device, marks[:MOST_USERS]], salt=SALT),
        max_age=LASTS,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remember_after(request, user) -> None:
    """Let the answer to this request do so, whatever answer it is."""
    request.user_to_remember = user


class KnownDeviceMiddleware:
    """Puts the cookie on the answer to whoever signed in."""

    def __init__(self, get_response):
        if settings.CONSULTS_ROLE == "intake":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if user := getattr(request, "user_to_remember", None):
            remember(request, response, user)
        return response


def _read(request):
    """Return the number of the browser and the marks of who signed in; none for a cookie not of ours."""
    kept = request.COOKIES.get(COOKIE, "") if request else ""
    if not kept or len(kept) > LONGEST:
        return "", []
    try:
        device, marks = signing.loads(kept, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return device, marks


def _mark(device, user):
    """Return what tells, in this browser, of this person with the password that they have."""
    said = f"{device}|{user.pk}|{user.password}"
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()[:16]
