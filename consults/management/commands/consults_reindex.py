"""`manage.py consults_reindex`: makes the indexes as long as `CONSULTS_INDEX_BITS` says."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consults import workflow


class Command(BaseCommand):
    """After CONSULTS_INDEX_BITS was changed, and after the upgrade from release 0.1.0."""

    help = (
        "Make the indexes anew by which a number or an address is found. It opens every request, so it needs "
        "CONSULTS_SEALING_PRIVATE_KEYS. Searching goes on meanwhile; stopped, it may be run again."
    )

    def handle(self, **options):
        """Do it and say of how many. The exit status is 1 where some had to be left alone."""
        if not settings.CONSULTS_SEALING_PRIVATE_KEYS:
            raise CommandError("CONSULTS_SEALING_PRIVATE_KEYS is not set, so no request opens.")
        done = workflow.reindex()
        self.stdout.write(
            f"{done.changed} requests have indexes of {settings.CONSULTS_INDEX_BITS} bits now; "
            f"{done.same} had them already."
        )
        if done.left_alone:
            raise CommandError(
                f"{done.left_alone} were left as they are: they can't be opened, or the form never accepted "
                "them. See consults_audit."
            )
