"""`manage.py consults_keys`: prints a new set of keys for the environment."""

from django.core.management.base import BaseCommand

from consults.sealing.keys import new_secrets


class Command(BaseCommand):
    """New keys, printed and kept nowhere."""

    help = "Print a new set of keys. Keep CONSULTS_SEALING_PRIVATE_KEYS apart: without it no request opens."
    requires_system_checks = []

    def handle(self, **options):
        """Print one line for each variable."""
        for name, value in new_secrets().items():
            self.stdout.write(f"{name}={value}")
