"""By what a request was found."""

from django.db import models


class FoundBy(models.TextChoices):
    """What fits of a request, the surest first."""

    REFERENCE = "reference", "Reference"
    PHONE = "phone", "Phone number"
    EMAIL = "email", "E-mail address"
    NAME = "name", "Name"
    NEAR_NAME = "near_name", "Name, written a little differently"


class SearchProblem(models.TextChoices):
    """Why a search shows nobody."""

    TOO_SHORT = "too_short", "Type three letters or digits, or more."
    TOO_LONG = "too_long", "This is longer than any name, number or address. Type a part of it."
    TOO_MANY = "too_many", "Too many fit. Type more of it, or another part of the number."
    TOO_OFTEN = (
        "too_often",
        (
            "You have searched very often within an hour, so nothing is found by a name or a part for now. "
            "A whole number, address or reference still is."
        ),
    )


class LeftOut(models.TextChoices):
    """What a search left out, and what to do about it."""

    OLDEST = (
        "oldest",
        (
            "There are so many requests that the oldest of those that ended were not looked through. "
            "Type the whole number, its last four digits, the whole address or the reference."
        ),
    )
    MORE = "more", "More requests have this number or address; the newest are shown."
