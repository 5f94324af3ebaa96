"""`manage.py send_review_mails`: send what waits of the mails about the review of pages."""

from django.core.management.base import BaseCommand

from clinic.review.mailing import send_waiting


class Command(BaseCommand):
    """Send them; the worker does it at each round."""

    help = "Send the mails about the review of pages that wait to go out."

    def handle(self, *args, **options):
        """Send."""
        send_waiting()
