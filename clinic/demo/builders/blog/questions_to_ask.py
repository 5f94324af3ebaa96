"""Post with a sheet to print: what to ask any clinic, ours included."""

from blog.models import BlogPage
from clinic.demo.builders.days import days_ago, days_ahead

TITLE = "Questions to ask any ketamine clinic"
KEY_POINTS = [
    "A good clinic likes questions and answers them before you pay.",
    "Ask who watches over you, what happens when something goes wrong, and what it costs in all.",
    "Take the sheet along. Leave when somebody hurries you.",
]
OPENING = """
<p>You are about to let strangers give you a strong medicine, and you will pay for it yourself. You may ask
as many questions as you like. Clinics don't always tell the whole story in their ads [1]. Here are the
questions we would ask, with what a good answer sounds like. Please put them to us as well.</p>
"""
# Heading: questions. The same questions stand on the sheet to print.
QUESTIONS = {
    "The people": [
        "Who decides whether I can have this, and will I meet them before I pay?",
        "Who is in the room during treatment, and what are they trained in?",
        "Where can I check their licenses?",
    ],
    "Before you start": [
        "What will you ask about my health, and what do you measure?",
        "For whom do you say no?",
        "What other treatments are there for me?",
    ],
    "During the visit": [
        "What do you watch, and how often?",
        "What happens if I can't breathe well, or if I am very afraid?",
        "Can it be stopped at any moment?",
    ],
    "Afterwards": [
        "When may I leave, and when may I drive?",
        "Whom do I call at night, and does somebody answer?",
        "How will we know whether it helps, and when do we end it?",
    ],
    "Money": [
        "What does it cost in all, and may I have that in writing?",
        "Do I have to pay ahead for several visits?",
        "What happens to my money if I stop?",
    ],
}
ANSWERS = {
    "The people": "A good answer names a role, a license and a place to check it. “Our team is very"
    " experienced” is not an answer.",
    "Before you start": "A good answer takes a while. A clinic that says yes to everybody has not looked"
    " at anybody. Ask for an example of somebody they turned away, and why, without a name.",
    "During the visit": "A good answer is dull: blood pressure, pulse, oxygen, breathing, somebody in the"
    " room, oxygen and medicines at hand. With an injection, the honest answer to the last question is"
    " no.",
    "Afterwards": "A good answer has a time in it. “When you feel ready” is too little: you need an adult"
    " who takes you home, and a night's sleep before you drive.",
    "Money": "A good answer is a sheet of paper. If you pay yourself, you have a right to an estimate in"
    " writing [3].",
}
SIGNS = [
    "go on if they promise how you will feel",
    "go on if they don't ask about your heart, your bladder, your past or your medicines",
    "go on if they send ketamine to your home to use alone; the FDA has warned about that [2]",
    "go on if they hurry you with a discount or a last free place",
    "go on if they say it can't be misused; it can",
]
SHEET = """
<p>The sheet has all fifteen questions with boxes to tick. It fits on one page. You can read the same
questions above.</p>
"""
OUR_ANSWERS = """
<p>Most of our own answers are on this site: the <a page="team">team</a>, the pages about
<a page="treatments">treatments</a> with all risks, the <a page="fees">fees</a>, and
<a page="how-we-write">how we write and check pages</a>. What is missing, ask us on the phone. The first
call costs nothing.</p>
"""


def build(demo, index):
    """Add the post unless it is there."""
    sheet = {"document": demo.documents["questions-to-ask"], "title": TITLE, "language": "English"}
    leave = {"kind": "dont", "heading": "When to leave", "items": SIGNS}
    demo.page(
        index,
        BlogPage,
        "questions-to-ask-any-ketamine-clinic",
        title=TITLE,
        summary="Fifteen questions about people, risks and money, with a sheet to print. Put them to us"
        " as well.",
        published_on=days_ago(68),
        author=demo.pages["front-desk"],
        topics=[demo.topics["choosing"], demo.topics["visits"]],
        picture=demo.pictures["home"],
        statement=demo.statements["compounded"],
        references=demo.cite("crane-2023", "fda-2023", "cfr-149-610"),
        next_review_on=days_ahead(297),
        body=[
            ("key_points", {"heading": "In short", "points": KEY_POINTS}),
            ("text", demo.text(OPENING)),
            *demo.sections(*[(heading, questions_on(heading)) for heading in QUESTIONS]),
            ("do_list", leave),
            *demo.sections(("Take it along", SHEET)),
            ("download", sheet),
            *demo.sections(("Our own answers", OUR_ANSWERS)),
        ],
    )


def questions_on(heading):
    """Return the questions under a heading, and what a good answer sounds like."""
    items = "".join(f"<li>{question}</li>" for question in QUESTIONS[heading])
    return f"<ul>{items}</ul><p>{ANSWERS[heading]}</p>"
