"""Wagtail's forms of users without passwords, the e-mail of others, and the roles of the desk."""

from django.core.exceptions import ValidationError
from wagtail.users.forms import UserCreationForm as CreationForm
from wagtail.users.forms import UserEditForm as EditForm

from clinic.core.bounded_forms import BoundedMixin
from clinic.roles import AT_THE_DESK

from .attempts import groups_of_wagtail
from .desk import roles_at_the_desk
from .email_change import TAKEN, is_taken

AT_DESK = "At the desk: {}. Only managers change that, on People at the desk."
NOT_AT_DESK = "Not at the desk. Only managers change that, on People at the desk."
SWITCHED_THERE = "This person is at the desk: a manager switches the account off, on People at the desk."
OWN_EMAIL = "Whoever has the account changes it, and confirms it at both addresses."


class DeskStaysMixin:
    """Shows the roles at the desk and leaves them as they are."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.roles_at_the_desk = roles_at_the_desk(self.instance) if self.instance.pk else []
        self.fields["groups"].queryset = groups_of_wagtail()
        given = self.initial.get("groups", [])
        self.initial["groups"] = [group for group in given if group.name not in AT_THE_DESK]
        names = ", ".join(self.roles_at_the_desk)
        self.fields["groups"].help_text = AT_DESK.format(names) if names else NOT_AT_DESK

    def _save_m2m(self):
        kept = list(self.instance.groups.filter(name__in=AT_THE_DESK))
        super()._save_m2m()
        self.instance.groups.add(*kept)


class OwnNameMixin:
    """Lets nobody have the name or the address by which somebody else signs in, in whatever capitals."""

    def clean_username(self):
        """Look at a name that is new."""
        return self._own("username")

    def clean_email(self):
        """Look at an address that is new."""
        return self._own("email")

    def _own(self, field):
        said = self.cleaned_data[field]
        if field in self.changed_data and is_taken(said, but_by=self.instance):
            raise ValidationError(TAKEN)
        return said


class UserCreationForm(BoundedMixin, OwnNameMixin, DeskStaysMixin, CreationForm):
    """A new account; its holder gets a link by mail and chooses the password."""

    def save(self, commit=True):
        """Leave the account without any password until then."""
        self.instance.set_unusable_password()
        return super().save(commit)


class UserEditForm(BoundedMixin, OwnNameMixin, DeskStaysMixin, EditForm):
    """An account as it is; what would be a way to take it over can't be changed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True
        self.fields["email"].help_text = OWN_EMAIL
        if self.roles_at_the_desk and "is_active" in self.fields:
            self.fields["is_active"].disabled = True
            self.fields["is_active"].help_text = SWITCHED_THERE
