"""Three mornings at the desk, lived through at a screen and on a phone: what each call costs, and every mail.

32 people send the form and three call. One number serves two people, somebody calls back and says only her
first name, somebody asks us to stop, somebody wants to be forgotten, nobody comes to an appointment, and one
of those suspected of spam is a person.
"""

import email
import email.policy
import json
import re
import time
from datetime import datetime, timedelta

import pytest

from consults.spam.signals import HONEYPOT_FIELD

from .desk_window import Cost, Desk, send
from .docs_pictures import draw
from .room import cut_off
from .visit import DESK_CLOCK, follow

# Each morning goes on where the one before ended.
pytestmark = [pytest.mark.once, pytest.mark.in_order]

SCREEN, PHONE = 1280, 390
# Monday, Wednesday and Friday: what is agreed for the day after is over then, at whatever hour this runs.
NIGHTS = 2
LINKS = "https://a.example https://b.example https://c.example"
EVENINGS, MORNINGS = ["8"], ["1"]
VOICEMAIL = {"voicemail": "yes", "voicemail_name": "yes"}
SUSPECTED = {HONEYPOT_FIELD: "x", "note": f"I read these before I dared to ask: {LINKS}"}
# Who sends what, by a word for each.
FIRST_MORNING = {
    "busy": {"name": "Theo Baker"},
    "machine": {"name": "Ana Ruiz", **VOICEMAIL},
    "books": {"name": "Grace Miller", "times": MORNINGS},
    "call back": {"name": "Henry Osei", "times": EVENINGS},
    "writes": {"name": "Ines Costa", "way": "email", "email": "ines.costa@example.org", "phone": ""},
    "texts": {"name": "Jonas Lind", "way": "text", "texting": "yes"},
    "husband": {
        "name": "Karen Holt",
        "way": "text",
        "texting": "yes",
        "voicemail": None,
        "note": "Please do not call, my husband answers. A text is fine.",
    },
    "marisol": {"name": "Marisol Vega", "note": "I work nights. Not before six, please.", "times": EVENINGS},
    "put off": {"name": "Noor Haddad"},
    "wrong number": {"name": "Otto Frank", "email": "otto.frank@example.org"},
    "island": {"name": "Pua Kalani", "time_zone": "Pacific/Honolulu"},
    "east": {"name": "Quinn Adler", "time_zone": "America/New_York"},
    "mother": {"name": "Rosa Stein", "for_whom": "else"},
    "advertises": {"name": "Best Prices", **SUSPECTED, "note": f"Buy followers {LINKS}"},
}
SECOND_MORNING = {
    "short of time": {"name": "Sofia Brandt"},
    "machine again": {"name": "Tom Reyes", **VOICEMAIL},
    "does not want": {"name": "Uma Patel"},
    "a person": {"name": "Vera Lang", **SUSPECTED},
    "in danger": {"name": "Will Bennett", "note": "I can't go on like this. I said goodbye to my dog."},
    "mail only": {"name": "Xenia Koch", "way": "email", "email": "xenia.koch@example.org", "phone": ""},
    "asks twice": {"name": "Yara Odeh", "phone": "(555) 555-0480"},
    "wants to be forgotten": {"name": "Zoe Martin"},
    "weekend": {"name": "Amir Shah", "times": ["16", "64"]},
}
THIRD_MORNING = {
    "asks again": {"name": "Yara Odeh", "phone": "(555) 555-0480", "note": "I wrote on Wednesday already."},
    "shares the number": {"name": "Bela Odeh", "phone": "(555) 555-0480"},
    "late riser": {"name": "Carl Jensen", **VOICEMAIL},
    "pacific": {"name": "Dana Wolfe", "time_zone": "America/Los_Angeles"},
    "cost": {"name": "Elif Demir", "topic": "cost"},
    "texts too": {"name": "Finn Moore", "way": "text", "texting": "yes"},
    "interpreter": {"name": "Gita Rao", "needs": "An interpreter for Hindi, please."},
    "both want it": {"name": "Hugo Peters"},
}
IN_SPANISH = {"name": "Lucía Navarro", "note": "Prefiero hablar en español."}
BY_PHONE = {
    "at the phone": "Ivan Novak",
    "at the phone too": "Jill Carter",
    "the last to call": "Kofi Mensah",
}
LET_PASS = (
    "from datetime import timedelta; from tests.consults.passing_time import let_nights_pass; "
    "let_nights_pass({!r}, timedelta(days={}))"
)
HOW_THEY_STAND = (
    "import json; from consults.models import ConsultRequest; "
    "print(json.dumps(dict(ConsultRequest.objects.filter(reference__in={!r})"
    ".values_list('reference', 'status'))))"
)
TOLD_OF = (
    "import json; from consults.models import OutboxMessage; "
    "print(json.dumps([*OutboxMessage.objects.filter(template=OutboxMessage.Template.STAFF_NOTICE, "
    "reference__in={!r}, sent_at__isnull=False).values_list('reference', flat=True)]))"
)
# One press to open it, one for what came of it, in the list as it stands.
A_CALL = Cost(taps=2, loads=0, scrolls=0)
MOST_MAILS = 20
LONGEST_SUBJECT = 78
# Of a template that met something it didn't know.
LEFT_OVER = re.compile(r"\{[{%]|&\w+;|None|\ufffd")
# Beside other tests the worker waits for its turn.
SECONDS_FOR_MAIL = 120


