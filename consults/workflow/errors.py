"""Why the workflow refuses. None of them holds a word of a request."""

from consults.sealing.envelope import EnvelopeProblem


class NotAllowed(Exception):
    """The user lacks the right."""


class InvalidTransition(Exception):
    """The request can't move there from where it stands, or a reason is missing."""


class UnreadRequest(InvalidTransition):
    """Nobody has read the request yet, so nobody can end it."""


class SecondPersonNeeded(InvalidTransition):
    """The request is to be read first; a colleague has to deal with it before this person lowers that."""


class PutOffTooLong(InvalidTransition):
    """The request is to be read first; until a colleague has dealt with it, it comes up again soon."""


class CannotLink(InvalidTransition):
    """A request is linked to an earlier one that has contents, and not to itself or in a circle."""


class NotLinked(InvalidTransition):
    """The two requests are not, or no longer, linked as of the same person."""


class HasAppointment(InvalidTransition):
    """Whoever has an appointment is not ended along with something else."""


class NotYet(InvalidTransition):
    """The appointment is still to come."""


class StillToSay(InvalidTransition):
    """The appointment is over, and nobody said yet what became of it."""


class OtherAppointment(InvalidTransition):
    """The appointment that was meant is not, or no longer, the one that stands."""


class SamePerson(InvalidTransition):
    """It takes two people, and this is the first one again."""


class NotSettled(InvalidTransition):
    """It takes two people whose accounts, roles and second factors are older than a day."""


class LastManager(InvalidTransition):
    """Nobody would be left to manage."""


class ThereIsOne(InvalidTransition):
    """Somebody manages already."""


class NoAddress(InvalidTransition):
    """The person gave no e-mail address."""


class AskedToStop(InvalidTransition):
    """The person asked us not to contact them."""


class UnfitText(InvalidTransition):
    """An e-mail names what it must not name."""


class NoLongerWanted(Exception):
    """A mail must not go out any more: its contents are gone, or the person asked us to stop."""


class Purged(EnvelopeProblem):
    """The contents of the request were removed."""

    def __init__(self):
        super().__init__("Its contents were removed, as they are after a time.")


class StaleRequest(Exception):
    """Somebody else changed the request since it was read."""


class StaleProfile(Exception):
    """Somebody else changed what is known of a colleague since it was read."""


class CouldNotKeep(Exception):
    """Neither the database nor the spool takes the request; it must not be acknowledged."""


class ReferenceTaken(Exception):
    """Another request bears this reference."""
