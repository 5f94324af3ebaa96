"""How django-allauth signs in the staff of a clinic."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse

from clinic.core.facts import read_facts

from . import begun, factor_secrets, signed_in
from .factors import FACTORS
from .fresh import is_fresh

WRONG = "Name and password don’t fit together. Look at both, then try again."
WRONG_CODE = (
    "That code is not right, or it was used before. Wait for the next one. "
    "Is yours refused again and again? Then set the clock of your phone to automatic."
)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by managers alone; a wrong name and a wrong password say the same."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "incorrect_password": "That is not your password. Type it again.",
    }

    def is_open_for_signup(self, request):
        """Nobody signs themselves up."""
        return False

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask again, unless they signed in a moment ago."""
        return not is_fresh(context.request)

    def authenticate(self, request, **credentials):
        """Say how long it lasts where nothing more is tried: clinic/accounts/backends.py counts."""
        user = super().authenticate(request, **credentials)
        if held_up := getattr(request, "held_up", None):
            raise ValidationError(held_up.in_words, code="held_up")
        return user

    def pre_login(self, request, user, **kwargs):
        """Remember what the account was like when its password was right."""
        response = super().pre_login(request, user, **kwargs)
        if not response:
            begun.note_beginning(request, user)
        return response

    def login(self, request, user):
        """Note it first: what can't be noted must not happen."""
        signed_in.note(request, user)
        super().login(request, user)

    def respond_user_inactive(self, request, user):
        """Say no more of an account that is switched off than of one that is not there.

        A password of it is refused, and noted, before; a passkey comes as far as this.
        """
        signed_in.note_wrong_passkey(request, user)
        self.add_message(request, messages.ERROR, message=WRONG)
        return redirect("account_login")

    def get_login_redirect_url(self, request):
        """Lead to the start page of the admin."""
        return reverse("wagtailadmin_home")

    def add_message(self, request, level, message_template=None, message_context=None, **kwargs):
        """Leave out that somebody is signed in or out: they see it."""
        if message_template not in ("account/messages/logged_in.txt", "account/messages/logged_out.txt"):
            super().add_message(request, level, message_template, message_context, **kwargs)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: sealed in the database, called by the clinic's name on the phone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "This is your only second factor. Add another one first.",
    }

    def encrypt(self, text):
        """Seal a secret for the database."""
        return factor_secrets.seal(text)

    def decrypt(self, encrypted_text):
        """Open it again. Raises FactorSecretProblem."""
        return factor_secrets.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """Whether one may go: the last one not where the site asks for one."""
        if not settings.SECOND_FACTOR_REQUIRED or authenticator.type not in FACTORS:
            return True
        others = type(authenticator).objects.filter(user=authenticator.user, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists()

    def get_totp_label(self, user):
        """Name the account as its owner does."""
        return user.get_username()

    def get_totp_issuer(self):
        """Name the clinic neutrally: others may see the list on a phone."""
        return read_facts().short_name

    def get_public_key_credential_rp_entity(self):
        """Name the clinic in the browser's dialog, neutrally too."""
        return {**super().get_public_key_credential_rp_entity(), "name": read_facts().short_name}

    def generate_authenticator_name(self, user, type):
        """Propose a name by which somebody knows the device again."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"
