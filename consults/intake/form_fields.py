"""Fields that take what people type and clean it before anything else looks at it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from .normalise import clean_email, clean_text
from .phones import can_be_dialled


class CleanCharField(forms.CharField):
    """Text without what no database can hold; Django's own check would refuse it instead."""

    def to_python(self, value):
        """Clean before anything else looks at the text."""
        return super().to_python(clean_text(value) if isinstance(value, str) else value)


class PhoneField(CleanCharField):
    """A number as people write it, kept as they wrote it, as long as it can be dialled."""

    default_error_messages = {
        "undiallable": _("Enter a phone number with its area code, like (555) 555-0100."),
        "max_length": _("Use 40 characters or fewer for the phone number."),
    }

    def validate(self, value):
        """Ask again for a number nobody can dial."""
        super().validate(value)
        if value and not can_be_dialled(value):
            raise ValidationError(self.error_messages["undiallable"])


class EmailField(CleanCharField):
    """An address without its blanks; nothing but its syntax is checked."""

    default_error_messages = {
        "syntax": _("Enter an e-mail address like name@example.com."),
        "max_length": _("The e-mail address is too long. Check it, or give a phone number."),
    }

    def to_python(self, value):
        """Remove every blank, also those no eye sees."""
        return clean_email(super().to_python(value))

    def validate(self, value):
        """Ask again for what can't be an address."""
        super().validate(value)
        if value:
            try:
                validate_email(value)
            except ValidationError:
                raise ValidationError(self.error_messages["syntax"]) from None


class OptionalChoiceField(forms.ChoiceField):
    """A choice nobody needs to make: what isn't on the list counts as not made."""

    def clean(self, value):
        """Return a value of the list, or nothing."""
        value = self.to_python(value)
        return value if self.valid_value(value) else ""
