"""Fields that take what people type and clean it before anything else looks at it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from clinic.core.phones import Problem, problem_with
from clinic.core.typed_text import clean_email, clean_text, is_seen


class CleanCharField(forms.CharField):
    """Text without what no database can hold; Django's own check would refuse it instead.

    Its form has bounded what comes here.
    """

    def to_python(self, value):
        """Clean before anything else looks at the text."""
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


class SeenCharField(CleanCharField):
    """Text that counts only where something of it can be seen."""

    def to_python(self, value):
        """Take what nobody sees for nothing."""
        text = super().to_python(value)
        return text if is_seen(text) else ""


class PhoneField(SeenCharField):
    """A number as people write it, kept as they wrote it, as long as it can be dialled."""

    default_error_messages = {
        Problem.NO_DIGITS: _("There are no digits in the phone number. Enter it like (555) 555-0100."),
        Problem.NO_AREA_CODE: _("The phone number has seven digits. Put its area code before them."),
        Problem.TOO_SHORT: _("The phone number has too few digits. Enter it like (555) 555-0100."),
        Problem.TOO_LONG: _("The phone number has more than 15 digits. Put “or” between two numbers."),
        "max_length": _("Use 80 characters or fewer for the phone number."),
    }

    def validate(self, value):
        """Say what is wrong with a number nobody can dial."""
        super().validate(value)
        # Beyond its length the field says only that.
        if value and len(value) <= self.max_length and (problem := problem_with(value)):
            raise ValidationError(self.error_messages[problem])


class EmailField(CleanCharField):
    """An address without its blanks; nothing but its syntax is checked."""

    default_error_messages = {
        "syntax": _("Enter an e-mail address like name@example.com."),
        "no_at": _("The e-mail address has no @ sign. Enter it like name@example.com."),
        "several": _("There is more than one @ sign. Enter one e-mail address only."),
        "name": _("Before the @ there are signs that no e-mail address has, such as accents. Check it."),
        "domain": _("What comes after the @ is not complete. Enter it like name@example.com."),
        "max_length": _("The e-mail address is too long. Check it, or give a phone number."),
    }

    def to_python(self, value):
        """Remove every blank and what was copied along."""
        return clean_email(super().to_python(value))

    def validate(self, value):
        """Ask again for what can't be an address."""
        super().validate(value)
        if value and len(value) <= self.max_length:
            try:
                validate_email(value)
            except ValidationError:
                raise ValidationError(self.error_messages[_fault_of(value)]) from None


def _fault_of(address):
    """Return the message that fits what can't be an address."""
    if "@" not in address:
        return "no_at"
    if address.count("@") > 1:
        return "several"
    name, _at, domain = address.partition("@")
    # Each half beside one that is sound.
    for fault, rest in (("name", f"{name}@example.com"), ("domain", f"name@{domain}")):
        try:
            validate_email(rest)
        except ValidationError:
            return fault
    return "syntax"


class OptionalChoiceField(forms.ChoiceField):
    """A choice nobody needs to make: what isn't on the list counts as not made."""

    def clean(self, value):
        """Return a value of the list, or nothing."""
        value = self.to_python(value)
        return value if self.valid_value(value) else ""
