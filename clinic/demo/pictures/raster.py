"""Drawing a scene with pixels."""

import random

from PIL import Image, ImageChops, ImageDraw

from .palettes import colour, mix
from .ridgelines import HEIGHT, WIDTH

# Shapes are drawn this much larger and then shrunk, so that their edges are smooth.
FINER = 2
SIZE = (WIDTH, HEIGHT)
BLACK, WHITE = 0, 255
# What Pillow's radial gradient has reached in the middle of each edge.
RIM = 180


def render(scene) -> Image.Image:
    """Return the scene as a picture; the same scene always gives the same pixels."""
    palette = scene.palette
    picture = gradient([colour(c) for c in palette.sky], 0, scene.first + 60)
    sprinkle(picture, scene.stars)
    _x, _y, radius = scene.sun
    picture.paste(colour(palette.glow), (0, 0), glow(scene, radius * 20, 0.8))
    picture.paste(colour(palette.light), (0, 0), glow(scene, radius * 7, 0.7))
    disc(picture, scene)
    for ridge in scene.ridges:
        shades = [scene.ridge_colour(ridge), scene.valley_colour(ridge)]
        mask = shape([ridge.outline])
        picture.paste(gradient(shades, ridge.top, scene.valley(ridge)), mask=mask)
        # Lit air lies before what is far away.
        lit = ImageChops.multiply(glow(scene, radius * 18, 0.8 * (1 - ridge.depth) ** 1.5), mask)
        picture.paste(colour(palette.glow), (0, 0), lit)
    if scene.water:
        flood(picture, scene)
    if scene.firs:
        front = mix(colour(palette.near), (0, 0, 0), 0.45)
        picture.paste(front, (0, 0), shape(scene.firs))
    return grain(picture, scene.seed)


def gradient(colours, top, bottom):
    """Return a picture that goes through the colours between two heights."""
    column = Image.new("RGB", (1, HEIGHT))
    last = len(colours) - 1
    for y in range(HEIGHT):
        place = min(max((y - top) / max(bottom - top, 1), 0), 1) * last
        index = min(int(place), last - 1)
        part = place - index
        column.putpixel((0, y), mix(colours[index], colours[index + 1], part * part * (3 - 2 * part)))
    return column.resize(SIZE, Image.Resampling.NEAREST)


def shape(outlines):
    """Return a mask of the outlines."""
    mask = Image.new("L", (WIDTH * FINER, HEIGHT * FINER), BLACK)
    draw = ImageDraw.Draw(mask)
    for outline in outlines:
        draw.polygon([(x * FINER, y * FINER) for x, y in outline], fill=WHITE)
    return mask.reduce(FINER)


def glow(scene, radius, strength):
    """Return a mask of the light around the sun."""
    x, y, _disc = scene.sun
    size = round(radius * 2)
    falloff = [round(255 * strength * max(1 - v / RIM, 0) ** 2) for v in range(256)]
    light = Image.radial_gradient("L").resize((size, size), Image.Resampling.BILINEAR).point(falloff)
    mask = Image.new("L", SIZE, BLACK)
    mask.paste(light, (round(x - radius), round(y - radius)))
    return mask


def disc(picture, scene):
    """Draw the sun or the moon."""
    x, y, radius = scene.sun
    mask = Image.new("L", (WIDTH * FINER, HEIGHT * FINER), BLACK)
    ImageDraw.Draw(mask).circle((x * FINER, y * FINER), radius * FINER, fill=WHITE)
    picture.paste(colour(scene.palette.light), (0, 0), mask.reduce(FINER))


def sprinkle(picture, stars):
    """Draw the stars."""
    mask = Image.new("L", (WIDTH * FINER, HEIGHT * FINER), BLACK)
    draw = ImageDraw.Draw(mask)
    for x, y, radius in stars:
        draw.circle((x * FINER, y * FINER), radius * FINER, fill=round(110 + 70 * radius))
    picture.paste((255, 250, 235), (0, 0), mask.reduce(FINER))


def flood(picture, scene):
    """Let a lake mirror what stands above its shore, with ripples that widen towards us."""
    rng = random.Random(scene.seed)  # noqa: S311
    shore = round(scene.water)
    depth = HEIGHT - shore
    mirrored = picture.crop((0, 0, WIDTH, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    mirrored = mirrored.resize((WIDTH, round(shore * 0.92)))
    water = gradient([colour(scene.palette.mist), colour(scene.palette.near)], shore, HEIGHT + depth)
    shift = 0.0
    for y in range(depth):
        near = y / depth
        shift = 0.75 * shift + rng.uniform(-1, 1) * (0.8 + 7 * near)
        # Neighbouring rows wander, and take their light from a little above or below.
        source = min(max(round(y + rng.uniform(-2, 2) * (1 + 5 * near)), 0), mirrored.height - 1)
        row = mirrored.crop((0, source, WIDTH, source + 1))
        row = ImageChops.offset(row, round(shift), 0)
        veil = water.crop((0, shore + y, WIDTH, shore + y + 1))
        picture.paste(Image.blend(row, veil, 0.12 + 0.22 * near), (0, shore + y))
    # A bright line of mist on the shore.
    for y in range(-14, 8):
        mist = Image.new("L", (WIDTH, 1), round(120 * (1 - abs(y + 2) / 14)))
        picture.paste(colour(scene.palette.mist), (0, shore + y), mist)


def grain(picture, seed):
    """Add the finest noise, so that no sky shows bands."""
    rng = random.Random(seed)  # noqa: S311
    noise = Image.frombytes("L", SIZE, rng.randbytes(WIDTH * HEIGHT)).point([v // 86 for v in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", [noise] * 3), offset=-1)
