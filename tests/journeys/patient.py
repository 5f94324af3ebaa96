"""What patients do with the form, told once and walked in several browsers.

A *hand* is a window of one of them: ``tests/browser/hand.py``, ``tests/firefox/hand.py``. Fields are found by
their names, so that a journey is the same in both languages; what is read is what a person would read.
"""

import re
from uuid import uuid4

FORM, SPANISH_FORM = "/consultation/", "/consultation/es/"
SEND = ".form__send"
NAME, PHONE, EMAIL_ADDRESS, NOTE = "[name=name]", "[name=phone]", "[name=email]", "[name=note]"
CONSENT, VOICEMAIL, TEXTING = "[name=contact]", "[name^=voicemail]", "[name=texting]"
RECEIVED = re.compile(r"^/consultation/(es/)?received/\w{10}/[\w-]+/$")
# A day is promised, whatever the hour at which the journey is walked.
A_CALL = re.compile(r"We call you .*(today|tomorrow|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)")
REFERENCE = re.compile(r"\b[A-Z]{2}\d-[A-Z]{2}\d-[A-Z]{2}\d[A-Z]\b")
ERRORS = ".error-summary__list a"
# Unfolds whatever is about language, needs, topic and the note.
MORE = "form > details.fold > summary"


# Whether a question, what is wrong with its answer and the control can all be seen without scrolling.
IN_VIEW = """
  const group = document.getElementById(arguments[0]).closest(".form-group--error");
  const parts = ["legend, label", ".error-message", "input"].map((part) => group.querySelector(part));
  const boxes = parts.map((part) => part.getBoundingClientRect());
  return boxes.every((box) => box.top >= 0 && box.bottom <= innerHeight);
"""


def choice(name, value):
    """Return the selector of one choice of a question."""
    return f"[name={name}][value={value}]"


ME, SOMEBODY_ELSE = choice("for_whom", "me"), choice("for_whom", "else")
CALL, TEXT, EMAIL = (choice("way", way) for way in ("call", "text", "email"))


def fill_in_least(hand, *, name="Journey Person", number="(555) 555-0177"):
    """Answer what nobody can leave out: two fields to type in, three taps, and then the button."""
    hand.press(ME)
    hand.write(NAME, name)
    hand.press(CALL)
    hand.write(PHONE, number)
    hand.press(CONSENT)


def expect_received(hand):
    """See that the request arrived, and return the address that says so."""
    assert RECEIVED.match(hand.path), hand.path
    assert REFERENCE.search(hand.text("main"))
    return hand.path


def expect_every_error_leads_to_its_question(hand, number):
    """Follow the links of the errors one by one."""
    assert hand.count(ERRORS) == number
    for position in range(1, number + 1):
        link = f".error-summary__list li:nth-child({position}) a"
        control = hand.attribute(link, "href").removeprefix("#")
        hand.press(link)
        assert hand.has_focus(f"#{control}"), control
        assert hand.evaluate(IN_VIEW, control), control


def call_back_at_night(hand):
    """Somebody who can't sleep wants to be called, in six moves and nothing else."""
    hand.go(FORM)
    assert hand.is_shown(".crisis-strip [href^=tel]")
    assert not hand.is_shown(PHONE)
    fill_in_least(hand, name="Night Person")
    assert not hand.is_shown(EMAIL_ADDRESS)
    hand.follow(SEND)
    expect_received(hand)
    assert A_CALL.search(hand.text("main"))
    assert "Night Person" not in hand.text("body")


def for_a_spouse(hand):
    """Somebody asks for his wife, gives his own number, allows a voicemail and says when."""
    hand.go(FORM)
    hand.press(SOMEBODY_ELSE)
    assert "nothing about them" in hand.text("main form")
    hand.write(NAME, "Husband Person")
    hand.press(CALL)
    hand.write(PHONE, "555-555-0178")
    hand.press(VOICEMAIL)
    hand.press("[name=times]")
    hand.press(MORE)
    hand.write(NOTE, "Ring twice, please.")
    hand.press(CONSENT)
    hand.follow(SEND)
    expect_received(hand)


