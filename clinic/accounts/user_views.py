"""The views of users: what weighs more is noted, and told to owner and auditors."""

from django.db import transaction
from wagtail.admin import messages
from wagtail.users.views import users

from . import fresh
from .attempts import NOT_A_ROLE_OF_WAGTAIL, note_groups
from .desk import invite_account
from .events import Action, Tell, note
from .user_forms import UserCreationForm, UserEditForm

TOLD = [Tell.OWNER, Tell.AUDITORS]
INVITED = "{} gets a mail with a link, good for 72 hours and once, to choose a password."


class AsksFirstMixin:
    """Asks who is there before an account is made, changed or deleted: an open browser is not enough."""

    def dispatch(self, request, *args, **kwargs):
        """Ask with what was filled in, which is offered again then."""
        if request.method == "POST" and not fresh.is_fresh(request):
            return fresh.ask_first(request)
        return super().dispatch(request, *args, **kwargs)


class AdministratorsAloneMixin:
    """Lets only site administrators make somebody one, or change one; whoever else manages users looks."""

    def get_form(self, form_class=None):
        """Return the form with what can't be changed."""
        form = super().get_form(form_class)
        if self.request.user.is_superuser:
            return form
        kept = form.fields if form.instance.is_superuser else ["is_superuser"]
        for name in {*kept} & form.fields.keys():
            form.fields[name].disabled = True
        return form


class CreateView(AsksFirstMixin, AdministratorsAloneMixin, users.CreateView):
    """Making an account."""

    def post(self, request, *args, **kwargs):
        """Note whoever tries to give a role at the desk."""
        if note_groups(request, request.POST.getlist("groups")):
            messages.error(request, NOT_A_ROLE_OF_WAGTAIL)
        return super().post(request, *args, **kwargs)

    @transaction.atomic
    def save_instance(self):
        """Make it, note it, and invite its holder."""
        user = super().save_instance()
        note(Action.ACCOUNT, actor=self.request.user, about=user, detail=f"{user}: made")
        if user.is_superuser:
            note_administrator(self.request.user, user)
        invite_account(user, actor=self.request.user)
        messages.success(self.request, INVITED.format(user))
        return user


class EditView(AsksFirstMixin, AdministratorsAloneMixin, users.EditView):
    """Changing an account."""

    def post(self, request, *args, **kwargs):
        """Note whoever tries to give a role at the desk."""
        kept = self.object.groups.values_list("name", flat=True)
        if note_groups(request, request.POST.getlist("groups"), about=self.object, kept=kept):
            messages.error(request, NOT_A_ROLE_OF_WAGTAIL)
        return super().post(request, *args, **kwargs)

    @transaction.atomic
    def save_instance(self):
        """Change it, and note what weighs more."""
        changed = set(self.form.changed_data)
        user = super().save_instance()
        if "username" in changed:
            note_name(self.request.user, user, before=self.form.initial["username"])
        if "is_superuser" in changed:
            note_administrator(self.request.user, user)
        if "is_active" in changed:
            note_switched(self.request.user, user)
        if "groups" in changed:
            names = ", ".join(user.groups.order_by("name").values_list("name", flat=True)) or "none"
            note(
                Action.GRANT, actor=self.request.user, about=user, detail=f"{user}: groups now {names}"[:200]
            )
        return user


class DeleteView(AsksFirstMixin, users.DeleteView):
    """Deleting an account."""

    @transaction.atomic
    def delete_action(self):
        """Note it while it is known whose account it was."""
        note_deleted(self.request.user, self.object)
        super().delete_action()


class UserViewSet(users.UserViewSet):
    """Wagtail's own with these views."""

    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    # A copy would begin with the groups of somebody else.
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        """Return the form."""
        return UserEditForm if for_update else UserCreationForm


def note_administrator(actor, user):
    """Note that somebody sets up the site from now on, or no longer."""
    how = "is now" if user.is_superuser else "is no longer"
    detail = f"{user}: {how} a site administrator"
    note(Action.GRANT, actor=actor, about=user, detail=detail, tell=[*TOLD, Tell.HOLDER])


def note_name(actor, user, *, before):
    """Note that somebody is called otherwise: the audit names people as they were called at the time."""
    detail = f"{before[:80]}: is called {user.get_username()[:80]} from now on"
    note(Action.ACCOUNT, actor=actor, about=user, detail=detail, tell=[*TOLD, Tell.HOLDER])


def note_switched(actor, user):
    """Note that an account was switched on or off."""
    how = "on" if user.is_active else "off"
    note(Action.ACCOUNT, actor=actor, about=user, detail=f"{user}: switched {how}", tell=[Tell.HOLDER])


def note_deleted(actor, user):
    """Note that an account is deleted; nothing names it afterwards."""
    note(Action.ACCOUNT, actor=actor, detail=f"{user}: deleted", tell=TOLD if user.is_superuser else [])
