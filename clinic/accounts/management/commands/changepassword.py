"""Django's own command, which tells nobody: here the audit and the holder of the account hear of it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import changepassword
from django.db import transaction

from clinic.accounts import events
from clinic.accounts.sessions import end_sessions


class Command(changepassword.Command):
    """Change somebody's password on the server."""

    @transaction.atomic
    def handle(self, *args, **options):
        """Change it, end what was open with the old one, and note it."""
        said = super().handle(*args, **options)
        users = get_user_model()._default_manager
        user = users.get(**{get_user_model().USERNAME_FIELD: options["username"]})
        end_sessions(user, why="The password was changed.")
        events.note(
            events.Action.PASSWORD,
            actor=None,
            about=user,
            detail="by a command on the server",
            tell=[events.Tell.HOLDER, events.Tell.OWNER],
        )
        return said