class Story:
    """Who wrote, by the word for each, and the mails that were there before."""

    def __init__(self, demo_site):
        self.site = demo_site
        self.people = {}
        self.mails_before = set(demo_site.mail_folder.glob("*"))
        self._last_number = 400

    def number(self):
        """Return a number that nobody has."""
        self._last_number += 1
        return f"(555) 555-{self._last_number:04}"

    def send(self, people, path="/consultation/"):
        """Let these people send the form."""
        for word, given in people.items():
            self.people[word] = send(self.site, path, **{"phone": self.number(), "note": "", **given})

    def let_nights_pass(self):
        """Go on two days later."""
        self.site.manage("shell", "-c", LET_PASS.format([*self.people.values()], NIGHTS))

    def how_they_stand(self):
        """Return ``{word: status}``."""
        said = self.site.manage("shell", "-c", HOW_THEY_STAND.format([*self.people.values()]))
        status = json.loads(said.splitlines()[-1])
        return {word: status[reference] for word, reference in self.people.items()}

    def told_of(self):
        """Return whom mails told of, by the word for each."""
        said = self.site.manage("shell", "-c", TOLD_OF.format([*self.people.values()]))
        told = json.loads(said.splitlines()[-1])
        return {word for word, reference in self.people.items() if reference in told}

    def mails(self):
        """Return the mails that came of these requests, as programs read them."""
        files = sorted(set(self.site.mail_folder.glob("*")) - self.mails_before)
        found = [
            email.message_from_bytes(text, policy=email.policy.default)
            for file in files
            for text in re.split(rb"^-{79}\n", file.read_bytes(), flags=re.MULTILINE)
            if text.strip()
        ]
        return [mail for mail in found if self._is_ours(mail)]

    def _is_ours(self, mail):
        text = text_of(mail)
        return "suspected spam" in mail["subject"] or any(r in text for r in self.people.values())


@pytest.fixture(scope="module")
def story(demo_site):
    """The story so far."""
    return Story(demo_site)


@pytest.fixture
def sit_down(signed_in):
    """A function that seats somebody at a desk of a width, whose browser has nothing to complain about."""
    desks = []

    def open_desk(user, width):
        desks.append(Desk(signed_in(user, width=width)))
        return desks[-1]

    yield open_desk
    for desk in desks:
        assert desk.window.strangers == set()
        # A browser also complains about each answer that points out a mistake, or what is gone.
        assert [line for line in desk.window.complaints if not re.search("status of 4(09|10|22)", line)] == []


# --- what is done at a desk ------------------------------------------------------------------------------


def deal(desk, reference, outcome, *, film=""):
    """Open a request of the list in its row, tap what came of it, and return what that cost."""
    desk.find(reference)
    desk.cost()
    card = desk.open(reference)
    if film:
        draw(film, desk.page)
        desk.window.film(film)
    desk.tap(button(card, outcome))
    desk.wait_for_word(f"{reference}: {outcome}.")
    return desk.cost()


