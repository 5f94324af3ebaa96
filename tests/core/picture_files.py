"""Picture files of all kinds, made on the spot."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PROFILE_WITHOUT_SENSE = b"no profile at all"


def encoded(picture, form, **options):
    """Return the bytes of the picture in this format."""
    buffer = BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def upload(content, name):
    """Return the bytes as a browser sends them."""
    return SimpleUploadedFile(name, content)


def sixteen_bit_grey():
    """A grey of half the light, in 16 bits, with the profile that such files often bear."""
    return encoded(Image.new("I;16", (60, 40), 32_768), "PNG", icc_profile=SRGB)


def cmyk(**options):
    """A print file that says it is sRGB."""
    return encoded(Image.new("CMYK", (60, 40), (0, 200, 200, 0)), "JPEG", **{"icc_profile": SRGB, **options})


def photo_of_phone(size=(60, 40)):
    """A HEIC."""
    return encoded(Image.new("RGB", size, "teal"), "HEIF")


def claimed_png(width, height):
    """A PNG of a few bytes that says it has so many pixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def of_mode(mode, form, **options):
    """A picture in any of Pillow's modes."""
    return encoded(Image.new("RGB", (60, 40), "teal").convert(mode), form, **options)


KINDS = {
    "grey-16.png": sixteen_bit_grey(),
    "print.jpg": cmyk(),
    "print-plain.jpg": cmyk(icc_profile=None),
    "broken-profile.jpg": of_mode("RGB", "JPEG", icc_profile=PROFILE_WITHOUT_SENSE),
    "grey.jpg": of_mode("L", "JPEG"),
    "black-and-white.png": of_mode("1", "PNG"),
    "palette.png": of_mode("P", "PNG"),
    "palette-clear.png": of_mode("P", "PNG", transparency=0),
    "grey-clear.png": of_mode("LA", "PNG"),
    "clear.png": encoded(Image.new("RGBA", (60, 40), (0, 128, 128, 100)), "PNG"),
    "clear.webp": encoded(Image.new("RGBA", (60, 40), (0, 128, 128, 100)), "WEBP", lossless=True),
    "moving.webp": encoded(
        Image.new("RGB", (60, 40), "teal"), "WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))]
    ),
    "photo.avif": of_mode("RGB", "AVIF"),
    "phone.heic": photo_of_phone(),
    "two-in-one.jpg": encoded(
        Image.new("RGB", (60, 40), "teal"), "MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))]
    ),
    "renamed-heic.jpg": photo_of_phone(),
}
