"""`manage.py refresh_snapshots`: bring what every page shows without a database up to date."""

from django.core.management.base import BaseCommand, CommandError

from clinic.core.snapshots import refresh_snapshots


class Command(BaseCommand):
    """For operators, above all after a restore; the worker does the same every minute."""

    help = "Compare the clinic's facts and the consent wordings in VAR_DIR with the database, and renew them."

    def handle(self, **options):
        """Say what was renewed."""
        try:
            renewed = refresh_snapshots()
        except OSError as error:
            raise CommandError(
                f"Can't write into VAR_DIR ({error.strerror or type(error).__name__}). "
                "Look at its free space and its owner."
            ) from error
        self.stdout.write(f"Renewed: {', '.join(renewed)}." if renewed else "Everything was up to date.")
