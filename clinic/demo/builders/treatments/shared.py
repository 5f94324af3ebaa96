"""What the pages on infusion and injection say in the same words."""

BEFORE = """
<p>First you meet a clinician. They ask about your health, your medicines and what you have tried. They
measure your blood pressure. Only then do you both decide.</p>
<ol><li>Write down everything you take, supplements too. Don't stop or change a medicine without talking to
whoever prescribed it.</li>
<li>Find an adult who takes you home. We don't start without their phone number.</li>
<li>Ask us when to stop eating and drinking. We tell you an exact time.</li>
<li>Keep the rest of the day free.</li></ol>
<p>Are you pregnant, or could you be? Tell us before each visit.</p>
"""
AFTERCARE = """
<p>Somebody must take you home. You can't drive, ride a bike or use machines until the next day, after a
night's sleep. This holds even if you feel well.</p>
<ul><li>Drink no alcohol that day.</li>
<li>Sign nothing and decide nothing that matters.</li>
<li>Don't look after small children on your own that evening.</li>
<li>Move slowly. You can fall more easily.</li></ul>
<p>We call you the next day, if you agreed to that. Your mood may go up and down in the days after. Write
down how you sleep and feel, and bring it to your next visit.</p>
"""
COST = """
<p>All amounts stand on the page about <a page="fees">fees</a>, with what they cover. You get an estimate in
writing before you come. Most insurance plans don't pay for it. Ask your plan.</p>
"""
CALL_US = """
<ul><li>you still feel sick or dizzy the next day</li><li>you slept badly for two nights</li>
<li>you have a question that can wait</li></ul>
"""
CALL_TODAY = """
<ul><li>it hurts to pass water, or you have to go far more often</li>
<li>you feel much lower, or far more driven than you know yourself</li>
<li>you take ketamine, or want to, outside of your visits</li></ul>
"""
CALL_NOW = """
<ul><li>you can't breathe well, your chest hurts or you faint: call <a href="tel:911">911</a></li>
<li>you think about suicide or about hurting yourself: call or text <a href="tel:988">988</a>, free, at any
hour</li></ul>
"""


def care_cards(demo):
    """Return blocks that say whom to call, and when."""
    cards = [
        ("immediate", "Get help now if:", CALL_NOW),
        ("urgent", "Call us or your doctor today if:", CALL_TODAY),
        ("non-urgent", "Call us in opening hours if:", CALL_US),
    ]
    return [
        ("care_card", {"level": level, "heading": heading, "text": demo.text(text)})
        for level, heading, text in cards
    ]
