"""The consultation form as a person fills it in: in English by its words, elsewhere by its fields."""

from .visit import follow

NAME = "Journey Person"
NOTE = "Anything else that helps us reach you"


def fill_in(page, *, name=NAME, phone="(555) 555-0177", note="Ring twice, please."):
    """Fill in the English form by the words beside each field."""
    page.get_by_label("What should we call you?").fill(name)
    page.get_by_label("Phone number").fill(phone)
    page.get_by_label("Call me").check()
    page.get_by_label("Weekday morning").check()
    page.get_by_label("Ketamine injection").check()
    page.get_by_role("group", name="Who is the consultation for?").get_by_label("For me").check()
    choose_age(page, "Yes")
    page.get_by_label("How did you hear of us?").select_option(label="A doctor or therapist")
    page.get_by_label(NOTE).fill(note)
    page.get_by_label("Please contact me about this request").check()


def choose_age(page, answer):
    """Say whether the person is an adult."""
    page.get_by_role("group", name="Is that person 18 or over?").get_by_label(answer, exact=True).check()


def send(page):
    """Press the button."""
    follow(page.get_by_role("button", name="Send request"))


def fill_in_fields(page, *, name=NAME, age="adult"):
    """Fill in what is needed by the names of the fields, whatever the language."""
    page.locator("[name=name]").fill(name)
    page.locator("[name=phone]").fill("(555) 555-0181")
    for field, value in {"way": "call", "for_whom": "me", "age": age, "contact": "yes"}.items():
        page.locator(f"[name={field}][value={value}]").check()


def submit(page):
    """Press the button that sends the form, whatever its words."""
    follow(page.locator("main form button[type=submit]").last)
