"""What managers fill in about people at the desk, and what the invited do."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator

from clinic.accounts.account_forms import new_password_field
from clinic.accounts.email_change import TAKEN, is_taken
from clinic.core.bounded_forms import BoundedForm
from clinic.core.facts import read_facts
from clinic.core.typed_text import clean_email
from consults.enums import DeskRole
from consults.permissions import answering_users

from .away import AwayForm

NO_EMAIL = {"required": "Enter their e-mail address.", "invalid": "This is no e-mail address."}


class InviteForm(BoundedForm):
    """Somebody who has no account yet."""

    email = forms.CharField(label="E-mail", max_length=254, error_messages=NO_EMAIL)
    first_name = forms.CharField(
        label="First name", max_length=150, help_text="It stands below what they write to people."
    )
    last_name = forms.CharField(label="Last name", max_length=150)
    role = forms.ChoiceField(label="Role", choices=DeskRole.choices)

    def clean_email(self):
        """Clean it before it is judged; an address that has an account is invited by nobody."""
        email = clean_email(self.cleaned_data["email"])
        forms.EmailField(error_messages=NO_EMAIL).clean(email)
        self.known = get_user_model().objects.filter(email__iexact=email).first()
        if self.known:
            raise forms.ValidationError(
                f"This address has an account already: {self.known.get_username()}. Give that one the role."
            )
        return email


class RoleForm(BoundedForm):
    """One of the roles."""

    role = forms.ChoiceField(choices=DeskRole.choices)


class ProfileForm(AwayForm):
    """What colleagues should know."""

    locations = forms.MultipleChoiceField(
        label="Answers for",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: for all. It is shown, and no more: lists hold the requests of all places.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["locations"].choices = read_facts().choice_of_locations
        if not self.fields["locations"].choices:
            del self.fields["locations"]


class SwitchOffForm(BoundedForm):
    """What becomes of the requests that somebody holds."""

    hand_to = forms.ModelChoiceField(
        label="Their open requests",
        queryset=None,
        required=False,
        empty_label="Back to the list, for everybody",
        error_messages={"invalid_choice": "Choose somebody who answers requests."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hand_to"].queryset = answering_users().exclude(pk=user.pk)


class AcceptForm(BoundedForm):
    """The invited person chooses how to sign in."""

    username = UsernameField(
        label="Username",
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text="Colleagues see it beside what you do. Letters, digits and @ . + - _",
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = new_password_field("Password", missing="Choose a password.")
    # By its name nothing gives it back where a form comes too late: clinic/core/typed.py.
    password_again = new_password_field("The same password again", missing="Type it once more.")

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = password_validators_help_text_html()
        if user:
            del self.fields["username"]

    def clean_username(self):
        """Refuse one by which somebody else signs in, in whatever capitals: a name, or an address."""
        username = self.cleaned_data["username"]
        if is_taken(username):
            raise forms.ValidationError(TAKEN)
        return username

    def clean(self):
        """Judge the password as everywhere else."""
        data = super().clean()
        user = self.user or get_user_model()(username=data.get("username", ""))
        if password := data.get("password"):
            try:
                validate_password(password, user)
            except forms.ValidationError as problem:
                self.add_error("password", problem)
            if data.get("password_again") and data["password_again"] != password:
                self.add_error("password_again", "The two are not the same.")
        return data
