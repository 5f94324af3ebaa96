"""The mark of the site as a picture: the shapes of static/img/favicon.svg, at any size."""

from PIL import Image, ImageDraw

# The square in which the shapes are given.
SIDE = 48
CORNER = 11
GROUND = "#0B5351"
SUN, SUN_COLOUR = (33.5, 15, 4.5), "#F0A77F"
# The far mountains are half transparent there: their colour over the ground.
FAR, FAR_COLOUR = [(4, 37), (16, 20), (21, 26), (25, 21), (30, 28), (33, 25), (44, 37)], "#4B9993"
NEAR, NEAR_COLOUR = [(4, 39), (17.5, 16), (24, 27), (27.5, 22), (40, 39)], "#FBF8F3"
# Drawn so many times larger, and then made smaller: thus edges are smooth.
FINER = 8


def mark(size, *, is_square=False):
    """Return the mark, so many pixels wide; square for systems that round the corners themselves."""
    scale = size * FINER / SIDE
    picture = Image.new("RGBA", (size * FINER, size * FINER), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    whole = (0, 0, size * FINER - 1, size * FINER - 1)
    draw.rounded_rectangle(whole, radius=0 if is_square else CORNER * scale, fill=GROUND)
    x, y, radius = (value * scale for value in SUN)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=SUN_COLOUR)
    for points, colour in ((FAR, FAR_COLOUR), (NEAR, NEAR_COLOUR)):
        draw.polygon([(px * scale, py * scale) for px, py in points], fill=colour)
    return picture.reduce(FINER)
