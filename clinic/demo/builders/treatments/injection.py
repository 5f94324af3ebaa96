"""The page about injections."""

from clinic.treatments.models import TreatmentPage

from .safety import not_for_text, risks_text
from .shared import AFTERCARE, BEFORE, COST, care_cards

WHAT_IT_IS = """
<p>This is the same medicine as in an infusion, given in another way. Ketamine comes from operating rooms.
In smaller amounts you stay awake, and it changes how you feel and perceive things for about an hour.</p>
<p>We give it to adults with depression when other treatment has not done enough. It doesn't replace your
other care. It helps some people, not everyone.</p>
<p>Ketamine is not the same as esketamine (Spravato). That is a related medicine with an approval and rules
of its own.</p>
"""
HOW = """
<p>A nurse gives you one or more injections into a muscle, mostly of the upper arm or the thigh. Each takes
a few seconds. No tube is needed.</p>
<p>Once it is given, it can't be taken back, slowed or paused. So we ask you before each injection whether
you want to go on.</p>
"""
DURING = """
<p>A trained member of staff stays in the room. They watch your breathing, heart and blood pressure all the
time.</p>
<p>The effect can come on within minutes, faster than with a slow drip. Many people feel light, far away or
apart from their body. Sounds and colors can seem strange. This can be pleasant, and it can be frightening.
Then it gets weaker by itself. You can talk, or be quiet, or listen to music.</p>
"""
AFTER = """
<p>You rest with us for about an hour. You can go when three things are true: your blood pressure is close
to where it was, you walk steadily, and your ride is here.</p>
<p>Plan two hours for the whole visit.</p>
"""
EVIDENCE = """
<p>Most studies of ketamine and depression used a drip, so far less is known about injections. One small
trial compared the two in 27 people with depression, in three groups of nine. Everybody knew who got what.
Scores for depression fell by a similar amount in all groups, and the trial ended after three days [1]. With
so few people and so little time, nobody can say whether an injection works as well.</p>
<p>About ketamine as a whole, a group of American psychiatrists wrote in 2017: it may help some people with
mood disorders, but studies were small, and little is known about long use and its risks [2].</p>
<h3>What nobody knows yet</h3>
<ul><li>Whether an injection helps as much as a drip, and for as long</li>
<li>How often one can repeat it, and for how long</li>
<li>What happens after years of visits</li></ul>
"""


def build_injection(demo):
    """Add the page unless it is there."""
    demo.page(
        demo.pages["treatments"],
        TreatmentPage,
        "im-ketamine-injection",
        title="Ketamine injection (intramuscular)",
        summary="One or more injections into a muscle, with somebody beside you the whole time. Once"
        " given, it can't be paused.",
        drawing="injection",
        title_es="Inyección de ketamina (intramuscular)",
        statement=demo.statements["standing-line"],
        references=demo.cite("chilukuri-2014", "sanacora-2017"),
        what_it_is=demo.text(WHAT_IT_IS),
        how_it_is_given=demo.text(HOW),
        before_visit=demo.text(BEFORE),
        during_visit=demo.text(DURING),
        after_visit=demo.text(AFTER),
        evidence=demo.text(EVIDENCE),
        risks=risks_text(),
        not_for=not_for_text(),
        aftercare=demo.text(AFTERCARE),
        cost=demo.text(COST),
    )


def fill_injection(demo):
    """Add the questions and the way to the other treatment."""
    others = '<p>Not sure? <a page="compare-iv-and-im">Compare infusion and injection</a>, row by row.</p>'
    demo.fill(
        "im-ketamine-injection",
        body=[
            *care_cards(demo),
            demo.faqs("Questions about injections", "alone", "needle", "drive-home", "other-medicines"),
            ("inset", {"text": demo.text(others)}),
        ],
    )
