"""The table of pages beside the aims, and the picture of it."""

import math
from dataclasses import dataclass
from html import escape

from .load import Seen

STATIC, HELLO, BARE = "static file, nginx", "the server's hello", "bare Wagtail page"
BEHIND, ALONE, UNCACHED = "post behind nginx", "post alone", "post uncached, alone"
# What row, beside which, at least how many times as fast.
AIMS = ((BEHIND, STATIC, 0.9), (ALONE, HELLO, 0.8))
WIDTH, LINE, LEFT = 720, 26, 200


@dataclass(frozen=True)
class Row:
    """One target under so many clients."""

    name: str
    clients: int
    seen: Seen
    processor: float  # milliseconds for each answer, of all processes that serve it


def table(rows):
    """Return the rows and what they mean, as Markdown."""
    lines = [
        "| target | clients | per second | p50 ms | p99 ms | processor ms | bytes |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        seen = row.seen
        lines.append(
            f"| {row.name} | {row.clients} | {seen.rate:,.0f} | {seen.p50:.1f} | {seen.p99:.1f} "
            f"| {row.processor:.3f} | {seen.bytes / max(seen.answers, 1):,.0f} |"
        )
    return "\n".join([*lines, "", *comparisons(rows), *wrong(rows)])


def comparisons(rows):
    """Say how far each aim is, row by row of the same number of clients."""
    by_place = {(row.name, row.clients): row.seen for row in rows}
    for clients in sorted({row.clients for row in rows}):
        for name, other, aim in AIMS:
            ratio = by_place[name, clients].rate / by_place[other, clients].rate
            verdict = "met" if ratio >= aim else "MISSED"
            yield f"- {clients} clients, {name}: {ratio:.3f} of {other} (aim {aim}, {verdict})"
        behind, static = by_place[BEHIND, clients], by_place[STATIC, clients]
        verdict = "met" if behind.p99 <= 2 * static.p99 else "MISSED"
        ratio = behind.p99 / static.p99
        yield f"- {clients} clients, p99 behind nginx: {ratio:.1f} × static's (aim 2, {verdict})"
        ratio = by_place[UNCACHED, clients].rate / by_place[BARE, clients].rate
        yield f"- {clients} clients, {UNCACHED}: {ratio:.2f} of a {BARE}"
    yield "- WordPress, its theme uncached and its cache's files: not run"


def wrong(rows):
    """Name the rows whose figures mean nothing, since not every answer was one."""
    for row in rows:
        seen = row.seen
        if not seen.is_good:
            yield f"- WRONG: {row.name}, {row.clients} clients: {seen.refused} refused, {seen.lost} lost"


def picture(rows, clients):
    """Draw the rates under so many clients, on a scale where each step is ten times the one before."""
    shown = [row for row in rows if row.clients == clients]
    longest = max(math.log10(max(row.seen.rate, 1)) for row in shown)
    height = LINE * (len(shown) + 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' font-family="sans-serif" font-size="13">',
        f"<title>Answers per second, {clients} clients, each tenfold one step</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
    ]
    for place, row in enumerate(shown):
        length = (WIDTH - LEFT - 90) * math.log10(max(row.seen.rate, 1)) / longest
        y = LINE * place + LINE // 2
        parts += [
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(row.name)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{length:.0f}" height="18" fill="#2f6f73"/>',
            f'<text x="{LEFT + length + 6:.0f}" y="{y + 13}">{row.seen.rate:,.0f}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
