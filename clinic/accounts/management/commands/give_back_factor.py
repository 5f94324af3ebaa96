"""Give back a lost second factor, by whoever has the server."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from clinic.accounts.lost_factor import NotAllowed, give_back


class Command(BaseCommand):
    """Let somebody begin anew who lost phone, passkeys and codes."""

    help = (
        "Remove the second factors of an account, end its sessions and mail its holder a link for a new "
        "password, good for 24 hours. The holder, the owner and the auditors are told."
    )

    def add_arguments(self, parser):
        """Take the username."""
        parser.add_argument("username")

    def handle(self, *args, **options):
        """Do it, or say why not."""
        user = get_user_model().objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError("Nobody has this username.")
        try:
            give_back(user, actor=None)
        except NotAllowed as problem:
            raise CommandError(f"Nothing was changed. {problem}") from None
        self.stdout.write(f"Done. A link goes to {user.get_username()}; it is good for 24 hours.")
