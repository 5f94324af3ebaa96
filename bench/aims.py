"""What the product aims at, beside what was seen: one line for each."""

from dataclasses import dataclass

REACHED, SHORT, TOLD, NOT_RUN = "reached", "**falls short**", "told", "not run"


@dataclass(frozen=True)
class Aim:
    """One line: what, how much it should be, how much it was, and what that means."""

    what: str
    aim: str
    seen: str
    verdict: str


def at_least(what, seen, aim, unit=""):
    """Set a figure beside the least it should be."""
    return Aim(what, f"≥ {aim:,g}{unit}", f"{seen:,.3g}{unit}", REACHED if seen >= aim else SHORT)


def at_most(what, seen, aim, unit=""):
    """Set a figure beside the most it should be."""
    return Aim(what, f"≤ {aim:,g}{unit}", f"{seen:,.3g}{unit}", REACHED if seen <= aim else SHORT)


def told(what, seen):
    """Tell what has no aim."""
    return Aim(what, "told", seen, TOLD)


def not_run(what, why):
    """Name what was not measured, and for want of what."""
    return Aim(what, "", why, NOT_RUN)


def table(aims):
    """Return all lines as Markdown."""
    lines = ["| what | aim | seen | |", "|---|---|---|---|"]
    lines += [f"| {aim.what} | {aim.aim} | {aim.seen} | {aim.verdict} |" for aim in aims]
    return "\n".join(lines)
