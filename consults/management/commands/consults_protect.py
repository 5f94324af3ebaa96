"""`manage.py consults_protect`: lets the database refuse changes again."""

from django.core.management.base import BaseCommand

from consults import audit


class Command(BaseCommand):
    """The repair for what the check `consults.E001` finds."""

    help = "Make the triggers anew by which the database refuses changes of consents and the audit."

    def handle(self, **options):
        """Say what was missing: while it was, nothing kept rows from being changed. The audit says it too."""
        missing = audit.renew_protection()
        self.stdout.write(f"Missing were: {', '.join(missing)}." if missing else "None was missing.")
        self.stdout.write("Consents and the audit are protected. Look at the audit: manage.py consults_audit")
