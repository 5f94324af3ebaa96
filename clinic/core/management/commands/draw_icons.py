"""`manage.py draw_icons`: draw the icons of static/img/ anew from the shapes of the mark."""

from django.conf import settings
from django.core.management.base import BaseCommand

from clinic.core.share_cards import icons


class Command(BaseCommand):
    help = "Draw the icons of static/img/ from the shapes of the mark; the files are checked in."

    def handle(self, **options):
        for name, content in icons.drawn().items():
            (settings.BASE_DIR / "static" / "img" / name).write_bytes(content)
            self.stdout.write(f"{name}: {len(content)} bytes")
