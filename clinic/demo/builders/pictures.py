"""The pictures of the demo, computed and stored like uploads."""

from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile

from clinic.core.models import ClinicImage
from clinic.demo.pictures import raster, svg
from clinic.demo.pictures.scenes import SCENES

QUALITY = 90


def build_pictures(demo):
    """Draw the pictures that are missing."""
    for name, scene in SCENES.items():
        # A title names one scene; an editor who renames a picture gets a fresh one beside it.
        demo.pictures[name] = ClinicImage.objects.filter(title=scene.title).first() or draw(name, scene)


def draw(name, scene):
    """Store a scene as an image, and its SVG beside the data."""
    folder = settings.VAR_DIR / "demo-pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.svg").write_text(svg.draw(scene), encoding="utf-8")
    buffer = BytesIO()
    raster.render(scene).save(buffer, format="JPEG", quality=QUALITY)
    return ClinicImage.objects.create(
        title=scene.title, file=ContentFile(buffer.getvalue(), name=f"{name}.jpg")
    )
