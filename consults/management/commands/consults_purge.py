"""`manage.py consults_purge`: removes the contents whose time is over."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consults import workflow
from consults.enums import Status
from consults.models import Heartbeat


class Command(BaseCommand):
    """What the worker does once a day; by hand where more is due than usual."""

    help = "Remove the contents of ended requests whose time is over. Open ones and those on hold stay."

    def add_arguments(self, parser):
        """Take whether only to count, and the number that a person confirms."""
        parser.add_argument("--dry-run", action="store_true", help="count, and remove nothing")
        parser.add_argument(
            "--confirm", type=int, metavar="N", help="remove even an unusual number, if it is N"
        )

    def handle(self, *, dry_run, confirm, **options):
        """Count or remove, and say how many. The exit status is 1 where a person has to confirm first."""
        if dry_run:
            return self._count()
        try:
            number = workflow.purge_due(confirmed=confirm)
        except workflow.TooMany as unusual:
            raise CommandError(
                f"{unusual.number} are due, which is unusual. Nothing was removed. Look at --dry-run, and if "
                f"it is right, run it again with --confirm {unusual.number}."
            ) from None
        Heartbeat.beat(Heartbeat.Name.PURGE)
        self.stdout.write(f"The contents of {number} requests were removed.")

    def _count(self):
        due = workflow.due_contents(timezone.now())
        for status in Status:
            if number := due.filter(status=status).count():
                self.stdout.write(f"{status.label}: {number}")
        self.stdout.write(f"{due.count()} are due. Nothing was removed.")
