"""The pictures of the handbook, drawn by the tests that walk the way it describes."""

import io
import os
from pathlib import Path

from PIL import Image

# What a page of the handbook shows in full, and what a picture may weigh (bytes).
WIDEST = 1000
HEAVIEST = 60_000


def draw(name, place, **options):
    """Keep a picture of a page or a part of it; PICTURES names the folder, if any."""
    folder = os.environ.get("PICTURES")
    if not folder:
        return
    shot = Image.open(io.BytesIO(place.screenshot(**options))).convert("RGB")
    shot.thumbnail((WIDEST, 2 * WIDEST), Image.Resampling.LANCZOS)
    path = Path(folder, f"{name}.webp")
    for quality in (85, 70, 55, 40):
        shot.save(path, quality=quality, method=6)
        if path.stat().st_size <= HEAVIEST:
            return
    raise AssertionError(f"{path} weighs more than {HEAVIEST} bytes")
