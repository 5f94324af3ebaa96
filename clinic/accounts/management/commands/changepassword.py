"""Django's own command, which tells nobody: here audit, owner and the holder of the account hear of it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from clinic.accounts import events
from clinic.accounts.new_password import give_password

TRIES = 3


class Command(changepassword.Command):
    """Change somebody's password on the server. Nothing waits for the database while somebody types."""

    def handle(self, *args, username, **options):
        """Ask for it, then set it, end what was open with the old one, and note it."""
        user = get_user_model().objects.filter(username=username or "").first()
        if user is None:
            raise CommandError("Nobody has this username.")
        give_password(
            user,
            self._asked_for(user),
            actor=None,
            how="by a command on the server",
            tell=[events.Tell.HOLDER, events.Tell.OWNER],
        )
        return f"Done. {username} has the new password, and is signed in nowhere."

    def _asked_for(self, user):
        """Return a password that holds, typed twice."""
        for _try in range(TRIES):
            password = self._get_pass()
            if password != self._get_pass("Password (again): "):
                self.stderr.write("These are not the same.")
                continue
            try:
                validate_password(password, user)
            except ValidationError as faults:
                self.stderr.write("\n".join(faults.messages))
                continue
            return password
        raise CommandError(f"Nothing was changed, after {TRIES} tries.")