def go_on(desk):
    """Tap *Next*; return what it cost, with the next request open in its row."""
    desk.cost()
    desk.tap(desk.page.locator("[data-acts] [data-open-here]"))
    desk.page.locator("[data-card] .contact").wait_for()
    return desk.cost()


def put_away(desk):
    """Close what is open."""
    desk.page.locator("[data-close]").click()
    desk.page.locator("[data-card]").wait_for(state="detached")


def book(card, day):
    """Book for ten in the morning; where the clinic is closed then, mean it."""
    card.get_by_label("Call back, or appointment").fill(f"{day:%Y-%m-%d}T10:00")
    button(card, "Reached: booked").click()


def take_down(desk, story, word):
    """Write down what somebody says who calls."""
    page, name = desk.page, BY_PHONE[word]
    page.goto("/admin/requests-by-phone/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=phone]").fill(story.number())
    for field, value in {"way": "call", "for_whom": "me", "age": "adult"}.items():
        page.locator(f"[name={field}][value={value}]").check()
    page.locator("[name=contact]").check()
    follow(button(page, "Put into the queue"))
    story.people[word] = page.locator("h1").last.inner_text().split()[-1]


def button(place, name):
    return place.get_by_role("button", name=name, exact=True)


def tomorrow():
    return datetime.now(DESK_CLOCK) + timedelta(days=1)


# --- the first morning, at a screen ----------------------------------------------------------------------


def test_the_first_morning_at_a_screen(story, sit_down):
    story.send(FIRST_MORNING)
    story.send({"in spanish": IN_SPANISH}, "/consultation/es/")
    desk = sit_down("frontdesk", SCREEN)
    desk.page.goto("/admin/requests/")
    desk.window.film("m1-01-the-desk")
    draw("front-desk", desk.page)
    for word, outcome in (
        ("busy", "No answer"),
        ("machine", "Left a voicemail"),
        ("texts", "Texted"),
        ("husband", "Texted"),
        ("island", "No answer"),
        ("in spanish", "No answer"),
    ):
        assert deal(desk, story.people[word], outcome) == A_CALL, word
    draw("after-a-call", desk.page)
    assert go_on(desk) == Cost(taps=1, loads=0, scrolls=0)
    put_away(desk)
    ask_for_what_takes_more(desk, story)
    take_down(desk, story, "at the phone")
    print_for_an_outage(desk)
    hand_over(desk, "Grace Miller comes tomorrow at ten; her sister drives her.")


def ask_for_what_takes_more(desk, story):
    """A booking, a call back, putting off, a claim and a note: typing, and a press or two; never a load."""
    people, page = story.people, desk.page
    desk.find(people["books"])
    desk.cost()
    card = desk.open(people["books"])
    draw("request", page)
    desk.window.film("m1-02-a-request")
    book(card, tomorrow())
    is_closed = page.get_by_label("Book it all the same")
    page.locator("[data-said]").filter(has_text="booked").or_(is_closed).first.wait_for()
    if is_closed.count():
        is_closed.check()
        button(card, "Reached: booked").click()
    desk.wait_for_word(people["books"], "Consultation booked.")
    assert desk.cost().loads == 0
    page.goto(f"/admin/appointments/?day={tomorrow():%Y-%m-%d}")
    draw("appointments", page)
    desk.find(people["call back"])
    desk.cost()
    card = desk.open(people["call back"])
    card.get_by_label("Call back, or appointment").fill(f"{tomorrow():%Y-%m-%d}T17:30")
    desk.tap(button(card, "Reached: call back"))
    desk.wait_for_word(people["call back"], "Agreed for tomorrow")
    assert desk.cost() == A_CALL
    desk.find(people["put off"])
    card = desk.open(people["put off"])
    card.get_by_label("Put off until").fill(f"{tomorrow():%Y-%m-%d}T11:00")
    button(card, "Put off").click()
    desk.wait_for_word(people["put off"], "It comes up")
    assert desk.cost().loads == 0
    desk.find(people["marisol"])
    card = desk.open(people["marisol"])
    card.get_by_label("Note", exact=True).fill("Her phone is off until six.")
    desk.tap(button(card, "Claim this request"))
    desk.wait_for_word(people["marisol"], "Note added")
    assert desk.cost() == A_CALL


