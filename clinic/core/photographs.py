"""Normalising of uploaded pictures: whatever a camera or a program made of it, one kind of file is stored.

Eight bits, sRGB, upright, of a size that pages can use, and without a word about where it was taken. So every
later step (other sizes, other formats) meets only files that are known to work.
"""

import contextlib
from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from pathlib import PurePath

import pillow_heif
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, UnidentifiedImageError

pillow_heif.register_heif_opener(thumbnails=False)

# What is taken, and the most megapixels of it. They bound the memory that decoding needs to less than 300 MB:
# a JPEG is decoded at half its size and a HEIC in strips; WebP needs three times what the others do.
MEGAPIXELS = {"JPEG": 50, "MPO": 50, "PNG": 50, "HEIF": 50, "AVIF": 25, "WEBP": 16}
# MPO is what Pillow calls the JPEG with several views that some phones write.
READ_BY = [name for name in MEGAPIXELS if name != "MPO"]
# These have to be held whole: a JPEG that comes in rounds, a HEIC of more than eight bits.
MEGAPIXELS_OF_WHOLE = 25
# Larger pictures are halved while they are read. What is kept is enough for any screen.
PIXELS_READ_WHOLE = 12_500_000
PIXELS_KEPT = 8_000_000
# No side of a WebP may be longer, and a narrow picture is never scaled down by the width of its place.
LONGEST_SIDE = 16_383
# A small PNG is a drawing with sharp lines and stays one; a larger one is a photo, too heavy as PNG.
PIXELS_OF_DRAWING = 2_000_000
ROWS_IN_STRIP = 256
# Generous, because renditions are made from the stored file.
QUALITY = 90

ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SRGB = ImageCms.createProfile("sRGB")
COLOURS_OF_PROFILE = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


class UnusablePicture(ValueError):
    """A file that can't become a picture of the site; its text tells the person who sent it why."""


UNKNOWN = (
    "This file is no picture that the site can read, or its beginning is damaged. "
    "JPEG, PNG, WebP, AVIF and HEIC (photos from phones) can be read."
)
CUT_OFF = "This file is cut off or damaged. Open it where it comes from, and save or send it again."
TOO_LARGE = "This picture is larger than {limit} megapixels{own}. Make it smaller and upload it again."


class NormalisedPicture(ContentFile):
    """A file that `normalised` made, and that needs no second look."""


def normalised(file):
    """Return the picture as a small clean JPEG, or PNG where it has transparent parts or is a drawing.

    Raises UnusablePicture for what is no picture, is damaged or is too large.
    """
    if isinstance(file, NormalisedPicture):
        return file
    picture, given = _taken_in(file)
    try:
        picture = _in_srgb(_shrunk(picture), given.profile)
    except Exception as error:
        raise UnusablePicture(CUT_OFF) from error
    if given.orientation in TURNS:
        picture = picture.transpose(TURNS[given.orientation])
    is_drawing = given.format == "PNG" and _pixels(picture) <= PIXELS_OF_DRAWING
    kept_as = "PNG" if picture.mode == "RGBA" or is_drawing else "JPEG"
    return _encoded(picture, kept_as, PurePath(file.name or "picture").stem)


@dataclass(frozen=True)
class Given:
    """What the file says about its picture."""

    format: str
    profile: bytes | None
    orientation: int | None


def _taken_in(file):
    """Return the picture, and what the file says about it. The decoder's own copy is gone then."""
    opened = _opened(file)
    _refuse_too_large(opened)
    given = Given(opened.format, opened.info.get("icc_profile"), _orientation(opened))
    try:
        return _read(opened, file), given
    except Exception as error:
        # Decoders answer to a broken file with errors of any kind.
        raise UnusablePicture(CUT_OFF) from error


def _opened(file):
    file.seek(0)
    try:
        return Image.open(file, formats=list(READ_BY))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePicture(TOO_LARGE.format(limit=max(MEGAPIXELS.values()), own="")) from error
    except UnidentifiedImageError as error:
        raise UnusablePicture(UNKNOWN) from error
    except Exception as error:
        raise UnusablePicture(CUT_OFF) from error


