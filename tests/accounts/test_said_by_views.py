"""Which views are open without a second factor, and which nobody stays signed in by."""

import pytest
from django.http import HttpResponse
from django.urls import get_resolver

from clinic.accounts import said_by_views
from clinic.accounts.said_by_views import needs_no_factor, no_sign_of_a_person

# Whoever opens one more door to somebody with a password alone says so here as well.
OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_set_new_password",
    "account_email_answer",
    "account_time_left",
    "account_stay",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "mfa_view_recovery_codes",
    # A draft, for whoever was sent the link.
    "shared_draft",
}


def every_view(resolver, space=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from every_view(pattern, inner)
        else:
            yield f"{space}{pattern.name}", pattern.callback


def views_that_say(word):
    return {name for name, view in every_view(get_resolver()) if hasattr(view, word)}


def test_these_views_need_no_factor_and_no_others():
    assert views_that_say("needs_no_factor") == OPEN


def test_one_view_of_ours_is_fetched_by_pages():
    assert views_that_say("is_fetched_by_pages") == {"account_time_left"}


@pytest.mark.parametrize("names", ["WAGTAILS_WITHOUT_FACTOR", "WAGTAILS_BY_THEMSELVES"])
def test_what_is_said_for_wagtail_is_there(names):
    """A name that no address bears any more would be no rule."""
    assert getattr(said_by_views, names) <= {name for name, _view in every_view(get_resolver())}


@pytest.mark.parametrize("ending", said_by_views.WAGTAILS_ENDINGS)
def test_each_ending_is_one_of_wagtails(ending):
    found = [name for name, _view in every_view(get_resolver()) if name.endswith(ending)]
    assert found


def test_the_view_that_was_handed_in_stays_as_it_is():
    """It may be a library's, and stand at an address of its own."""

    def view(request):
        return HttpResponse("shown")

    said = needs_no_factor(no_sign_of_a_person(view))
    assert said(None).content == b"shown"
    assert hasattr(said, "needs_no_factor")
    assert hasattr(said, "is_fetched_by_pages")
    assert not vars(view)
