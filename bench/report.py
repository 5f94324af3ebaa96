"""The table."""

from .measuring import TARGETS
from .targets import BARE, FORM, POST

AIM_RATE, AIM_P99 = 0.5, 4


def report(database, measured):
    """Return what was measured as text."""
    lines = [f"| {database} | per second | p50 ms | p99 ms |", "|---|---|---|---|"]
    lines += [row(measured, target) for target in TARGETS]
    by_round = [
        post.rate / bare.rate for post, bare in zip(measured.rounds[POST], measured.rounds[BARE], strict=True)
    ]
    rate, p99 = compare(measured)
    lines += [
        "",
        f"POST rate / bare rate: {rate:.2f} (rounds {min(by_round):.2f} to {max(by_round):.2f}; "
        f"aim: at least {AIM_RATE})",
        f"POST p99 / bare p99: {p99:.1f} (aim: below {AIM_P99})",
        f"queries of the {FORM.name}: {measured.queries}",
        f"acknowledged {len(measured.acknowledged)}, stored {len(measured.waiting)}, "
        f"in quarantine {measured.quarantined}, in the spool {measured.spooled}, "
        f"connections opened again {measured.reopened}",
        *(f"WRONG: {count} × {what}" for what, count in measured.wrong.items()),
    ]
    if not measured.is_all_stored:
        lines.append("WRONG: what was acknowledged is not what waits in the queue")
    return "\n".join([*lines, ""])


def compare(measured):
    """Return how the form's rate and p99 stand to those of the bare insert."""
    rate = measured.rate(POST) / measured.rate(BARE)
    return rate, measured.quantile(POST, 0.99) / measured.quantile(BARE, 0.99)


def row(measured, target):
    """Return the line of one target."""
    return (
        f"| {target.name} | {measured.rate(target):,.0f} | {measured.quantile(target, 0.5):.1f} "
        f"| {measured.quantile(target, 0.99):.1f} |"
    )