def _refuse_too_large(opened):
    limit = MEGAPIXELS[opened.format]
    if opened.info.get("progressive") or opened.info.get("bit_depth", 8) > 8:
        limit = min(limit, MEGAPIXELS_OF_WHOLE)
    millions = opened.width * opened.height / 1_000_000
    if millions > limit:
        raise UnusablePicture(TOO_LARGE.format(limit=limit, own=f": it has {millions:,.0f}"))


def _orientation(opened):
    # Notes of the camera that can't be read turn nothing.
    with contextlib.suppress(Exception):
        return opened.getexif().get(ORIENTATION)


def _read(opened, file):
    """Return the first frame with eight bits per colour, halved where it is large."""
    if opened.format in ("JPEG", "MPO") and _pixels(opened) > PIXELS_READ_WHOLE:
        opened.draft(None, (opened.width // 2, opened.height // 2))
    factor = 2 if _pixels(opened) > PIXELS_READ_WHOLE else 1
    mode = _mode(opened)
    width, height = opened.size
    picture = Image.new(mode, (-(-width // factor), -(-height // factor)))
    for top, strip in _strips(opened, file):
        if strip.mode.startswith("I"):
            strip = strip.point(lambda value: value * (1 / 256)).convert("L")
        picture.paste(strip.convert(mode).reduce(factor), (0, top // factor))
    return picture


def _pixels(picture):
    return picture.width * picture.height


def _mode(opened):
    if opened.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in opened.info:
        return "RGBA"
    if opened.mode.startswith("I") or opened.mode in ("1", "L"):
        return "L"
    return "CMYK" if opened.mode == "CMYK" else "RGB"


def _strips(opened, file):
    """Yield the rows of a picture, some at a time, so that it is never held twice."""
    width, height = opened.size
    rows_of = _heic_rows(file) if opened.format == "HEIF" else lambda box: opened.crop(box)
    for top in range(0, height, ROWS_IN_STRIP):
        yield top, rows_of((0, top, width, min(top + ROWS_IN_STRIP, height)))


def _heic_rows(file):
    file.seek(0)
    heic = pillow_heif.open_heif(file, convert_hdr_to_8bit=True)
    data, stride, mode = memoryview(heic.data), heic.stride, heic.mode

    def rows_of(box):
        _left, top, right, bottom = box
        rows = data[top * stride : bottom * stride]
        return Image.frombytes(mode, (right, bottom - top), rows, "raw", mode, stride)

    return rows_of


def _shrunk(picture):
    """Return the picture with no more pixels than are kept, and no longer, in the same proportions."""
    too_large = max(sqrt(_pixels(picture) / PIXELS_KEPT), max(picture.size) / LONGEST_SIDE)
    if too_large <= 1:
        return picture
    size = (max(1, int(picture.width / too_large)), max(1, int(picture.height / too_large)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _in_srgb(picture, profile):
    """Return the picture in the colours of the web, as RGB, or RGBA where something shows through."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    colours = picture.convert("RGB") if alpha else picture
    # A profile that is damaged, or made for other colours, is no reason to refuse a picture.
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        described = ImageCms.ImageCmsProfile(BytesIO(profile)) if profile else None
        if described and described.profile.xcolor_space.strip() == COLOURS_OF_PROFILE[colours.mode]:
            colours = ImageCms.profileToProfile(colours, described, SRGB, outputMode="RGB")
    colours = colours.convert("RGB")
    if alpha and alpha.getextrema()[0] < 255:
        colours.putalpha(alpha)
    return colours


def _encoded(picture, kept_as, stem):
    # Pillow writes back what it finds here.
    picture.info = {}
    buffer = BytesIO()
    picture.save(buffer, format=kept_as, quality=QUALITY)
    return NormalisedPicture(buffer.getvalue(), name=f"{stem}.{'png' if kept_as == 'PNG' else 'jpg'}")
