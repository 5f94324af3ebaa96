"""The shapes of a landscape: lines of mountains and firs, from seeded noise."""

import math
import random
from dataclasses import dataclass

WIDTH, HEIGHT = 1600, 1000
STEP = 4
OCTAVES = 7
Point = tuple[float, float]


@dataclass(frozen=True)
class Ridge:
    """One layer of mountains; depth is 0 for the farthest and 1 for the nearest."""

    crest: list[Point]
    depth: float

    @property
    def top(self) -> float:
        """The height of the highest summit."""
        return min(y for _x, y in self.crest)

    @property
    def outline(self) -> list[Point]:
        """The crest closed along the lower edge of the picture."""
        return [*self.crest, (WIDTH, HEIGHT), (0, HEIGHT)]


def ridgelines(seed: int, *, count: int, first: float, last: float, relief: float) -> list[Ridge]:
    """Return ``count`` ridges from the farthest, whose middle lies at ``first``, down to ``last``.

    ``relief`` is the height of the farthest summits; nearer ridges are lower and rounder.
    """
    rng = random.Random(seed)  # noqa: S311 - a picture, no secret
    ridges = []
    for number in range(count):
        depth = number / max(count - 1, 1)
        middle = first + (last - first) * depth**1.15
        height = relief * (1 - 0.45 * depth)
        sharpness = 1 - 0.8 * depth
        noise = Noise(rng, wavelength=rng.uniform(420, 620) * (1 + 0.5 * depth), sharpness=sharpness)
        slope = rng.uniform(-0.4, 0.4) * height
        crest = [
            (x, middle - height * (noise.at(x) - 0.5) * 2 + slope * (x / WIDTH - 0.5))
            for x in range(0, WIDTH + STEP, STEP)
        ]
        ridges.append(Ridge(crest, depth))
    return ridges


class Noise:
    """Smooth noise in several octaves, from 0 to 1; a sharp one has pointed summits."""

    def __init__(self, rng, *, wavelength, sharpness):
        self.wavelength = wavelength
        self.sharpness = sharpness
        self.octaves = [[rng.random() for _ in range(1024)] for _ in range(OCTAVES)]

    def at(self, x):
        """Return the noise at ``x``."""
        total = weight = 0.0
        size, length = 1.0, self.wavelength
        for values in self.octaves:
            whole, part = divmod(x / length, 1)
            smooth = part * part * (3 - 2 * part)
            left, right = values[int(whole) % 1024], values[(int(whole) + 1) % 1024]
            value = left + (right - left) * smooth
            folded = 1 - abs(2 * value - 1)
            total += size * (value + (folded - value) * self.sharpness)
            weight += size
            size *= 0.34 + 0.12 * self.sharpness
            length /= 2.1
        return total / weight


def wooded(ridge: Ridge, seed: int, *, tallest: float) -> Ridge:
    """Return the ridge with a distant forest along its crest."""
    rng = random.Random(seed)  # noqa: S311
    crest = []
    thick = Noise(rng, wavelength=240, sharpness=0)
    x = -10.0
    while x < WIDTH + 10:
        half = tallest * rng.uniform(0.1, 0.2)
        height = tallest * rng.uniform(0.35, 1) * (0.35 + thick.at(x + 20))
        ground = height_at(ridge.crest, x)
        crest += [(x - half, ground + 2), (x, ground - height), (x + half, ground + 2)]
        x += half * rng.uniform(1.1, 2.6)
    crest = [(min(max(x, 0), WIDTH), y) for x, y in crest]
    return Ridge(crest, ridge.depth)


def height_at(crest: list[Point], x: float) -> float:
    """Return the height of the crest at ``x``."""
    index = min(max(round(x / STEP), 0), len(crest) - 1)
    return crest[index][1]


def firs(seed: int, *, tallest: float, gap: tuple[float, float]) -> list[list[Point]]:
    """Return the outlines of firs along the lower edge, with an opening from gap[0] to gap[1]."""
    rng = random.Random(seed)  # noqa: S311
    trees = []
    x = -30.0
    while x < WIDTH + 30:
        # The row sinks towards the opening, so that the eye goes through it.
        away = max(gap[0] - x, x - gap[1], -80) / 420
        height = tallest * min(max(away, 0) ** 0.7 + 0.16, 1) * rng.uniform(0.62, 1.05)
        trees.append(fir(rng, x, HEIGHT + 24, height))
        x += max(height * rng.uniform(0.1, 0.26), 12)
    return trees


def fir(rng, x: float, foot: float, height: float) -> list[Point]:
    """Return the outline of one fir, its branches hanging a little and never quite even."""
    tiers = max(int(height / 13), 7)
    spread = height * rng.uniform(0.15, 0.19)
    lean = rng.uniform(-0.012, 0.012) * height
    left, right = [], []
    for tier in range(1, tiers + 1):
        part = tier / tiers
        y = foot - height * (1 - part)
        width = spread * part**0.85
        for side, points in ((-1, left), (1, right)):
            reach = width * rng.uniform(0.68, 1.08)
            sag = height / tiers * rng.uniform(0.1, 0.45)
            points.append((x + lean * (1 - part) + side * reach, y + sag))
            points.append((x + lean * (1 - part) + side * reach * rng.uniform(0.3, 0.5), y - sag * 0.3))
    return [(x + lean, foot - height), *right, *reversed(left)]


def stars(seed: int, *, count: int, lowest: float) -> list[tuple[float, float, float]]:
    """Return places and sizes of stars, fewer towards the horizon."""
    rng = random.Random(seed)  # noqa: S311
    return [
        (rng.uniform(0, WIDTH), lowest * rng.random() ** 1.4, 0.6 + 1.1 * math.pow(rng.random(), 4))
        for _ in range(count)
    ]
