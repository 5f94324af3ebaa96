"""Post, scheduled to appear in two weeks: why you need a ride home."""

from datetime import timedelta

from django.utils import timezone

from blog.models import BlogPage
from clinic.demo.builders.days import days_ahead

KEY_POINTS = [
    "You can't drive until the next day, after a night's sleep.",
    "An adult takes you home, up to your door.",
    "A taxi alone is not enough on the first visit.",
]
OPENING = """
<p>It is the rule that annoys people most. You feel fine, the sun is out, your car is in the lot. Still we
say: no. Here is why, and how to arrange it without much fuss.</p>
"""
WHY = """
<p>Ketamine slows how fast you react and changes how you judge distance. The strange part is over in an hour
or two. The slow part goes on, and you don't notice it. People who are impaired are often sure that they are
not.</p>
<p>Nobody can measure in the waiting room whether you are fit to drive. So the rule doesn't ask how you
feel. It asks whether you have slept a night. The label of a related medicine, esketamine (Spravato), sets
the same limit [1].</p>
"""
INCLUDES = """
<ul><li>cars, motorcycles, bikes and scooters</li>
<li>machines, ladders and power tools</li>
<li>hot oil and sharp knives, if you can leave them</li>
<li>signing a contract, or sending that one mail</li>
<li>being alone with small children that evening</li></ul>
"""
WHO = """
<p>An adult whom you trust and who has no plans for the next hours. They need no training. They should:</p>
<ol><li>be reachable by phone while you are with us</li>
<li>come to the door and hear what we tell you both</li>
<li>bring you up to your own door</li>
<li>stay for a while, or look in on you in the evening</li></ol>
<p>A taxi or a ride from an app is fine if that person sits beside you. Alone in a car with a stranger, half
asleep, is not a place we send you to.</p>
"""
NOBODY = """
<p>That happens more often than people admit. Ask early, and ask for something small: “Could you pick me up
at four on Tuesday and have a cup of tea with me?” Think of neighbors, people from work, from your church or
your club. You don't have to tell them what for. “A medical visit after which I may not drive” is
enough.</p>
<p>If there is nobody, call us. In some towns, volunteers drive people to the doctor. We know whom to ask.
What we can't do is make an exception.</p>
"""
DAY = """
<p>Eat something light. Drink water. Lie down if you feel like it, and get up slowly. No alcohol, and
nothing else that makes you sleepy, unless your prescriber said so. Go to bed at your usual time. Tomorrow,
if you slept and feel clear, you may drive.</p>
"""
COMPANION = """
<p>Thank you. You don't need to do much. Listen when we explain what to watch for. Keep our phone number at
hand. Don't ask too many questions on the way: bright light and long talks can be tiring now. At home, check
once or twice that they can be woken easily and breathe calmly. If they say strange things or cry, stay with
them. It mostly passes within an hour.</p>
"""
CALL = """
<ul><li>you are so sleepy that you are hard to wake</li><li>you breathe slowly or feel that you can't get
air</li>
<li>your chest hurts</li></ul><p>Whoever is with you should call <a href="tel:911">911</a> then, and us
afterwards.</p>
"""


def build(demo, index):
    """Schedule the post unless it is there."""
    appears_at = timezone.now() + timedelta(days=14)
    call = {"level": "immediate", "heading": "Call for help if:", "text": demo.text(CALL)}
    demo.page(
        index,
        BlogPage,
        "why-you-need-a-ride-home",
        title="Why you need a ride home",
        summary="You feel fine, and still you may not drive. The reason, and how to arrange it without fuss.",
        published_on=timezone.localdate(appears_at),
        go_live_at=appears_at,
        author=demo.pages["nurse-anesthetist"],
        topics=[demo.topics["visits"], demo.topics["safety"]],
        picture=demo.pictures["blog-5"],
        statement=demo.statements["standing-line"],
        references=demo.cite("spravato-2026"),
        next_review_on=days_ahead(379),
        body=[
            ("key_points", {"heading": "In short", "points": KEY_POINTS}),
            ("text", demo.text(OPENING)),
            *demo.sections(("Why it takes longer than you think", WHY), ("What it includes", INCLUDES)),
            *demo.sections(("Who can take you", WHO), ("If there is nobody", NOBODY)),
            *demo.sections(("The rest of the day", DAY), ("If you are the one who drives", COMPANION)),
            ("care_card", call),
        ],
    )
