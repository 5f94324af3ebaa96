"""How the copy by e-mail stands that somebody may have of their request."""

from enum import StrEnum


class CopyState(StrEnum):
    """One state; the values stand in the address of the page after the form."""

    # Nobody gave an address that it could go to.
    NO_ADDRESS = "none"
    OFFERED = "offer"
    # It was asked for, and goes out once.
    ASKED = "asked"
    # So many were asked for to this address, or from this network, that no other one is sent.
    TOO_MANY = "many"
    # The page was left open for longer than a copy is offered.
    TOO_LATE = "late"
