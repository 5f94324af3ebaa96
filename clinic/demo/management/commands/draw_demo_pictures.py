"""Draws the demo's pictures anew, after a scene or a palette has changed."""

from django.core.management.base import BaseCommand

from clinic.demo.pictures import raster
from clinic.demo.pictures.scenes import SCENES, file_of

QUALITY = 90


class Command(BaseCommand):
    """Writes one JPEG file for each scene beside the code; they are committed with it."""

    help = "Draw the demo's pictures into the files that the demo uploads."

    def handle(self, **options):
        """Draw them all."""
        for name, scene in SCENES.items():
            raster.render(scene).save(file_of(name), format="JPEG", quality=QUALITY)
            self.stdout.write(f"{file_of(name).name}: {scene.title}")
