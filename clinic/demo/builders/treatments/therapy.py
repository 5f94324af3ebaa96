"""The page about talks around treatment."""

from clinic.treatments.models import TreatmentPage

from .shared import COST, care_cards

WHAT_IT_IS = """
<p>These are talks with a therapist before and after a treatment with ketamine. Before, they help you
prepare. After, they help you sort what you felt and choose small next steps.</p>
<p>They are an offer, not a duty. You can have treatment without them, and you can stay with a therapist of
your own.</p>
"""
HOW = """
<p>A talk takes 50 minutes, here or by video. Most people start with one before the first visit and one or
two after. You decide together how it goes on.</p>
<p>The therapist gives you no medicine, and nobody expects you to talk while the medicine works.</p>
"""
BEFORE = """
<p>Think about three things and write them down, if you like:</p>
<ol><li>What do I want to be different in my days?</li>
<li>What am I afraid of?</li>
<li>Who can be there for me in the week after?</li></ol>
"""
DURING = """
<p>In the first talk you go through what the day of treatment will be like. You agree on a sign that means
“stop”, and on what helps you when you are afraid: a hand, a song, or silence.</p>
<p>In later talks you start with what you remember. Not everything has a meaning, and you don't have to find
one.</p>
"""
AFTER = """
<p>You leave with one or two small things to try before the next talk. Examples: a walk each morning, a call
to somebody you miss, going to bed at the same time.</p>
"""
EVIDENCE = """
<p>We have not gathered studies on talks around ketamine treatment. So we say what happens in them, and make
no claim about what they add. For ketamine itself, small and short studies found that it can ease depression
in some people [1].</p>
"""
RISKS = """
<p>Talking can stir things up. You may feel worse for a while after a hard talk, sleep badly, or remember
what you had put away. Tell the therapist. You can go slower, change the subject or stop.</p>
<p>If you also have ketamine, its own risks apply. They stand on the pages about
<a page="iv-ketamine-infusion">infusion</a> and <a page="im-ketamine-injection">injection</a>.</p>
"""
NOT_FOR = """
<p>These talks don't replace a full course of therapy, and they are not for a crisis. If you live with
psychosis, mania or an addiction, you need other care first. We help you find it.</p>
"""
AFTERCARE = """
<p>After a talk alone you may drive. After ketamine you may not, until the next day and a night's sleep. We
don't plan a long talk for the day of the treatment itself.</p>
"""
POST = """
<p>More in our post <a page="effects-of-psychological-therapy">Effects of Psychological Therapy</a>.</p>
"""


def build_therapy(demo):
    """Add the page unless it is there."""
    demo.page(
        demo.pages["treatments"],
        TreatmentPage,
        "therapy-around-treatment",
        title="Therapy around treatment",
        summary="Talks with a therapist before and after treatment: what they are for, and what they"
        " can't do.",
        drawing="talk",
        title_es="Terapia para acompañar el tratamiento",
        statement=demo.statements["standing-line"],
        references=demo.cite("sanacora-2017"),
        what_it_is=demo.text(WHAT_IT_IS),
        how_it_is_given=demo.text(HOW),
        before_visit=demo.text(BEFORE),
        during_visit=demo.text(DURING),
        after_visit=demo.text(AFTER),
        evidence=demo.text(EVIDENCE),
        risks=demo.text(RISKS),
        not_for=demo.text(NOT_FOR),
        aftercare=demo.text(AFTERCARE),
        cost=demo.text(COST),
    )


def fill_therapy(demo):
    """Add the way to the post about such talks."""
    demo.fill("therapy-around-treatment", body=[*care_cards(demo), ("inset", {"text": demo.text(POST)})])
