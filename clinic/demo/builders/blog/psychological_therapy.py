"""Post: what preparation and follow-up talks are for, and what they can and can't do."""

from blog.models import BlogPage
from clinic.demo.builders.days import days_ago, days_ahead

KEY_POINTS = [
    "Talks before a treatment help you know what to expect. Talks after help you sort what you felt.",
    "They can also be hard. You may go slower, or stop.",
    "We have gathered no studies on such talks, so we make no claim about how well they work.",
    "You can look for a therapist yourself. Below is how.",
]
OPENING = """
<p>The word “therapy” covers a lot: a weekly talk for a year, six meetings about sleep, an hour before an
operation. This post is about one small part of it, the talks before and after a treatment with ketamine. It
tells what happens in them. It doesn't tell how well they work, because we have not gathered studies on
that.</p>
"""
BEFORE = """
<p>The first talk is about you, not about the medicine. What is hard at the moment? What have you tried?
What do you hope for, and what are you afraid of? Then it turns to the day itself.</p>
<ol><li><b>What will happen.</b> Who is in the room, how long it takes, what you may feel.</li>
<li><b>What you want to hold on to.</b> A person, a place, a song. Something to come back to when it gets
strange.</li>
<li><b>What “stop” looks like.</b> You agree on a word or a sign.</li>
<li><b>Who is there afterwards.</b> Not only for the ride home, but in the days after.</li></ol>
<p>It also has room for “I don't think I want this”. That is a good result of a talk.</p>
"""
AFTER = """
<p>A few days later you meet again. You start with what you remember, if you remember anything. Some people
saw pictures. Some felt nothing. Some felt sad without knowing why. A good therapist doesn't explain what it
means. They ask what you make of it, and whether you want to make anything of it at all.</p>
<p>Then the talk gets practical. What is one thing that could be a little different this week? A walk, a
phone call, a bill you open at last. Small on purpose: small things get done.</p>
"""
CAN = [
    "give you a place where you don't have to be brave",
    "help you put into words what you felt",
    "help you choose next steps and look back on them",
    "notice when you need other help, and say so",
]
CANNOT = [
    "expect them to replace a full course of therapy",
    "expect them to work like a switch",
    "tell anything that you don't want to tell",
    "go on if a therapist makes you feel small; find another",
]
HARD = """
<p>Talking can stir things up. After a hard hour you may sleep badly, feel raw or be angry. Mostly this
passes in a day or two. Tell your therapist. Together you can go slower, change the subject or take a
break.</p>
<p>If you have lived through violence, say early how much you want to touch that. Nobody should push
you.</p>
"""
FIND = """
<p>You don't have to come to us for this. Here is one way to look:</p>
<ol><li>Ask your doctor, your insurance plan or your school or workplace for names.</li>
<li>Check the license. Every state has a board with a public list.</li>
<li>Call two or three. Ask for a short first talk.</li>
<li>Ask: “Have you worked with people who have ketamine treatment?” and “What do you do when somebody gets
worse?”</li>
<li>Listen to your gut after the talk. Did they listen to you?</li></ol>
<p>In some places you wait for weeks. Ask about a waiting list, about talks by video, and about training
clinics at universities. They often cost less.</p>
"""
QUIET = """
<p>Ketamine can make things feel new for a short time. That is not the same as change, and nobody has to use
that time. If all you do after a visit is sleep, eat and rest, you have done enough.</p>
"""
ABOUT_US = """
<p>What a talk with us costs stands on the page about <a page="fees">fees</a>. What else there is to know is
on our page <a page="therapy-around-treatment">Therapy around treatment</a>.</p>
"""
CRISIS = """
<p>If you think about suicide or about hurting yourself, call or text <a href="tel:988">988</a>. It is free,
and somebody answers at any hour. In danger, call <a href="tel:911">911</a>.</p>
"""


def build(demo, index):
    """Add the post unless it is there."""
    can = {"kind": "do", "heading": "What such talks can do", "items": CAN}
    cannot = {"kind": "dont", "heading": "Don't ask too much of them, or of yourself", "items": CANNOT}
    demo.page(
        index,
        BlogPage,
        "effects-of-psychological-therapy",
        title="Effects of Psychological Therapy",
        summary="What talks before and after treatment are for, what they can't do, and how to find a"
        " therapist.",
        published_on=days_ago(20),
        author=demo.pages["therapist"],
        topics=[demo.topics["therapy"]],
        picture=demo.pictures["blog-2"],
        next_review_on=days_ahead(345),
        body=[
            ("key_points", {"heading": "In short", "points": KEY_POINTS}),
            ("text", demo.text(OPENING)),
            *demo.sections(("Before: knowing what comes", BEFORE), ("After: sorting what you felt", AFTER)),
            ("do_list", can),
            ("do_list", cannot),
            demo.figure(
                "page",
                caption="Something calm to come back to: a picture from our waiting room",
                alt="Drawing: soft green hills one behind the other, in morning haze",
            ),
            *demo.sections(("When it gets hard", HARD)),
            ("care_card", {"level": "immediate", "heading": "Get help now", "text": demo.text(CRISIS)}),
            *demo.sections(
                ("How to find a therapist", FIND), ("You don't have to do anything with it", QUIET)
            ),
            ("inset", {"text": demo.text(ABOUT_US)}),
        ],
    )
