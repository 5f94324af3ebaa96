"""The views of groups: no permission over requests is given, and the groups of the desk stay as they are."""

from django.db import transaction
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.users.forms import GroupForm as WagtailGroupForm
from wagtail.users.views import groups

from clinic.core.bounded_forms import BoundedMixin
from clinic.roles import AT_THE_DESK

from .attempts import NOT_A_ROLE_OF_WAGTAIL, OF_REQUESTS, note_permissions
from .events import Action, note
from .user_views import AsksFirstMixin

FOLLOWS_THE_DESK = "{} follows People at the desk, where managers say who belongs to it. It stays as it is."


class GroupForm(BoundedMixin, WagtailGroupForm):
    """A group of people who work on pages."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What isn't offered is left as it is when the form is saved.
        self.registered_permissions = self.registered_permissions.exclude(content_type__app_label=OF_REQUESTS)
        self.fields["permissions"].queryset = self.registered_permissions.select_related("content_type")

    def clean_name(self):
        """Refuse the names of the desk, should such a group be missing."""
        name = super().clean_name()
        if name.strip().casefold() in {taken.casefold() for taken in AT_THE_DESK}:
            self.add_error("name", "This is the name of a role at the desk. Choose another one.")
        return name


class NotesAttemptsMixin:
    """Notes whoever tries to give a permission over requests, and leaves the groups of the desk alone."""

    def dispatch(self, request, *args, **kwargs):
        """Lead back to the list where the group follows the desk."""
        group = getattr(self, "object", None) or (self.get_object() if self.kwargs.get("pk") else None)
        if request.method == "POST" and note_permissions(
            request, request.POST.getlist("permissions"), group=group
        ):
            messages.error(request, NOT_A_ROLE_OF_WAGTAIL)
        if group and group.name in AT_THE_DESK:
            messages.error(request, FOLLOWS_THE_DESK.format(group.name))
            return redirect(self.index_url_name)
        return super().dispatch(request, *args, **kwargs)


class CreateView(AsksFirstMixin, NotesAttemptsMixin, groups.CreateView):
    """Making a group."""

    def save_instance(self):
        """Make it, and note it."""
        group = super().save_instance()
        note(Action.GRANT, actor=self.request.user, detail=f"the group {group.name[:100]} was made")
        return group


class EditView(AsksFirstMixin, NotesAttemptsMixin, groups.EditView):
    """Changing a group."""

    def save_instance(self):
        """Change it, and note whose rights are others now."""
        group = super().save_instance()
        note(Action.GRANT, actor=self.request.user, detail=f"the group {group.name[:100]} was changed")
        return group


class DeleteView(AsksFirstMixin, NotesAttemptsMixin, groups.DeleteView):
    """Deleting a group."""

    @transaction.atomic
    def delete_action(self):
        """Note it while it is known which one it was: whoever was in it has its rights no more."""
        note(Action.GRANT, actor=self.request.user, detail=f"the group {self.object.name[:100]} was deleted")
        super().delete_action()


class GroupViewSet(groups.GroupViewSet):
    """Wagtail's own with these views."""

    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_form_class(self, for_update=False):
        """Return the form."""
        return GroupForm
