"""The pictures of the demo, stored like uploads. `manage.py draw_demo_pictures` draws the files."""

from django.core.files.images import ImageFile

from clinic.core.models import ClinicImage
from clinic.demo.pictures.scenes import SCENES, file_of


def build_pictures(demo):
    """Upload the pictures that are missing."""
    for name, scene in SCENES.items():
        # A title names one scene; an editor who renames a picture gets a fresh one beside it.
        demo.pictures[name] = ClinicImage.objects.filter(title=scene.title).first() or upload(name, scene)


def upload(name, scene):
    """Store the drawn file of a scene as an image."""
    with file_of(name).open("rb") as file:
        return ClinicImage.objects.create(title=scene.title, file=ImageFile(file, name=f"{name}.jpg"))
