"""`manage.py seed_demo`: fill an empty site with the demonstration."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from clinic.demo.builders.site import build_site
from clinic.demo.renditions import make_renditions
from clinic.demo.requests import build_requests
from clinic.demo.users import build_users


class Command(BaseCommand):
    help = "Add what is missing of the demonstration: pages, pictures, users and sample requests."

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="fill a site that is no demonstration")
        parser.add_argument(
            "--no-renditions",
            action="store_false",
            dest="renditions",
            help="leave the sizes of pictures to the worker",
        )

    def handle(self, *, force, renditions, **options):
        if not (settings.DEMO_MODE or force):
            raise CommandError("This site is no demonstration; --force fills it with samples all the same.")
        demo = build_site()
        logins = build_users()
        request_count = build_requests()
        summary = f"{len(demo.pages)} pages, {len(demo.pictures)} pictures, {request_count} sample requests"
        if renditions:
            summary += f", {make_renditions()} renditions"
        call_command("update_index", verbosity=0)
        self.stdout.write(f"The demonstration is ready: {summary}.")
        if logins:
            self.stdout.write("\n".join(["New logins:", *logins]))
