"""Post, still a draft: blood pressure and ketamine."""

from blog.models import BlogPage
from clinic.demo.builders.days import days_ahead

KEY_POINTS = [
    "Ketamine raises blood pressure for a short time in many people.",
    "We measure before, during and after. If it is too high, we don't start.",
    "Bring your own readings. Take your usual medicines unless your prescriber says otherwise.",
]
OPENING = """
<p>Before every visit we put a cuff around your arm. Sometimes we put it on again after ten minutes.
Sometimes we send you home. This post explains why.</p>
"""
WHAT = """
<p>Blood pressure is the push of the blood against the walls of your vessels. It is written as two numbers,
an upper and a lower one. It changes all day: stairs, coffee, a quarrel, a white coat.</p>
<p>Ketamine makes the heart beat faster and the vessels tighter for a while. In many people the pressure
rises within minutes and falls again within the hour. The FDA names raised blood pressure among the known
concerns [1].</p>
"""
WHO = """
<p>For a healthy heart this rise is like fast climbing of stairs. For some people it is too much:</p>
<ul><li>those whose pressure is high already and not under control</li>
<li>those with unstable heart disease</li>
<li>those with an aneurysm or a past bleed in the brain</li>
<li>those with raised pressure in the eye or the brain</li></ul>
<p>They should not have it, or only with extra care. It is a reason to say no, and we say it often.</p>
"""
HOME = """
<ol><li>Measure at home for a week, morning and evening, sitting, after five quiet minutes.</li>
<li>Write the numbers down and bring them.</li>
<li>Take your usual pills on the day, unless your prescriber said otherwise.</li>
<li>Leave out coffee and cigarettes in the hour before.</li>
<li>Come early. Running up the stairs costs you ten minutes of waiting.</li></ol>
"""
TOO_HIGH = """
<p>Then we wait, let you breathe and measure again. If it stays high, we don't start that day, and you pay
nothing for it. We write to your doctor if you wish. This is annoying, and it is right.</p>
"""
TODO = """
<p><b>For the editor:</b> this draft still lacks a source for how much and how long the pressure rises.
Don't publish it before somebody has found one and a clinician has read it.</p>
"""


def build(demo, index):
    """Add the draft unless it is there."""
    demo.page(
        index,
        BlogPage,
        "blood-pressure-and-ketamine",
        is_draft=True,
        title="Blood pressure and ketamine",
        summary="Why we put a cuff around your arm so often, and why we sometimes send people home.",
        author=demo.pages["medical-director"],
        topics=[demo.topics["safety"]],
        picture=demo.pictures["blog-4"],
        statement=demo.statements["standing-line"],
        references=demo.cite("fda-2023"),
        next_review_on=days_ahead(365),
        body=[
            ("inset", {"text": demo.text(TODO)}),
            ("key_points", {"heading": "In short", "points": KEY_POINTS}),
            ("text", demo.text(OPENING)),
            *demo.sections(("What happens in the body", WHAT), ("Who has to be careful", WHO)),
            *demo.sections(("What you can do", HOME), ("If it is too high", TOO_HIGH)),
        ],
    )
