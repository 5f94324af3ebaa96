"""The table of pages, what it means beside the aims, and the picture of it."""

import math
from dataclasses import dataclass, field
from html import escape
from statistics import median

from bench.aims import at_least, at_most, not_run, told

STATIC, HELLO, BARE = "static file, nginx", "the server's hello", "bare Wagtail page, alone"
BEHIND, ALONE, UNCACHED = "post behind nginx", "post alone, from a file", "post alone, uncached"
WORDPRESS = "WordPress, default theme"
# What a server of this kind can do at most with so many bytes and so long a head.
SAME = "a page, from memory"
WIDTH, LINE, LEFT, RIGHT, TOP = 760, 28, 210, 80, 56


@dataclass
class Row:
    """One target under so many clients: what each round saw, and the processor's time for an answer."""

    name: str
    clients: int
    rounds: list = field(default_factory=list)
    processor: list = field(default_factory=list)

    def of(self, what):
        """Return the median of what the rounds saw."""
        return median(getattr(seen, what) for seen in self.rounds)

    @property
    def size(self):
        """Bytes of an answer with its head."""
        return median(seen.bytes / max(seen.answers, 1) for seen in self.rounds)

    @property
    def is_good(self):
        """Whether every answer of every round was one."""
        return all(seen.is_good for seen in self.rounds)

    def beside(self, other, what="rate"):
        """Return the median of the rounds' ratios: both rows of one round met the same machine."""
        pairs = zip(self.rounds, other.rounds, strict=True)
        return median(getattr(mine, what) / max(getattr(its, what), 1e-9) for mine, its in pairs)


def table(rows):
    """Return the rows as Markdown, and which of them mean nothing."""
    lines = [
        "| target | clients | per second | p50 ms | p99 ms | processor ms | bytes |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        lines.append(
            f"| {row.name} | {row.clients} | {row.of('rate'):,.0f} | {row.of('p50'):.1f} "
            f"| {row.of('p99'):.1f} | {median(row.processor):.3f} | {row.size:,.0f} |"
        )
    return "\n".join([*lines, *wrong(rows)])


def wrong(rows):
    """Name the rows whose figures mean nothing, since not every answer was one."""
    for row in rows:
        if not row.is_good:
            refused, lost = (sum(getattr(seen, what) for seen in row.rounds) for what in ("refused", "lost"))
            yield f"WRONG: {row.name}, {row.clients} clients: {refused} refused, {lost} lost"


def aims(rows):
    """Set the rows beside the aims."""
    by_place = {(row.name, row.clients): row for row in rows}
    for clients in sorted({row.clients for row in rows}):
        behind, static = by_place[BEHIND, clients], by_place[STATIC, clients]
        at = f"{clients} clients"
        yield at_least(f"post behind nginx, {at}: × static file", behind.beside(static), 0.9)
        yield at_most("the same: p99 × static's", behind.beside(static, "p99"), 2)
        alone, hello = by_place[ALONE, clients], by_place[HELLO, clients]
        yield at_least(f"post alone from a file, {at}: × the server's hello", alone.beside(hello), 0.8)
        same = alone.beside(by_place[SAME, clients])
        yield told("the same: × as many bytes from the server's memory", f"{same:.2f}")
    few = min(row.clients for row in rows)
    uncached, behind = by_place[UNCACHED, few], by_place[BEHIND, few]
    yield told("post uncached: × a bare Wagtail page", f"{uncached.beside(by_place[BARE, few]):.2f}")
    if wordpress := by_place.get((WORDPRESS, few)):
        yield at_least("post behind nginx: × WordPress, default theme", behind.beside(wordpress), 1000)
        yield at_least("post uncached: × WordPress, default theme", uncached.beside(wordpress), 4)
    else:
        yield not_run("WordPress, default theme", "needs Debian's wordpress, php-fpm, mariadb-server")
    yield not_run("WordPress' best-known cache, its files", "the plugin is in no package of Debian")


def picture(rows, clients):
    """Draw the rates under so many clients; each line upwards is ten times the one before."""
    shown = [row for row in rows if row.clients == clients]
    decades = max(1, math.ceil(math.log10(max(row.of("rate") for row in shown))))
    step = (WIDTH - LEFT - RIGHT) / decades
    bottom = TOP + LINE * len(shown)
    said = "; ".join(f"{row.name} {row.of('rate'):,.0f}" for row in shown)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 30}" role="img"'
        ' aria-labelledby="title words" font-family="sans-serif" font-size="13">',
        f'<title id="title">Answers per second, {clients} clients, logarithmic</title>',
        f'<desc id="words">{escape(said)}</desc>',
        "<style>",
        ".paper{fill:#fff}.ink{fill:#1b2a2b}.bar{fill:#2f6f73}.line{stroke:#b9c6c6}",
        "@media screen and (prefers-color-scheme:dark)"
        "{.paper{fill:#14201f}.ink{fill:#e6eeed}.bar{fill:#6fb3b3}.line{stroke:#40514f}}",
        "</style>",
        f'<rect class="paper" width="{WIDTH}" height="{bottom + 30}"/>',
        f'<text class="ink" x="12" y="22" font-weight="bold">Answers per second, {clients} clients</text>',
        '<text class="ink" x="12" y="40">each line is ten times the one before</text>',
    ]
    for power in range(decades + 1):
        x = LEFT + step * power
        parts += [
            f'<line class="line" x1="{x:.0f}" x2="{x:.0f}" y1="{TOP}" y2="{bottom}"/>',
            f'<text class="ink" x="{x:.0f}" y="{bottom + 18}" text-anchor="middle">{10**power:,}</text>',
        ]
    for place, row in enumerate(shown):
        rate, y = row.of("rate"), TOP + LINE * place + 5
        length = step * math.log10(max(rate, 1))
        parts += [
            f'<text class="ink" x="{LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(row.name)}</text>',
            f'<rect class="bar" x="{LEFT}" y="{y}" width="{length:.0f}" height="18"/>',
            f'<text class="ink" x="{LEFT + length + 6:.0f}" y="{y + 14}">{rate:,.0f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
