"""Uploaded pictures lose what the camera wrote into them."""

from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from PIL import Image

from clinic.core.models import ClinicImage
from clinic.core.photographs import UnusablePicture, normalised
from tests.core.picture_files import KINDS, SRGB, claimed_png, cmyk, encoded, upload

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


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_becomes_eight_bits_in_the_colours_of_the_web(name):
    file = normalised(upload(KINDS[name], name))
    with Image.open(file) as picture:
        assert (picture.format, picture.mode) in {("JPEG", "RGB"), ("PNG", "RGB"), ("PNG", "RGBA")}
        assert "icc_profile" not in picture.info
        assert picture.size == (60, 40)


def test_sixteen_bits_keep_their_light():
    with Image.open(normalised(upload(KINDS["grey-16.png"], "a.png"))) as picture:
        assert picture.getpixel((5, 5)) == (128, 128, 128)


def test_a_profile_made_for_other_colours_changes_nothing():
    with_it, without = (
        normalised(upload(cmyk(), "a.jpg")),
        normalised(upload(cmyk(icc_profile=None), "a.jpg")),
    )
    assert with_it.read() == without.read()


def test_what_shows_through_still_does():
    with Image.open(normalised(upload(KINDS["clear.webp"], "a.webp"))) as picture:
        assert picture.getpixel((5, 5))[3] == 100


def test_a_photo_of_a_phone_becomes_a_jpeg():
    file = normalised(upload(KINDS["phone.heic"], "IMG_0001.HEIC"))
    assert file.name.endswith(".jpg")
    with Image.open(file) as picture:
        assert picture.format == "JPEG"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_ends_upright(orientation):
    """The left half of what is seen is black, however the camera was held."""
    seen = Image.new("L", (40, 20), 255)
    seen.paste(0, (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    held = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    stored = seen.transpose(held) if held is not None else seen
    with Image.open(normalised(upload(encoded(stored, "JPEG", exif=exif), "a.jpg"))) as picture:
        assert picture.size == (40, 20)
        assert picture.getpixel((5, 10))[0] < 20 < 230 < picture.getpixel((35, 10))[0]


def test_a_picture_of_48_megapixels_is_scaled_down():
    large = encoded(Image.new("RGB", (8064, 6048), "teal"), "JPEG", quality=30, icc_profile=SRGB)
    with Image.open(normalised(upload(large, "a.jpg"))) as picture:
        width, height = picture.size
    assert 2400 < width and width * height <= 8_000_000
    assert width / height == pytest.approx(8064 / 6048, abs=0.01)


def test_a_large_picture_without_jpeg_is_read_in_strips_without_a_seam():
    """Halved on the way in, it looks as if it had been halved whole."""
    large = Image.linear_gradient("L").resize((4200, 3300))
    with Image.open(normalised(upload(encoded(large, "PNG", compress_level=1), "a.png"))) as picture:
        column = [picture.getpixel((10, y))[0] for y in range(picture.height)]
    assert picture.size == (2100, 1650)
    assert max(abs(a - b) for a, b in zip(column, column[1:], strict=False)) <= 2


def test_a_long_strip_fits_into_every_format():
    strip = encoded(Image.new("RGB", (300, 20_000)), "PNG")
    with Image.open(normalised(upload(strip, "a.png"))) as picture:
        assert encoded(picture, "WEBP") and encoded(picture, "AVIF")


def cut(name):
    """Two thirds of a file."""
    return KINDS[name][: len(KINDS[name]) * 2 // 3]


@pytest.mark.parametrize("name", ["photo.avif", "phone.heic", "print.jpg", "clear.png", "moving.webp"])
def test_a_file_that_is_cut_off_is_refused_with_the_reason(name):
    with pytest.raises(UnusablePicture, match="cut off|damaged"):
        normalised(upload(cut(name), name))


@pytest.mark.parametrize("content", [claimed_png(20_000, 20_000), claimed_png(9_000, 9_000)])
def test_too_many_pixels_are_refused_before_they_are_read(content):
    with pytest.raises(UnusablePicture, match="larger than 50 megapixels"):
        normalised(upload(content, "a.png"))


def test_a_jpeg_that_has_to_be_held_whole_may_be_half_as_large():
    large = encoded(Image.new("RGB", (6000, 5000), "teal"), "JPEG", quality=30, progressive=True)
    with pytest.raises(UnusablePicture, match="larger than 25 megapixels: it has 30"):
        normalised(upload(large, "a.jpg"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg onload='x()'/>",
        b"GIF89a" + bytes(50),
        b"\xff\xd8\xff",
        b"RIFF1234WEBP",
        bytes(5000),
    ],
)
def test_what_is_no_picture_is_refused_with_what_can_be_read(content):
    with pytest.raises(UnusablePicture, match="HEIC"):
        normalised(upload(content, "a.jpg"))
