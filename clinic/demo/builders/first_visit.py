"""What a first visit is like, from the front door to the way home."""

from clinic.core.models import StandardPage

VIEWS = [
    ("door", "You come in", "Ring the bell. Somebody opens within a minute and knows your name."),
    (
        "talk",
        "You talk with a clinician",
        "About your health, your medicines and what you hope for.",
    ),
    (
        "chair",
        "You have a room to yourself",
        "A chair that leans back, a blanket, low light. We stay.",
    ),
    ("ride", "Somebody takes you home", "An adult you know. You can’t drive until the next day."),
]
PLACES = [name for name, _title, _text in VIEWS]
EVALUATION = """
<p>Your first visit is a talk, and nothing is given yet. A clinician asks about your health, your medicines
and what you have tried, and measures your blood pressure. Then you hear what is known, what isn’t, and what
else there is. You can ask anything, and you decide later if you want to. It takes about an hour.</p>
"""
WHAT_TO_BRING = {
    "caption": "What to bring, and for which visit",
    "columns": [
        {"type": "text", "heading": ""},
        {"type": "text", "heading": "The evaluation"},
        {"type": "text", "heading": "The day of a treatment"},
    ],
    "rows": [
        {"values": ["Photo ID", "Yes", "Yes"]},
        {"values": ["List of what you take", "Yes", "Only what changed"]},
        {"values": ["Somebody with you", "If you like", "Yes, to take you home"]},
        {"values": ["Blanket or music of your own", "No need", "If you like"]},
    ],
}
TREATMENT_DAY = """
<p>If you both decide for it, treatment is on another day. The chair is yours for two to two and a half hours.
A trained member of staff stays in the room and watches your breathing, heart and blood pressure.</p>
<p>Before that day, read how the treatment is given: as an <a page="iv-ketamine-infusion">infusion</a>,
through a thin tube in the arm, or as an <a page="im-ketamine-injection">injection</a> into the upper arm.</p>
"""
GOING_HOME = """
<p>You rest until you can walk safely. Then the person you named takes you home. We don’t start a treatment
without knowing who that is.</p>
<p>What a visit costs stands on the page about <a page="fees">fees</a>. Where we are, and where to park,
stands with our <a page="locations">locations</a>.</p>
"""


def views(*names):
    """Return drawings with their words, as a clinic shows them before it has photographs."""
    return [
        {"photograph": None, "drawing": name, "title": title, "text": text}
        for name, title, text in VIEWS
        if name in names
    ]


def build_first_visit(demo):
    """Add the page unless it is there."""
    demo.page(
        demo.pages["home"],
        StandardPage,
        "first-visit",
        title="Your first visit",
        summary="Who opens the door, what happens in the room, and how you get home.",
        body=[
            (
                "look",
                {
                    "heading": "From the front door to the way home",
                    "views": views(*PLACES),
                },
            ),
            *demo.sections(
                ("The evaluation", EVALUATION),
                ("The day of a treatment", TREATMENT_DAY),
                ("Going home", GOING_HOME),
            ),
            ("heading", {"text": "What to bring"}),
            ("table", WHAT_TO_BRING),
        ],
    )
