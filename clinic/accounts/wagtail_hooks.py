"""What the accounts of staff register with Wagtail."""

from django.conf import settings
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component

from .factors import has_own_factor
from .sessions import end_sessions


class SecondFactorPanel(Component):
    """Offers a second factor where none is asked for."""

    name = "second-factor"
    order = 15
    template_name = "account/offer.html"


@hooks.register("construct_homepage_panels")
def offer_second_factor(request, panels):
    """Tell whoever has none yet."""
    if not settings.SECOND_FACTOR_REQUIRED and not has_own_factor(request.user):
        panels.append(SecondFactorPanel())


@hooks.register("register_account_menu_item")
def lead_to_second_factors(request):
    """Lead there from the page of one's own account."""
    return {
        "url": reverse("mfa_index"),
        "label": "Second factors",
        "help_text": "Passkeys, the codes of an app, and recovery codes.",
    }


@hooks.register("register_account_menu_item")
def link_my_sessions(request):
    """Lead from the account to its sessions."""
    return {
        "url": reverse("account_sessions"),
        "label": "My sessions",
        "help_text": "Where you are signed in, and the way to end it there.",
    }


@hooks.register("after_edit_user")
def end_after_edit(request, user):
    """End the sessions of somebody who was switched off or given a password."""
    if not user.is_active:
        end_sessions(user, why="The account was switched off.", actor=request.user)
    elif request.POST.get("password1"):
        end_sessions(
            user,
            keep=request.session if user == request.user else None,
            why="The password is a new one.",
            actor=request.user,
        )


@hooks.register("after_bulk_action")
def end_after_bulk_action(request, action_type, objects, action):
    """The same where several accounts are switched off at once."""
    if action_type == "set_active_state":
        for user in objects:
            user.refresh_from_db(fields=["is_active"])
            if not user.is_active:
                end_sessions(user, why="The account was switched off.", actor=request.user)
