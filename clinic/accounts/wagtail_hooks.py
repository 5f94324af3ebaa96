"""What the accounts of staff register with Wagtail."""

from django.conf import settings
from django.urls import path, reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .bulk_actions import ACTIONS
from .factors import has_own_factor
from .roles_page import RolesView

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
