"""Post: restless legs and low mood, and which questions to bring to a clinician."""

from blog.models import BlogPage
from clinic.demo.builders.days import days_ago, days_ahead

KEY_POINTS = [
    "Restless legs syndrome (RLS) is an urge to move the legs, mostly in the evening and at night.",
    "It can occur together with low mood. Bad sleep makes both harder to bear.",
    "We don't offer ketamine for restless legs.",
    "Don't change a medicine without your prescriber. Bring these questions instead.",
]
OPENING = """
<p>You lie down, and your legs won't have it. They crawl, pull or burn until you get up and walk. Ten
minutes later it starts again. Many people live with that for years before they learn that it has a
name.</p>
<p>Some of them also live with depression or anxiety. This post is for them. It explains the words and gives
you questions to take to a clinician. It doesn't tell you what you have, and it names no treatment. We have
gathered no sources for that.</p>
"""
WHAT = """
<p>RLS stands for restless legs syndrome. Clinicians look for four things:</p>
<ol><li>an urge to move the legs, often with a feeling that is hard to describe</li>
<li>it starts or gets worse at rest</li>
<li>it gets better while you move</li>
<li>it is worse in the evening or at night than in the morning</li></ol>
<p>Cramps, sore joints or a poor position can feel alike. So can the inner unrest that some medicines bring.
That is why a clinician has to look, and a web page can't.</p>
"""
MOOD = """
<p>Restless legs and low mood can occur together. What comes first is often hard to say. A bad night makes
the next day gray. A gray day makes it harder to get to sleep. After some months it feels like one knot, and
it doesn't matter much which thread came first.</p>
<p>For a clinician it does matter. The same words, “I can't sleep and I have no strength”, can lead down
different roads. So tell them about both, even if you came for one. People often leave out the legs, because
it sounds like a small thing. It isn't.</p>
"""
DIARY = """
<p>For two weeks, write down a few words each morning. Not more than fits on a sticky note:</p>
<ul><li>when you went to bed, and when you fell asleep, more or less</li>
<li>whether your legs bothered you, and when</li>
<li>coffee, alcohol and tobacco after noon</li>
<li>a new medicine, or a change in one</li>
<li>your mood this morning, in one word</li></ul>
<p>It is no test, and nobody grades it. It saves you from having to remember in front of a stranger.</p>
"""
QUESTIONS = """
<ol><li>Could this be restless legs, or something that looks like it?</li>
<li>Should we check my blood for iron or for anything else?</li>
<li>Could one of my medicines have to do with it?</li>
<li>How does it fit with my mood and my sleep?</li>
<li>What can I try that isn't a medicine?</li>
<li>If you suggest a medicine: what are its risks, and how do I end it one day?</li>
<li>Whom do I call if it gets worse?</li></ol>
"""
KETAMINE = """
<p>People ask us whether ketamine helps against restless legs. We don't offer it for that, and we know of no
reason to. If you come to us because of your mood, tell us about your legs as well. It matters for how well
you can lie still, and for the list of your medicines.</p>
"""
WARNING = """
<p>Do not stop, start or change a medicine on your own because of something you read. Talk with whoever
prescribed it first. Stopping quickly can make you ill.</p>
"""
SEE_SOMEBODY = """
<ul><li>you sleep badly on most nights, for more than two weeks</li>
<li>you fall asleep during the day, or at the wheel</li>
<li>nothing gives you joy any more</li></ul>
"""
CRISIS = """
<p>Nights can be very long. If you think about suicide, call or text <a href="tel:988">988</a>. It is free,
and somebody answers at any hour. In danger, call <a href="tel:911">911</a>.</p>
"""


def build(demo, index):
    """Add the post unless it is there."""
    soon = {"level": "non-urgent", "heading": "See your doctor if:", "text": demo.text(SEE_SOMEBODY)}
    now = {"level": "immediate", "heading": "Get help now", "text": demo.text(CRISIS)}
    demo.page(
        index,
        BlogPage,
        "rls-and-mood-disorders",
        title="RLS & Mood Disorders",
        summary="Restless legs and low mood can occur together. Which questions to bring to a clinician.",
        published_on=days_ago(41),
        updated_on=days_ago(12),
        author=demo.pages["psychiatrist"],
        topics=[demo.topics["choosing"]],
        picture=demo.pictures["blog-3"],
        next_review_on=days_ahead(324),
        body=[
            ("key_points", {"heading": "In short", "points": KEY_POINTS}),
            ("text", demo.text(OPENING)),
            *demo.sections(("What restless legs are", WHAT), ("Legs, sleep and mood", MOOD)),
            ("warning", {"heading": "Don't change a medicine on your own", "text": demo.text(WARNING)}),
            *demo.sections(("Two weeks on sticky notes", DIARY), ("Questions to bring along", QUESTIONS)),
            *demo.sections(("And ketamine?", KETAMINE)),
            ("care_card", soon),
            ("care_card", now),
        ],
    )