def hand_over(desk, sentence):
    """Write a sentence at the end of a shift."""
    desk.page.goto("/admin/requests/")
    follow(desk.page.get_by_role("link", name="Hand-over"))
    desk.page.get_by_label("For the next shift").fill(sentence)
    follow(button(desk.page, "Leave the message"))
    desk.window.film("m1-04-hand-over")
    draw("hand-over", desk.page)


def print_for_an_outage(desk):
    """Open what is needed to go on with on paper."""
    page = desk.page
    page.goto("/admin/requests/")
    follow(page.get_by_role("link", name="Hand-over"))
    follow(page.get_by_role("link", name="Sheet for an outage"))
    page.locator("[name=reason]").fill("The power goes at noon")
    page.locator("[name=is_meant]").check()
    follow(page.get_by_role("button", name="Open names and numbers"))
    assert "Grace Miller" in page.locator("main").inner_text()
    desk.window.film("m1-03-outage-sheet")
    draw("outage-sheet", page)


# --- the second morning, on a phone ----------------------------------------------------------------------


def test_the_second_morning_on_a_phone(story, sit_down):
    story.let_nights_pass()
    story.send(SECOND_MORNING)
    desk = sit_down("manager", PHONE)
    take_over(desk, "Grace Miller comes tomorrow at ten")
    desk.page.goto("/admin/requests/")
    desk.window.film("m2-01-the-desk")
    assert cut_off(desk.page) == []
    for word, outcome in (
        ("short of time", "No answer"),
        ("machine again", "Left a voicemail"),
        ("weekend", "No answer"),
    ):
        cost = deal(desk, story.people[word], outcome, film="phone-request" if word == "weekend" else "")
        assert (cost.taps, cost.loads) == (2, 0), word
    desk.window.film("m2-02-after-a-call")
    assert go_on(desk) == Cost(taps=1, loads=0, scrolls=0)
    put_away(desk)
    nobody_came(desk, story)
    somebody_calls_back(desk, story)
    stop(desk, story)
    look_at_the_suspected(desk, story)
    put_first(desk, story)
    take_down(desk, story, "at the phone too")


def take_over(desk, sentence):
    """Read what the last shift wrote, and say so."""
    desk.page.goto("/admin/requests/")
    assert "left a message" in desk.page.locator(".desk__handed").first.inner_text()
    follow(desk.page.get_by_role("link", name=re.compile("^Read (it|them)$")))
    assert sentence in desk.page.locator(".hand-over__said").last.inner_text()
    follow(button(desk.page, "Read, I take over"))
    assert button(desk.page, "Read, I take over").count() == 0


def nobody_came(desk, story):
    """The appointment is on the list of its day; nobody came, and the next step is planned."""
    reference, page = story.people["books"], desk.page
    page.goto(f"/admin/appointments/?day={tomorrow() - timedelta(days=NIGHTS):%Y-%m-%d}")
    row = page.locator(".appointments__row").filter(has_text=reference)
    desk.window.film("m2-02-appointments")
    assert cut_off(page) == []
    desk.cost()
    with page.expect_navigation(wait_until="load"):
        desk.tap(row.get_by_role("button", name=re.compile("^Did not come")))
    assert "Contacted" in " ".join(page.get_by_role("main").inner_text().split())
    assert desk.cost() == Cost(taps=1, loads=1, scrolls=0)


def somebody_calls_back(desk, story):
    """She says only her first name, and not quite as it is written."""
    reference, page = story.people["marisol"], desk.page
    page.goto("/admin/requests/")
    desk.cost()
    page.get_by_label("Find by name").fill("marisól")
    with page.expect_navigation(wait_until="load"):
        desk.tap(button(page, "Find"))
    row = desk.row(reference)
    assert "Marisol Vega" in row.inner_text()
    desk.window.film("m2-03-found")
    card = desk.open(reference)
    assert "Not before six" in card.inner_text()
    assert "Her phone is off until six." in card.inner_text()
    card.get_by_label("Call back, or appointment").fill(f"{tomorrow():%Y-%m-%d}T18:30")
    desk.tap(button(card, "Reached: call back"))
    desk.wait_for_word(reference, "Agreed for tomorrow")
    cost = desk.cost()
    assert (cost.taps, cost.loads) == (3, 1)


