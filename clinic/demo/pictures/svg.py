"""Drawing a scene as SVG, small enough to be read."""

from .palettes import colour, mix, web_colour
from .ridgelines import HEIGHT, WIDTH


def draw(scene) -> str:
    """Return the scene as the text of an SVG file."""
    x, y, radius = scene.sun
    palette = scene.palette
    body = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#sky)"/>',
        *(f'<circle cx="{sx:.0f}" cy="{sy:.0f}" r="{r:.1f}" fill="#fffaeb"/>' for sx, sy, r in scene.stars),
        f'<circle cx="{x}" cy="{y}" r="{radius * 11}" fill="url(#glow)"/>',
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{palette.light}"/>',
    ]
    gradients = [
        linear("sky", palette.sky, 0, scene.first + 60),
        f'<radialGradient id="glow"><stop stop-color="{palette.glow}" stop-opacity=".8"/>'
        f'<stop offset="1" stop-color="{palette.glow}" stop-opacity="0"/></radialGradient>',
    ]
    for number, ridge in enumerate(scene.ridges):
        shades = [web_colour(scene.ridge_colour(ridge)), web_colour(scene.valley_colour(ridge))]
        gradients.append(linear(f"ridge-{number}", shades, ridge.top, scene.valley(ridge)))
        body.append(f'<path d="{path(ridge.outline)}" fill="url(#ridge-{number})"/>')
    view = "".join(body)
    if scene.water:
        view = reflected(scene, view)
    if scene.firs:
        front = web_colour(mix(colour(palette.near), (0, 0, 0), 0.45))
        view += f'<path d="{"".join(path(tree) for tree in scene.firs)}" fill="{front}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<title>{scene.title}</title><defs>{''.join(gradients)}</defs>{view}</svg>\n"
    )


def linear(name, colours, top, bottom):
    """Return a gradient from top to bottom."""
    stops = "".join(
        f'<stop offset="{number / (len(colours) - 1):.2f}" stop-color="{shade}"/>'
        for number, shade in enumerate(colours)
    )
    return (
        f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" x1="0" x2="0" '
        f'y1="{top:.0f}" y2="{bottom:.0f}">{stops}</linearGradient>'
    )


def path(points):
    """Return the outline as path data: from point to point by whole pixels."""
    (x, y), *others = [(round(x), round(y)) for x, y in points]
    steps = [f"M{x} {y}"]
    for next_x, next_y in others:
        steps.append(f"l{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return "".join(steps) + "z"


def reflected(scene, view):
    """Return the view above the shore and, upside down below it, its mirror image."""
    shore = scene.water
    return (
        f'<clipPath id="land"><path d="M0 0h{WIDTH}v{shore}H0z"/></clipPath>'
        f'<g id="view" clip-path="url(#land)">{view}</g>'
        f'<use href="#view" transform="matrix(1 0 0 -1 0 {2 * shore})"/>'
        f'<path d="M0 {shore}h{WIDTH}v{HEIGHT - shore}H0z" fill="{scene.palette.near}" opacity=".3"/>'
    )
