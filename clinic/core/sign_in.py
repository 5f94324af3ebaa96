"""The form with which staff sign in."""

from wagtail.admin.forms.auth import LoginForm

from .bounded_forms import BoundedMixin


class SignInForm(BoundedMixin, LoginForm):
    """Wagtail's own, which would hash a password of any length."""
