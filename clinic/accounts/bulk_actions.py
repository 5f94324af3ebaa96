"""What is done to several users at once, in place of Wagtail's own of the same names."""

from django import forms
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from clinic.core.bounded_forms import BoundedForm

from .attempts import NOT_A_ROLE_OF_WAGTAIL, groups_of_wagtail, note_groups
from .desk import roles_at_the_desk
from .events import Action, note
from .user_views import AsksFirstMixin, note_deleted, note_switched


class RoleForm(BoundedForm):
    """A group of people who work on pages."""

    role = forms.ModelChoiceField(
        queryset=None, label="Group", error_messages={"invalid_choice": NOT_A_ROLE_OF_WAGTAIL}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = groups_of_wagtail()


class AssignGroup(AsksFirstMixin, AssignRoleBulkAction):
    """Putting users into a group; the roles of the desk are none of these."""

    form_class = RoleForm

    def post(self, request, *args, **kwargs):
        """Note whoever tries."""
        note_groups(request, request.POST.getlist("role"))
        return super().post(request, *args, **kwargs)

    def prepare_action(self, objects, objects_without_access):
        """Note what is given."""
        group = self.cleaned_form.cleaned_data["role"]
        for user in objects:
            note(Action.GRANT, actor=self.request.user, about=user, detail=f"{user}: into {group.name[:100]}")


class SetActiveState(AsksFirstMixin, SetActiveStateBulkAction):
    """Switching accounts on or off; others do that for whoever is at the desk, or administers the site."""

    def get_actionable_objects(self):
        """Leave these out."""
        objects, without_access = super().get_actionable_objects()
        others = [user for user in objects if self._is_for_others(user)]
        kept_out = without_access.get("items_with_no_access", [])
        left = [user for user in objects if user not in others]
        return left, {**without_access, "items_with_no_access": [*kept_out, *others]}

    def _is_for_others(self, user):
        """Whether managers do it, or only another site administrator."""
        return roles_at_the_desk(user) or (user.is_superuser and not self.request.user.is_superuser)

    def prepare_action(self, objects, objects_without_access):
        """Note whom it concerns."""
        is_active = self.cleaned_form.cleaned_data["mark_as_active"]
        for user in objects:
            if user.is_active != is_active:
                user.is_active = is_active
                note_switched(self.request.user, user)


class Delete(AsksFirstMixin, DeleteBulkAction):
    """Deleting accounts, noted one by one."""

    @classmethod
    def execute_action(cls, objects, model=None, user=None, **kwargs):
        """Note them while it is known whose they were; the hook before it keeps those who worked."""
        for each in objects:
            note_deleted(user, each)
        return super().execute_action(objects, model=model, **kwargs)

    def get_execution_context(self):
        """Say who deletes."""
        return {**super().get_execution_context(), "user": self.request.user}


ACTIONS = [AssignGroup, SetActiveState, Delete]