def stop(desk, story):
    """Whoever wants to be left alone is, from the first tap on."""
    reference = story.people["does not want"]
    cost = deal(desk, reference, "Asked us to stop")
    assert (cost.taps, cost.loads) == (2, 0)
    assert "Number and address are remembered" in desk.said()


def put_first(desk, story):
    """Whoever sounds like danger stands first, for everybody."""
    reference = story.people["in danger"]
    desk.find(reference)
    card = desk.open(reference)
    card.get_by_label("Read it", exact=True).select_option(label="Read now")
    button(card, "Mark").click()
    desk.wait_for_word(reference)
    assert desk.cost().loads == 0
    desk.page.goto("/admin/requests/")
    assert "Read now" in desk.row(reference).inner_text()


def look_at_the_suspected(desk, story):
    """Of two that look like spam one is a person; each is looked at in its line."""
    for word, answer in (("a person", "From a person: into the queue"), ("advertises", "Spam")):
        desk.page.goto("/admin/requests/")
        desk.cost()
        card = desk.open(story.people[word])
        desk.window.film(f"m2-04-suspected-{word}")
        desk.tap(button(card, answer))
        desk.wait_for_word(story.people[word], "New." if word == "a person" else "Spam.")
        cost = desk.cost()
        assert (cost.taps, cost.loads) == (2, 0)


# --- the third morning, two at once ----------------------------------------------------------------------


def test_the_third_morning_with_two_at_the_desk(story, sit_down):
    story.let_nights_pass()
    story.send(THIRD_MORNING)
    screen, phone = sit_down("frontdesk", SCREEN), sit_down("manager", PHONE)
    both_want_the_same(screen, phone, story)
    assert deal(screen, story.people["a person"], "No answer") == A_CALL
    assert deal(screen, story.people["late riser"], "Left a voicemail") == A_CALL
    cost = deal(phone, story.people["texts too"], "Texted")
    assert (cost.taps, cost.loads) == (2, 0)
    one_person_and_two_at_one_number(screen, story)
    find_by_number(screen, story)
    take_down(phone, story, "the last to call")
    assert deal(screen, story.people["the last to call"], "No answer") == A_CALL


def both_want_the_same(screen, phone, story):
    """One after the other, and at the same time: the second one is shown what the first did."""
    reference = story.people["both want it"]
    screen.find(reference)
    phone.find(reference)
    card = screen.open(reference)
    theirs = phone.open(reference)
    card.get_by_label("Note", exact=True).fill("He asked for Thursday.")
    button(theirs, "No answer").click()
    phone.wait_for_word(f"{reference}: No answer.")
    screen.tap(button(card, "No answer"))
    card.get_by_text("Somebody was faster").wait_for()
    screen.window.film("m3-01-somebody-was-faster")
    button(card, "Add the note alone").click()
    screen.wait_for_word("Note added")
    assert screen.loads == phone.loads == []


def one_person_and_two_at_one_number(desk, story):
    """Who asked twice is one person; somebody else at the same number isn't."""
    people = story.people
    desk.find(people["asks again"])
    card = desk.open(people["asks again"])
    others = card.locator("#others li")
    assert "Same person?" in others.filter(has_text=people["asks twice"]).inner_text()
    somebody_else = others.filter(has_text=people["shares the number"])
    assert "Another name" in somebody_else.inner_text()
    desk.window.film("m3-02-one-person")
    button(others.filter(has_text=people["asks twice"]), "Link to this one").click()
    desk.wait_for_word("Linked to", people["asks twice"])
    button(desk.card(people["asks again"]), "No answer").click()
    desk.wait_for_word(f"{people['asks again']}: No answer.")
    desk.card(people["asks again"]).get_by_role("button", name="End the other one as a duplicate").click()
    desk.wait_for_word("Ended as duplicates", people["asks twice"])


