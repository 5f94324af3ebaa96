"""Which landscapes there are, and what stands in each."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .palettes import PALETTES, Palette, colour, mix
from .ridgelines import HEIGHT, firs, ridgelines, stars, wooded

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True)
class Scene:
    """A landscape before anybody draws it. Lengths are in pixels of the finished picture."""

    title: str
    seed: int
    hour: str
    sun: tuple[float, float, float]  # its centre and its radius
    ridge_count: int = 6
    first: float = 470
    last: float = 860
    relief: float = 150
    water: float = 0  # where a lake begins; 0 for none
    fir_height: float = 0
    opening: tuple[float, float] = (500, 1100)
    star_count: int = 0

    @property
    def palette(self) -> Palette:
        """The colours of its hour."""
        return PALETTES[self.hour]

    @cached_property
    def ridges(self):
        """Its mountains from the farthest to the nearest; forests grow on the near ones."""
        bare = ridgelines(
            self.seed, count=self.ridge_count, first=self.first, last=self.last, relief=self.relief
        )
        return [
            wooded(r, self.seed + i, tallest=8 + 30 * r.depth**2) if r.depth > 0.55 else r
            for i, r in enumerate(bare)
        ]

    @cached_property
    def firs(self):
        """The row of firs in front."""
        if not self.fir_height:
            return []
        return firs(self.seed + 100, tallest=self.fir_height, gap=self.opening)

    @cached_property
    def stars(self):
        """Its stars."""
        return stars(self.seed + 200, count=self.star_count, lowest=self.first)

    def ridge_colour(self, ridge):
        """Return the colour of a crest: the nearer, the deeper."""
        return mix(colour(self.palette.far), colour(self.palette.near), ridge.depth**0.9)

    def valley_colour(self, ridge):
        """Return what a ridge fades to below: mist, and less of it close by."""
        return mix(self.ridge_colour(ridge), colour(self.palette.mist), 0.72 - 0.62 * ridge.depth)

    def valley(self, ridge):
        """Return how far below its summit a ridge has faded."""
        return min(ridge.top + self.relief * (1.5 + ridge.depth), HEIGHT)


SCENES = {
    "home": Scene("Ridge at dawn", 11, "dawn", (745, 428, 48), 7, 480, 900, 165, fir_height=250),
    "blog-1": Scene("Clear forenoon", 53, "noon", (400, 190, 38), 6, 440, 880, 190),
    "blog-2": Scene("Firs at daybreak", 67, "dawn", (420, 400, 42), 5, 450, 840, 140, fir_height=380,
                    opening=(250, 760)),
    "blog-3": Scene("Moon over the ridge", 71, "night", (1150, 230, 44), 6, 470, 890, 150, star_count=150),
    "blog-4": Scene("Red evening", 83, "rust", (980, 470, 56), 6, 500, 880, 150),
    "blog-5": Scene("Lake at dusk", 97, "dusk", (1010, 400, 40), 5, 440, 610, 150, water=670),
    "blog-6": Scene("Morning in layers", 103, "morning", (1220, 300, 44), 8, 390, 900, 130),
    "river-street": Scene("Water below the town", 127, "apricot", (820, 420, 48), 5, 450, 620, 150,
                          water=680),
    "page": Scene("Quiet hills", 131, "haze", (430, 280, 44), 6, 480, 900, 110, fir_height=190),
}  # fmt: skip


def file_of(name) -> Path:
    """Return the path of the picture that was drawn of a scene."""
    return FILES / f"{name}.jpg"
