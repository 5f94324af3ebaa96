"""A form that corrects an earlier one: it bears what the page after that one gave it, as proof."""

from consults.references import format_reference

from .slip import read_slip

# Reference and slip, with a blank between.
FIELD = "corrects"
LONGEST = 320


def correcting(slip) -> str:
    """Return what a form posts along that corrects the request of a slip."""
    return f"{slip.reference} {slip.sealed()}"


def corrected_by(posted) -> str:
    """Return the reference of the request that a form proves to correct; empty where it corrects none."""
    slip = _read(posted)
    return slip.first if slip else ""


def correction_shown(posted) -> dict:
    """Return what the page of a form shows and hands on where it corrects an earlier one."""
    slip = _read(posted)
    if slip is None:
        return {}
    return {FIELD: correcting(slip), "corrected_reference": format_reference(slip.reference)}


def _read(posted):
    reference, _blank, text = posted.get(FIELD, "")[:LONGEST].partition(" ")
    return read_slip(reference, text) if text else None
