"""Drawing a card: the mark, the clinic's name, a title, and mountains that are a little different on each."""

import random
from functools import cache

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont, ImageOps

from .mark import mark

SIZE = WIDTH, HEIGHT = 1200, 630
FONT = settings.BASE_DIR / "static" / "fonts" / "newsreader.woff2"
TEXT_WEIGHT, TITLE_WEIGHT = 480, 600
PAPER, INK, SUN = "#FBF8F3", "#14262B", "#F0A77F"
# From the farthest ridge to the nearest: height of its middle, relief, colour.
RIDGES = [(470, 90, "#C9DAD3"), (505, 70, "#8FB8AF"), (548, 50, "#3F827C"), (592, 34, "#0B5351")]
LEFT, RIGHT = 72, WIDTH - 72
MARK_TOP, MARK_SIZE = 56, 76
TITLE_TOP, TITLE_BOTTOM = 168, 420
TITLE_SIZES = range(76, 38, -4)
NAME_SIZE = 36
NARROWEST = 520
LEADING = 1.16
# Twice as large while it is drawn, so that the ridges have smooth edges.
FINER = 2
# Halved so often from one edge to the other, a ridge has this many points less one.
HALVINGS = 7
# No text holds it: a face shows for it what it shows for each sign that it lacks.
LACKING = "\U0010fffe"


class CannotDraw(Exception):
    """The face lacks a sign of the text."""


def title_card(title, clinic):
    """Return the card of a title; without one, that of the clinic. Raises CannotDraw."""
    if not _can_write(title + clinic):
        raise CannotDraw
    picture = _landscape(seed=title or clinic)
    picture.paste(mark(MARK_SIZE), (LEFT, MARK_TOP), mark(MARK_SIZE))
    draw = ImageDraw.Draw(picture)
    if title:
        middle = (LEFT + MARK_SIZE + 20, MARK_TOP + MARK_SIZE / 2)
        name = _shortened(clinic, _face(NAME_SIZE, TEXT_WEIGHT), RIGHT - middle[0])
        draw.text(middle, name, INK, _face(NAME_SIZE, TEXT_WEIGHT), anchor="lm")
    face, lines = _fitting(title or clinic)
    for number, line in enumerate(lines):
        draw.text((LEFT, TITLE_TOP + number * face.size * LEADING), line, INK, face, anchor="la")
    return picture


def picture_card(picture, center):
    """Return a picture in the shape of a card; ``center`` is what has to stay, as parts of its sides."""
    return ImageOps.fit(picture.convert("RGB"), SIZE, Image.Resampling.LANCZOS, centering=center)


def _landscape(seed):
    rng = random.Random(seed)  # noqa: S311 - a picture, no secret
    picture = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    draw = ImageDraw.Draw(picture)
    x, y, radius = (value * FINER for value in (rng.randint(860, 1060), 452, 44))
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=SUN)
    for middle, relief, colour in RIDGES:
        draw.polygon(
            [*_crest(rng, middle, relief), (WIDTH * FINER, HEIGHT * FINER), (0, HEIGHT * FINER)], colour
        )
    return picture.reduce(FINER)


def _crest(rng, middle, relief):
    """Return the points of a ridge: each half is broken again, by half as much."""
    heights = [rng.uniform(-0.4, 0.4), rng.uniform(-0.4, 0.4)]
    for halving in range(HALVINGS):
        between = [
            (left + right) / 2 + rng.uniform(-0.62, 0.62) / 1.9**halving
            for left, right in zip(heights, heights[1:], strict=False)
        ]
        heights = [height for pair in zip(heights, [*between, 0], strict=True) for height in pair][:-1]
    step = WIDTH * FINER / (len(heights) - 1)
    return [(number * step, (middle + height * relief) * FINER) for number, height in enumerate(heights)]


def _fitting(text):
    """Return the largest face in which the text fits, and its lines; at the smallest it may end early."""
    for size in TITLE_SIZES:
        face = _face(size, TITLE_WEIGHT)
        lines = _lines(text, face, RIGHT - LEFT)
        most = int((TITLE_BOTTOM - TITLE_TOP) / (size * LEADING))
        if len(lines) <= most and all(face.getlength(line) <= RIGHT - LEFT for line in lines):
            return face, _balanced(text, face, lines)
    rest = " ".join(lines[most - 1 :])
    return face, [*lines[: most - 1], _shortened(rest, face, RIGHT - LEFT)]


def _balanced(text, face, lines):
    """Return as many lines of about the same width, so that no word stands alone in the last one."""
    narrower = RIGHT - LEFT
    while len(found := _lines(text, face, narrower)) == len(lines) and narrower > NARROWEST:
        lines, narrower = found, narrower - 24
    return lines


def _lines(text, face, width):
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shortened(text, face, width):
    """Return the text, cut so that it fits."""
    if face.getlength(text) <= width:
        return text
    while text and face.getlength(f"{text}…") > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def _can_write(text):
    face = _face(NAME_SIZE, TEXT_WEIGHT)
    lacking = bytes(face.getmask(LACKING))
    return not any(bytes(face.getmask(sign)) == lacking for sign in set(text) if not sign.isspace())


@cache
def _face(size, weight):
    face = ImageFont.truetype(FONT, size)
    face.set_variation_by_axes([weight])
    return face
