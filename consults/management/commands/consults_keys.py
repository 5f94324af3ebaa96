"""`manage.py consults_keys`: prints a new set of keys for the environment."""

from django.core.management.base import BaseCommand

from consults.sealing.keys import new_secrets, new_signing_pair


class Command(BaseCommand):
    """New keys, printed and kept nowhere."""

    help = "Print a new set of keys. Keep CONSULTS_SEALING_PRIVATE_KEYS apart: without it no request opens."
    requires_system_checks = []

    def add_arguments(self, parser):
        """Take the number of a further signing key, such as that of a second process."""
        parser.add_argument("--signing", type=int, metavar="N", help="print a signing key number N alone")

    def handle(self, *, signing, **options):
        """Print one line for each variable."""
        values = new_secrets() if signing is None else new_signing_pair(signing)
        for name, value in values.items():
            self.stdout.write(f"{name}={value}")
