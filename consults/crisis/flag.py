"""Whether the clinic wants requests to be read for such words, and which of their texts are."""

from django.conf import settings

from consults.enums import Priority

from .reading import priority_of

# What people write in their own words; everything else in the form is chosen or a contact.
FREE_TEXTS = ("note", "needs")


def clinician() -> str:
    """Return the clinician who answers for the flag; empty means that it is off."""
    return settings.CONSULTS_CRISIS_CLINICIAN


def free_texts(contents: dict) -> dict[str, str]:
    """Return the texts that are read, by the names of their fields."""
    return {name: contents[name] for name in FREE_TEXTS if contents.get(name)}


def priority_for(contents: dict) -> Priority:
    """Return where a request belongs by what it says; NONE while no clinician is named."""
    if not clinician():
        return Priority.NONE
    return max(map(priority_of, free_texts(contents).values()), default=Priority.NONE)