def find_by_number(desk, story):
    """A part of a number finds everybody who has it, by name."""
    desk.page.goto("/admin/requests/")
    desk.page.get_by_label("Find by name").fill("555 0480")
    follow(button(desk.page, "Find"))
    found = desk.page.locator(".desk__row").all_inner_texts()
    assert len([row for row in found if "Yara Odeh" in row]) == 2
    assert len([row for row in found if "Bela Odeh" in row]) == 1
    draw("found", desk.page)


def test_two_managers_forget_somebody(story, sit_down):
    reference = story.people["wants to be forgotten"]
    desk = sit_down("manager", SCREEN)
    assert deal(desk, reference, "Asked us to stop") == A_CALL
    find_and_open(desk.page, reference)
    follow(button(desk.page, "Ask to remove them"))
    second = sit_down("deputy", SCREEN)
    find_and_open(second.page, reference)
    follow(button(second.page, "Remove them for good"))
    assert "The contents are gone" in second.page.locator("main").inner_text()
    assert "Zoe" not in second.page.content()


def find_and_open(page, reference):
    """Go to the page of a request that left the list."""
    page.goto("/admin/requests/")
    page.get_by_label("Find by name").fill(reference)
    follow(button(page, "Find"))
    follow(page.locator(".desk a.desk__reference").first)


# --- what is left of it ----------------------------------------------------------------------------------


def test_everybody_is_accounted_for(story):
    stand = story.how_they_stand()
    assert len(stand) == 32 + 3
    assert {word for word, status in stand.items() if status == "spam"} == {"advertises"}
    closed = {word for word, status in stand.items() if status == "closed"}
    assert closed == {"does not want", "asks twice", "wants to be forgotten"}
    assert stand["marisol"] == stand["books"] == stand["call back"] == "reached"
    assert stand["a person"] == "working"


def test_few_mails_came_of_it_and_each_can_be_read(story, visit):
    wait_for_mails(story)
    mails = story.mails()
    assert 0 < len(mails) <= MOST_MAILS, [mail["subject"] for mail in mails]
    # What the site says of a person is the reference alone.
    typed = everything_typed()
    window = visit(width=720, height=500)
    for number, mail in enumerate(mails, start=1):
        text = text_of(mail)
        assert 0 < len(mail["subject"]) <= LONGEST_SUBJECT
        assert f"{story.site.url}/admin/" in text
        said = f"{mail['subject']} {mail['to']} {text} {mail.get_body(('html',)).get_content()}"
        assert [each for each in typed if each in said] == []
        assert LEFT_OVER.findall(text) == []
        window.page.set_content(mail.get_body(("html",)).get_content())
        window.film(f"mail-{number:02}-{re.sub('[^a-z]+', '-', mail['subject'].lower())}")
        if number == 1:
            draw("notice", window.page)


def everything_typed():
    """Return names, notes and addresses."""
    mornings = (FIRST_MORNING, SECOND_MORNING, THIRD_MORNING, {"in spanish": IN_SPANISH})
    given = [each for people in mornings for each in people.values()]
    fields = ("name", "note", "email", "needs")
    return [each[field] for each in given for field in fields if each.get(field)] + [*BY_PHONE.values()]


def wait_for_mails(story):
    """Wait until each of them was told of; what came beside others of one moment waits for its turn.

    A mail names twenty of those it tells of, so the outbox says whom it told of.
    """
    # Nobody is told of what looks like spam by its reference; with the contents of a request go its notices.
    told = set(story.people) - {"advertises", "wants to be forgotten"}
    deadline = time.monotonic() + SECONDS_FOR_MAIL
    while missing := told - story.told_of():
        assert time.monotonic() < deadline, f"no mail told of {missing}"
        # Again each time: the worker may be about to say when the next mail may go, by a moment long past.
        story.site.manage("shell", "-c", LET_PASS.format([], 1))
        time.sleep(0.5)


def text_of(mail):
    return mail.get_body(("plain",)).get_content()
