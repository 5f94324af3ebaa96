"""The colours of the hours of a day, around the site's own paper, green-teal and rust."""

from dataclasses import dataclass

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Palette:
    """What a time of day looks like; each is written as a web colour."""

    sky: tuple[str, ...]  # from the zenith down to the horizon
    light: str  # the disc of the sun or the moon
    glow: str  # the air around it
    far: str  # the farthest ridge
    near: str  # the nearest ridge
    mist: str  # what lies in the valleys


PALETTES = {
    "dawn": Palette(
        ("#8fb3b3", "#c9d6c8", "#f3dfc3", "#f7c9a0"), "#fff4dc", "#f6b17c", "#c3b9a6", "#0a3b3c", "#f1d9bd"
    ),
    "morning": Palette(
        ("#a9c8c6", "#d6e2d8", "#fbf3e4", "#f9e3c4"), "#fffaf0", "#fbd9ac", "#b5cac1", "#0b4a48", "#f0e9da"
    ),
    "haze": Palette(
        ("#dcd9c9", "#ece4d3", "#f8efe0", "#fbe8cf"), "#fffdf6", "#f8dfba", "#cfd3c2", "#20544f", "#f4ebdb"
    ),
    "noon": Palette(
        ("#7fb0b4", "#a9cccb", "#d9e8e0", "#f6f1e2"), "#fffdf4", "#fdf1d4", "#9dbfbc", "#0b4644", "#dbe8df"
    ),
    "apricot": Palette(
        ("#6f9c9f", "#b9c3b2", "#eecfa6", "#f2a873"), "#fff2d8", "#f2a266", "#c69f86", "#10363a", "#efc19a"
    ),
    "rust": Palette(
        ("#2f5d66", "#7c8f8a", "#d9a880", "#d9703f"), "#ffe6c0", "#e58a50", "#a87a64", "#0c2e33", "#d9a47e"
    ),
    "dusk": Palette(
        ("#1d4550", "#4f7a80", "#b9aa9d", "#e5a987"), "#fff0dc", "#e79f7b", "#7f8c8c", "#0a2429", "#b5a49a"
    ),
    "night": Palette(
        ("#0b2129", "#14383f", "#2c5f63", "#7ba19a"), "#fbf6e6", "#a9cbbd", "#527f7f", "#07181c", "#6d9793"
    ),
}


def colour(text: str) -> Colour:
    """Return the red, green and blue of a web colour."""
    return tuple(int(text[i : i + 2], 16) for i in (1, 3, 5))


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return the first colour with a share of the second in it."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
