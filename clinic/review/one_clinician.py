"""Pages on which managers write down why the only clinician may check what she wrote."""

from django.utils import timezone
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from .models import OwnPageReason


class ReasonsView(IndexView):
    """The list, with pages and accounts asked for at once."""

    def get_base_queryset(self):
        """Return the reasons with what the list shows."""
        return super().get_base_queryset().select_related("page", "account")


class ByWhoeverSaves:
    """Notes who wrote the reason, and when."""

    def save_instance(self):
        """Store it with the name of whoever is signed in."""
        self.form.instance.account = self.request.user
        self.form.instance.given_at = timezone.now()
        return super().save_instance()


class AddReasonView(ByWhoeverSaves, CreateView):
    """A new reason."""


class EditReasonView(ByWhoeverSaves, EditView):
    """Another reason."""


class OwnPageReasonViewSet(ModelViewSet):
    """For managers and site administrators."""

    model = OwnPageReason
    icon = "user"
    menu_label = "One clinician"
    add_to_settings_menu = True
    form_fields = ["page", "reason"]
    list_display = ["page", "account", "given_at"]
    index_view_class = ReasonsView
    add_view_class = AddReasonView
    edit_view_class = EditReasonView
    url_prefix = "one-clinician"
    url_namespace = "one_clinician"
    inspect_view_enabled = False