def in_spanish(hand):
    """Somebody begins in English, goes on in Spanish, loses nothing, and is answered in Spanish."""
    hand.go(FORM)
    hand.press(ME)
    hand.write(NAME, "Persona de Viaje")
    hand.press(TEXT)
    hand.write(PHONE, "(555) 555-0179")
    hand.follow("[formaction='/consultation/es/']")
    assert hand.path == SPANISH_FORM
    assert hand.attribute("html", "lang") == "es"
    assert hand.count(ERRORS) == 0
    assert hand.value(NAME) == "Persona de Viaje"
    assert hand.value(PHONE) == "(555) 555-0179"
    assert hand.is_checked(ME) and hand.is_checked(TEXT)
    hand.press(TEXTING)
    hand.press(CONSENT)
    hand.follow(SEND)
    assert expect_received(hand).startswith(SPANISH_FORM)
    assert hand.attribute("html", "lang") == "es"


def under_eighteen(hand):
    """A girl begins, sees that this is for adults, reads where to turn, and comes back to what she wrote."""
    hand.go(FORM)
    hand.write(NAME, "Young Person")
    hand.follow("a[href$='under-18/']")
    assert hand.text("h1") == "We treat adults only"
    assert hand.is_shown("main [href='tel:988']")
    hand.back()
    assert hand.path == FORM
    assert hand.value(NAME) == "Young Person"


def everything_wrong_first(hand):
    """Somebody sends it empty, follows every error to its question, mends one after the other, and sends."""
    hand.go(FORM)
    hand.follow(SEND)
    assert hand.title.startswith("Error: ")
    expect_every_error_leads_to_its_question(hand, 4)
    hand.press(ME)
    hand.write(NAME, "Careful Person")
    hand.press(CALL)
    hand.write(PHONE, "12")
    hand.press(CONSENT)
    hand.follow(SEND)
    expect_every_error_leads_to_its_question(hand, 1)
    assert hand.value(NAME) == "Careful Person"
    assert hand.value(PHONE) == "12"
    assert hand.is_checked(ME) and hand.is_checked(CALL) and hand.is_checked(CONSENT)
    hand.write(PHONE, "(555) 555-0180")
    hand.follow(SEND)
    expect_received(hand)


def by_email_alone(hand):
    """Somebody has no phone that is theirs alone, and wants a copy."""
    hand.go(FORM)
    hand.press(ME)
    # A copy is sent once, so this is a person who never asked before.
    name = uuid4().hex[:8]
    hand.write(NAME, f"Letter {name}")
    hand.press(EMAIL)
    assert not hand.is_shown(PHONE)
    assert not hand.is_shown("[name=times]")
    hand.write(EMAIL_ADDRESS, f"{name}@example.com")
    hand.press(CONSENT)
    hand.follow(SEND)
    expect_received(hand)
    hand.follow("form.received__tools .button:not([name])")
    assert "The copy is on its way" in hand.text("main")


def back_before_sending(hand):
    """Somebody reads something else in between: Back brings the form as it was left."""
    hand.go(FORM)
    fill_in_least(hand, name="Reading Person")
    hand.follow(".brand")
    hand.back()
    assert hand.path == FORM
    assert hand.value(NAME) == "Reading Person"
    assert hand.value(PHONE) == "(555) 555-0177"
    assert hand.is_checked(ME) and hand.is_checked(CALL) and hand.is_checked(CONSENT)
    hand.follow(SEND)
    expect_received(hand)


def the_same_once_more(hand):
    """Somebody reloads, and fills in the same again: it stays one request, under one reference."""
    hand.go(FORM)
    fill_in_least(hand, name="Twice Person")
    hand.follow(SEND)
    first = expect_received(hand)
    hand.reload()
    assert expect_received(hand) == first
    hand.go(FORM)
    fill_in_least(hand, name="Twice Person")
    hand.follow(SEND)
    assert expect_received(hand) == first


def back_after_sending(hand):
    """The next person at the same computer presses Back and reads nothing."""
    hand.go(FORM)
    fill_in_least(hand, name="Library Person")
    hand.follow(SEND)
    expect_received(hand)
    hand.back()
    hand.wait_for(FORM, NAME)
    assert hand.value(NAME) == ""
    assert hand.value(PHONE) == ""
    assert not hand.is_checked(CONSENT)


WITHOUT_SCRIPTS = [call_back_at_night, in_spanish, everything_wrong_first, back_before_sending]
WITH_SCRIPTS = [
    *WITHOUT_SCRIPTS,
    for_a_spouse,
    under_eighteen,
    by_email_alone,
    the_same_once_more,
    back_after_sending,
]
# Each with whether scripts run.
WALKS = [*((walk, True) for walk in WITH_SCRIPTS), *((walk, False) for walk in WITHOUT_SCRIPTS)]
WALK_NAMES = [f"{walk.__name__}{'' if scripts else '_without_scripts'}" for walk, scripts in WALKS]
