"""Uploaded pictures lose what the camera wrote into them."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from clinic.core.models import ClinicImage

pytestmark = pytest.mark.once

GPS = {1: "N", 2: (39.0, 44.0, 21.0)}


def photograph(orientation=1):
    """A small JPEG with a place and a name in it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "MARKER-DESCRIPTION"
    exif.get_ifd(0x8825).update(GPS)
    buffer = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(buffer, "JPEG", exif=exif, comment=b"MARKER-COMMENT")
    return ImageFile(buffer, name="Jane at home.jpg")


@pytest.fixture
def stored(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return ClinicImage.objects.create(title="Lake", file=photograph(orientation=6))


def test_nothing_of_the_camera_is_stored(stored):
    content = stored.file.open().read()
    assert b"MARKER" not in content
    with Image.open(BytesIO(content)) as picture:
        assert dict(picture.getexif()) == {}


def test_the_picture_is_stored_upright(stored):
    assert (stored.width, stored.height) == (20, 40)
    with Image.open(stored.file.open()) as picture:
        assert picture.size == (20, 40)


def test_the_name_of_the_file_is_not_kept(stored):
    assert "Jane" not in stored.file.name
    assert stored.file.name.endswith(".jpg")


def test_size_and_hash_belong_to_the_stored_file(stored):
    assert stored.file_size == stored.file.size
    assert stored.file_hash


def test_saving_again_leaves_the_file_alone(stored):
    name = stored.file.name
    stored.title = "Other"
    stored.save()
    assert stored.file.name == name
