"""Change the e-mail address of an account whose old mailbox is gone, by whoever has the server."""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from clinic.accounts.email_change import AddressTaken, set_address
from clinic.core.typed_text import clean_email


class Command(BaseCommand):
    """Give an account another address without asking a mailbox."""

    help = "Change the e-mail address of an account. Both mailboxes and the owner are told."

    def add_arguments(self, parser):
        """Take username and address."""
        parser.add_argument("username")
        parser.add_argument("address")

    def handle(self, *args, **options):
        """Do it, or say why not."""
        user = get_user_model().objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError("Nobody has this username.")
        address = clean_email(options["address"])
        try:
            validate_email(address)
            set_address(user, address, actor=None, how="by a command on the server")
        except ValidationError:
            raise CommandError("Nothing was changed. This is no e-mail address.") from None
        except AddressTaken:
            raise CommandError("Nothing was changed. Another account has this address.") from None
        self.stdout.write(f"Done. The address of {user.get_username()} is changed; both mailboxes are told.")
