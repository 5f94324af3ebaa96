"""The forms with which staff sign in."""

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms

from clinic.core.bounded_forms import BoundedMixin

from .factors import step_of, take_code
from .guessing import CODE, Attempt, HeldUp
from .passwords import LONGEST_OF_BEFORE

LONGEST_LOGIN = 254
# Eight digits of a recovery code, with the blanks that people put in.
LONGEST_CODE = 20
LONGEST_NAME = 60


def _without_gaps(code):
    """Return a code as it is compared: apps and people put blanks and dashes into it."""
    return "".join(c for c in code if c.isalnum())


def ask_for_password(field):
    """Let a field of the library ask for a password in our words, and bound it."""
    field.max_length = LONGEST_OF_BEFORE
    field.help_text = ""
    field.error_messages["required"] = "Type your password."
    field.widget.attrs = {"autocomplete": "current-password"}


def ask_for_code(field, *, label, missing):
    """The same for a code of an app."""
    field.label = label
    field.max_length = LONGEST_CODE
    field.error_messages["required"] = missing
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class SignInForm(BoundedMixin, LoginForm):
    """Name and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = "Username or e-mail address"
        login.max_length = LONGEST_LOGIN
        login.error_messages["required"] = "Type your username or your e-mail address."
        login.widget.attrs = {"autocomplete": "username webauthn", "autocapitalize": "none"}
        ask_for_password(self.fields["password"])


class PasswordAgainForm(BoundedMixin, ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_for_password(self.fields["password"])


class CodeMixin(BoundedMixin):
    """The code of an app or a recovery code; each is taken once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_for_code(self.fields["code"], label="Code", missing="Type the code.")

    def clean_code(self):
        """Take the code, or say that it is none. Whether it may be tried is asked before."""
        code = _without_gaps(self.cleaned_data["code"])
        attempt = Attempt(CODE, context.request, [self.user])
        try:
            attempt.begin()
        except HeldUp as held_up:
            raise forms.ValidationError(held_up.in_words, code="held_up") from None
        self.authenticator = take_code(self.user, code)
        if self.authenticator is None:
            attempt.wrong()
            self._say_failed()
            raise get_adapter().validation_error("incorrect_code")
        attempt.right()
        return code

    def _say_failed(self):
        main = Authenticator.objects.filter(user=self.user).exclude(type=Authenticator.Type.WEBAUTHN).first()
        if main:
            self._emit_authentication_failed(main)


class CodeForm(CodeMixin, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(CodeMixin, ReauthenticateByCodeForm):
    """A code instead of the password, for signing in afresh."""


class ActivateAppForm(BoundedMixin, ActivateTOTPForm):
    """The first code of an app."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        missing = "Type the code that the app shows."
        ask_for_code(self.fields["code"], label="Code that the app shows", missing=missing)

    def clean_code(self):
        """Compare it without the blanks that apps show."""
        code = _without_gaps(self.cleaned_data["code"])
        if step_of(self.secret, code) is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class AddPasskeyForm(BoundedMixin, AddWebAuthnForm):
    """A new passkey and its name. Each signs in by itself, so the device asks who is there."""

    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What do you call the device?"
        self.fields["name"].max_length = LONGEST_NAME

    def clean(self):
        """Refuse what did not ask who is there, whatever the form says."""
        self.cleaned_data["passwordless"] = True
        return super().clean()


class RenamePasskeyForm(BoundedMixin, EditWebAuthnForm):
    """Another name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "What do you call the device?"
        self.fields["name"].max_length = LONGEST_NAME
        self.fields["name"].error_messages["required"] = "Type a name."
