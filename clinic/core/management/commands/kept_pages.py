"""`manage.py kept_pages`: how many public pages are files, and waiting until all are."""

import time

from django.core.management.base import BaseCommand, CommandError

from clinic.core.kept_pages.progress import progress

PAUSE = 0.5


class Command(BaseCommand):
    """For whoever waits: after a deployment, or before work on the database."""

    help = "Say how many of the public pages are files; the worker writes them after each change."

    def add_arguments(self, parser):
        """Take for how long to wait."""
        parser.add_argument("--wait", type=float, default=0, metavar="SECONDS", help="until all are files")

    def handle(self, *, wait, **options):
        """Say it, and again whenever it is another number."""
        until, said = time.monotonic() + wait, None
        while True:
            now = progress()
            if str(now) != said:
                said = str(now)
                self.stdout.write(said)
            if now.is_finished or not wait:
                return
            if time.monotonic() > until:
                raise CommandError("Not all are files yet. Does the worker run, and is its disk full?")
            time.sleep(PAUSE)
