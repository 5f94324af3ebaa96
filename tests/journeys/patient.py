"""What patients do with the form, told once and walked in several browsers.

A *hand* is a window of one of them: ``tests/browser/hand.py``, ``tests/firefox/hand.py``. Fields are found by
their names, so that a journey is the same in both languages; what is read is what a person would read.
"""

import re

FORM, SPANISH_FORM = "/consultation/", "/consultation/es/"
SEND = "main form button[type=submit].button--action"
NAME = "[name=name]"
NUMBER = "[name=phone]"
ADDRESS = "[name=email]"
CONSENT = "[name=contact]"
NOTE = "[name=note]"
RECEIVED = re.compile(r"^/consultation/(es/)?received/\w{10}/\w+/$")
REFERENCE = re.compile(r"\b[A-Z]{2}\d-[A-Z]{2}\d-[A-Z]{2}\d[A-Z]\b")
# A day or a time is promised, whatever the hour at which the journey is walked.
A_DAY = re.compile(r"today|tomorrow|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day", re.IGNORECASE)


def choice(name, value):
    """Return the selector of one choice of a question."""
    return f"[name={name}][value={value}]"


ME, SOMEONE_ELSE = choice("for_whom", "me"), choice("for_whom", "other")
CALL, TEXT, EMAIL = (choice("way", way) for way in ("call", "text", "email"))
