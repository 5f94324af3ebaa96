"""What staff type to have another password or another address."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from clinic.core.bounded_forms import BoundedForm
from clinic.core.typed_text import clean_email

from .forms import LONGEST_LOGIN
from .passwords import LONGEST, SHORTEST

HINT = (
    f"{SHORTEST} characters or more, of any kind, also blanks: a few words that don’t belong together, or "
    "what a password manager makes and pastes."
)
LONGEST_EMAIL = 254


class ForgottenForm(BoundedForm):
    """Who forgot a password."""

    login = forms.CharField(
        label="Username or e-mail address",
        max_length=LONGEST_LOGIN,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": "Type your username or your e-mail address."},
    )


def new_password_field(label, *, missing):
    """Return a field for a password that somebody chooses; whether it holds is judged by the validators."""
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": missing, "max_length": f"Use {LONGEST} characters or fewer."},
    )


class NewPasswordForm(BoundedForm):
    """A new password, twice."""

    password1 = new_password_field("New password", missing="Type a new password.")
    password2 = new_password_field("The new password once more", missing="Type it once more.")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self):
        """Judge it; of several faults the first is enough to read."""
        password = self.cleaned_data["password1"]
        try:
            validate_password(password, self.user)
        except ValidationError as faults:
            raise faults.error_list[0] from None
        return password

    def clean(self):
        """Compare both, so that nobody is shut out by a slip of the hand."""
        data = super().clean()
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", "These are not the same. Type it once more.")
        return data


class NewAddressForm(BoundedForm):
    """Another e-mail address, without a name before it."""

    email = forms.CharField(
        label="New e-mail address",
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Type the new address."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self):
        """Take away what came along with it."""
        address = clean_email(self.cleaned_data["email"])
        try:
            address = forms.EmailField().clean(address)
        except ValidationError:
            raise ValidationError("This is no e-mail address. It looks like name@example.org.") from None
        if address.casefold() == self.user.email.casefold():
            raise ValidationError("This is your address already.")
        return address
