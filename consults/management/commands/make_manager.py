"""Make the first manager, who invites everybody else."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from consults import workflow

FLAG = "--beside-others"


class Command(BaseCommand):
    """Make somebody a manager on the server; it asks for nothing secret, and owner and auditors are told."""

    help = __doc__

    def add_arguments(self, parser):
        """Take the username, and a loud flag."""
        parser.add_argument("username")
        parser.add_argument(
            FLAG,
            action="store_true",
            help="although there are managers: for when none of them can sign in any more; loudly noted",
        )

    def handle(self, *args, username, beside_others, **options):
        """Do it, or say why not."""
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}: createsuperuser makes one.")
        try:
            workflow.make_manager(user, beside_others=beside_others)
        except workflow.ThereIsOne:
            raise CommandError(
                f"There are managers: they make others. If none can sign in any more: {FLAG}."
            ) from None
        except workflow.InvalidTransition:
            raise CommandError(f"{username} manages already, or is switched off.") from None
        self.stdout.write(f"{username} is a manager now. The audit has it, and owner and auditors are told.")
