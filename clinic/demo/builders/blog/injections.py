"""Post: what an injection visit is like, what differs from a drip, what nobody knows yet."""

from blog.models import BlogPage
from clinic.demo.builders.days import days_ago, days_ahead

KEY_POINTS = [
    "An injection brings the same medicine into the body as a drip. It can't be taken back once given.",
    "You are never left alone, and you need a ride home.",
    "One small trial compared the two. It doesn't tell which is better.",
    "Nobody knows what years of treatment do.",
]
OPENING = """
<p>“Intramuscular” means: into a muscle. Most people know it from a flu shot. Ketamine can be given that way
too. This post tells you what such a visit is like, in what it differs from a drip, and what the studies
leave open.</p>
"""
WHY = """
<p>A drip needs a vein and a small tube that stays in your arm. For some people, finding a vein is hard or
frightening. An injection needs neither. It takes a few seconds, and setting up is short.</p>
<p>There is a price for that. A drip can be slowed or stopped when you feel unwell. An injection can't. What
is in the muscle will reach the blood, and everybody has to wait until it gets weaker by itself. That is why
we ask “shall we go on?” before, not after.</p>
"""
VISIT = [
    {
        "title": "Arriving",
        "text": "We check your name, your ride home, when you last ate, and what has changed since we met.",
    },
    {
        "title": "Measuring",
        "text": "A cuff for blood pressure, a clip on your finger, sometimes a heart trace. If a value is"
        " too high, we wait or stop for the day.",
    },
    {
        "title": "The injection",
        "text": "Into the upper arm or the thigh. It stings for a moment. You may look away, and we can"
        " numb the skin.",
    },
    {
        "title": "The effect",
        "text": "It can begin within minutes. Your body may feel far away. Somebody sits with you the"
        " whole time.",
    },
    {
        "title": "Resting",
        "text": "About an hour. You go home when you walk steadily, your values are calm and your ride is"
        " here.",
    },
]
FEELING = """
<p>People describe it in many ways: light, heavy, slow, far away. Time can stretch. Colors and sounds can
change. Some find it pleasant. Some are afraid, feel sick, or want it to be over. Both are normal, and
neither says anything about whether it will help you.</p>
<p>It helps to decide on a few things before: music or silence, a blanket, open or closed eyes, and a sign
that means “hold my hand”.</p>
"""
STUDIES = """
<p>Most studies on ketamine and depression used a drip. On injections there is much less. In 2014, doctors
in India gave 27 people with depression either a drip or an injection, in three groups of nine. Two hours
later, and for three days, scores for depression had fallen by a similar amount in all groups [1].</p>
<p>That sounds clear, but it isn't. Three reasons:</p>
<ol><li><b>It was small.</b> Nine people in a group are too few to find a difference, even a large one.</li>
<li><b>It was short.</b> After three days nobody looked any more.</li>
<li><b>Everybody knew who got what.</b> Hope changes how people answer questions about their mood.</li></ol>
<p>We read the abstract of this trial, not the whole paper. If a larger one comes out, we will rewrite this
page.</p>
"""
UNKNOWN = """
<ul><li>Whether an injection helps as much as a drip, or as long</li>
<li>For whom one of them is the better choice</li>
<li>How often treatment can be repeated before the harm outweighs the help</li></ul>
<p>For ketamine as a whole, a group of American psychiatrists wrote in 2017: it may help some people, but
studies were small, and little is known about the long term [2]. You should hear that before you decide.</p>
"""
RISKS = """
<p>They are the same as with a drip. Common are feeling detached, sleepiness, dizziness, nausea, blurred
vision, anxiety, headache, and a short rise in blood pressure. Rarer and serious are severe distress,
psychosis or mania, slowed breathing, and allergic reactions. With frequent or long use, ketamine can harm
the bladder, memory and thinking, and it can cause dependence. The full list, and who should not have it,
stands on our page about <a page="im-ketamine-injection">ketamine injections</a>.</p>
"""
NEXT = """
<p>Read <a page="compare-iv-and-im">how infusion and injection compare</a>, row by row, with a source for
each row. Take it to a clinician you trust, also to one who earns nothing from it. Ask what they would tell
their own sister.</p>
"""


def build(demo, index):
    """Add the post unless it is there."""
    demo.page(
        index,
        BlogPage,
        "intramuscular-ketamine-injections",
        title="Intramuscular Ketamine Injections",
        summary="What a visit for an injection is like, what differs from a drip, and what nobody knows yet.",
        published_on=days_ago(6),
        author=demo.pages["nurse-anesthetist"],
        topics=[demo.topics["visits"], demo.topics["safety"]],
        picture=demo.pictures["blog-1"],
        chosen_posts=[("post", demo.pages["questions-to-ask-any-ketamine-clinic"])],
        statement=demo.statements["standing-line"],
        references=demo.cite("chilukuri-2014", "sanacora-2017"),
        next_review_on=days_ahead(359),
        body=[
            ("key_points", {"heading": "In short", "points": KEY_POINTS}),
            ("text", demo.text(OPENING)),
            *demo.sections(("Why a muscle?", WHY)),
            ("steps", {"heading": "A visit, step by step", "steps": VISIT}),
            (
                "warning",
                {
                    "heading": "No driving until the next day",
                    "text": "<p>An adult must take you home. Don't drive before a night's sleep, even if"
                    " you feel well.</p>",
                },
            ),
            *demo.sections(("What it can feel like", FEELING), ("What the studies say", STUDIES)),
            *demo.sections(("What nobody knows yet", UNKNOWN), ("Risks", RISKS), ("What to do next", NEXT)),
        ],
    )
