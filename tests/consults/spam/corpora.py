"""Forms as people and as scripts send them. Both lists are the same in every run."""

import random
from dataclasses import dataclass, field

from consults.spam.signals import HONEYPOT_FIELD
from tests.factories.forms import BROWSER, form_data

# Neither says where it comes from.
OLD_BROWSER = {"User-Agent": "Mozilla/5.0 (X11; rv:60.0)", "Accept": "text/html", "Accept-Language": "en"}
SCRIPT = {"User-Agent": "python-requests/2.32", "Accept": "*/*"}
HOSPITAL = "198.51.100.20"


@dataclass
class Sent:
    """One form on its way: its age in seconds (None without a token), and where it comes from."""

    data: dict
    age: float | None = 120
    headers: dict = field(default_factory=lambda: BROWSER)
    address: str = "203.0.113.5"
    token: str | None = None
    path: str = "/consultation/"


def honest():
    """Return 200 forms that people sent."""
    return [_honest(number) for number in range(200)]


def _honest(number):
    data = form_data(
        name=NAMES[number % len(NAMES)] + f" {number}",
        phone=f"(555) 555-{number:04}",
        email=f"person.{number}@example.org",
        note=NOTES[number % len(NOTES)],
    )
    sent = Sent(data, address=f"203.0.{number % 200}.{number}")
    change = KINDS[number % len(KINDS)]
    change(sent)
    # Two of two hundred have a browser that fills in whatever it finds.
    if number in (50, 150):
        sent.data[HONEYPOT_FIELD] = data["name"]
    return sent


NAMES = [
    "Ana", "李小龙", "محمد", "דוד", "Zoë O’Neil", "🌻 Sunny", "J.", "Nguyễn Thị Minh", "Ольга", "María José",
]  # fmt: skip
NOTES = [
    "", "Please ring twice.", "بعد الظهر من فضلك", "🙏", "I work nights.\nCall after noon.", "x " * 2500,
    "My site is www.example.org", "Hablo español", "Use the relay service", "=SUM(1)",
]  # fmt: skip


def _as_it_is(sent):
    """A phone with JavaScript or without: the form is the same."""


def _slow(sent):
    """A screen reader, or somebody who is interrupted."""
    sent.age = 50 * 60


def _overnight(sent):
    sent.age = 30 * 3600


def _practised(sent):
    """Autofill fills in everything."""
    sent.age = 4


def _shared(sent):
    sent.address = HOSPITAL


def _old_browser(sent):
    sent.headers = OLD_BROWSER


def _no_token(sent):
    """A form saved on the phone, or a proxy that cut a hidden field."""
    sent.age = None


def _spanish(sent):
    sent.path = "/consultation/es/"


def _by_text(sent):
    sent.data |= {"way": "text", "texting": "yes"}


def _by_mail(sent):
    sent.data |= {"way": "email", "phone": "", "email": sent.data.pop("second_email")}


KINDS = [
    _as_it_is, _slow, _shared, _overnight, _practised, _shared, _old_browser, _spanish, _by_text, _by_mail,
    _as_it_is, _slow, _shared, _as_it_is, _no_token, _shared, _old_browser, _spanish, _by_text, _as_it_is,
]  # fmt: skip


def bots():
    """Return 500 forms that scripts of eight families sent."""
    chance = random.Random(20261126)  # noqa: S311
    return [FAMILIES[number % len(FAMILIES)](number, chance) for number in range(500)]


def _bot(number, chance, **changes):
    data = form_data(
        name=chance.choice(["SEO Expert", "Best Offer", "John", "Crypto Team"]) + f" {number}",
        phone=f"555555{number + 1000:04}",
        email=f"bot{number}@example.net",
        note=chance.choice(["Hello", "We rank your site", "Cheap pills " * 5]),
    )
    return Sent({**data, **changes}, headers=SCRIPT, address=f"192.0.{number % 250}.7")


def _links(chance):
    form = chance.choice(["https://offer{}.example", "[url=x{}]", "<a href=x{}>x</a>", "www.offer{}.example"])
    return " ".join(form.format(n) for n in range(chance.randint(3, 9)))


def fills_in_everything(number, chance):
    """It reads the form and gives every field a value, the hidden one included."""
    sent = _bot(number, chance, **{HONEYPOT_FIELD: "https://pills.example"})
    sent.age = chance.choice([0.2, 1, 30])
    return sent


def posts_blindly(number, chance):
    """It learned the fields once and never fetches the form again."""
    sent = _bot(number, chance)
    sent.age = None
    return sent


def replays_a_token(number, chance):
    """It kept a form of last week and sends it from another site's page."""
    sent = _bot(number, chance)
    sent.age = 7 * 24 * 3600
    sent.headers = {**SCRIPT, "Origin": "https://spam.example"}
    return sent


def forges_a_token(number, chance):
    """It makes the token up."""
    sent = _bot(number, chance)
    sent.age, sent.token = None, f"{chance.randint(10**9, 2 * 10**9)}:en-0:{'x' * 43}"
    return sent


def floods_from_one_place(number, chance):
    """It fetches and sends as fast as it can, always with its owner's address."""
    sent = _bot(number, chance, email="owner@spam.example", phone="")
    sent.data["way"] = "email"
    sent.age, sent.address = chance.uniform(0, 2), "192.0.2.99"
    return sent


def hurries_in_a_browser(number, chance):
    """It drives a real browser, at a speed no person types with, for its links."""
    sent = _bot(number, chance, note=_links(chance))
    sent.age, sent.headers = chance.uniform(0, 2), BROWSER
    return sent


def pretends_to_be_a_browser(number, chance):
    """It sends what browsers send and its links, but has no form."""
    sent = _bot(number, chance, note=_links(chance))
    sent.age, sent.headers = None, BROWSER
    return sent


def behaves_like_a_person(number, chance):
    """It drives a browser and takes its time. Nothing tells it from a person: it gets through."""
    sent = _bot(number, chance)
    sent.headers = BROWSER
    return sent


FAMILIES = [
    *[fills_in_everything, posts_blindly, replays_a_token, forges_a_token, floods_from_one_place] * 4,
    hurries_in_a_browser, hurries_in_a_browser, pretends_to_be_a_browser, pretends_to_be_a_browser,
    behaves_like_a_person,
]  # fmt: skip
