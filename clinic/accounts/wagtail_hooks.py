"""What the accounts of staff register with Wagtail."""

from django.conf import settings
from django.urls import path, reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .bulk_actions import ACTIONS
from .factors import has_own_factor
from .roles_page import RolesView
from .switched_off import close_doors

# After Wagtail's own, whose places these take.
for action in ACTIONS:
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_admin_urls")
def register_roles():
    """Add the page on roles, for everybody who comes in."""
    return [path("roles/", RolesView.as_view(), name="what_may_i_do")]


@hooks.register("register_help_menu_item")
def add_roles_to_help():
    """Lead there from the help."""
    return MenuItem("What may I do?", reverse_lazy("what_may_i_do"), icon_name="key", order=900)


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
def lead_to_password(request):
    """The same for the password."""
    return {
        "url": reverse("account_change_password"),
        "label": "Password",
        "help_text": "Set a new one. Wherever else you are signed in, you are no more.",
    }


@hooks.register("register_account_menu_item")
def lead_to_address(request):
    """The same for the e-mail address."""
    return {
        "url": reverse("account_email"),
        "label": "E-mail address",
        "help_text": request.user.email or "Give one, for links and news of your account.",
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
    """End what is open of somebody who was switched off."""
    if not user.is_active:
        close_doors(user, actor=request.user)


@hooks.register("after_bulk_action")
def end_after_bulk_action(request, action_type, objects, action):
    """The same where several accounts are switched off at once."""
    if action_type == "set_active_state":
        for user in objects:
            user.refresh_from_db(fields=["is_active"])
            if not user.is_active:
                close_doors(user, actor=request.user)
