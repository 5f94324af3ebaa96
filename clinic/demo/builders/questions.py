"""Questions people ask, each written once and shown on several pages."""

from clinic.core.models import Faq, FaqPage

from .days import days_ahead

# Short name: topic, question, answer.
QUESTIONS = {
    "what-is-ketamine": (
        Faq.Topic.ABOUT,
        "What is ketamine?",
        """
        <p>A medicine that puts people to sleep for operations. In smaller amounts you stay awake, and it
        changes mood and perception for a while. That is why it is studied for depression.</p>
        """,
    ),
    "off-label": (
        Faq.Topic.ABOUT,
        "Is ketamine approved for depression?",
        """
        <p>No. Using it for depression is called “off-label”. Each page about a
        <a page="treatments">treatment</a> starts with what exactly is approved and what isn't, with the day
        on which we checked it.</p>
        """,
    ),
    "same-as-esketamine": (
        Faq.Topic.ABOUT,
        "Is it the same as esketamine (Spravato)?",
        """
        <p>No. Esketamine is a related medicine, given as a nasal spray, with an approval and rules of its
        own. What was found for one can't simply be said of the other. We don't offer esketamine here.</p>
        """,
    ),
    "how-fast": (
        Faq.Topic.ABOUT,
        "How soon would I feel something, and for how long?",
        """
        <p>In short studies, some people felt better within hours or days. Others felt no change, and the
        effect may not last. Nobody can tell you ahead how it will be for you.</p>
        """,
    ),
    "side-effects": (
        Faq.Topic.SAFETY,
        "What side effects can I expect?",
        """
        <p>Many people feel detached, sleepy, dizzy or sick for an hour or two, and their blood pressure
        rises for a while. Rarer effects can be serious. The pages about
        <a page="iv-ketamine-infusion">infusion</a> and <a page="im-ketamine-injection">injection</a> list
        them all.</p>
        """,
    ),
    "habit": (
        Faq.Topic.SAFETY,
        "Can ketamine be misused?",
        """
        <p>Yes. It can be misused and can cause dependence. We ask about this before treatment and watch for
        it afterwards. If you notice that you want more and more of it, tell us. Nobody here will blame
        you.</p>
        """,
    ),
    "long-term": (
        Faq.Topic.SAFETY,
        "What about the long term?",
        """
        <p>With frequent or long use, ketamine can harm the bladder, memory and thinking. What years of
        treatment at a clinic do, nobody knows well. We say that to everyone.</p>
        """,
    ),
    "alone": (
        Faq.Topic.SAFETY,
        "Am I left alone during treatment?",
        """
        <p>No. A trained member of staff stays in the room and watches your breathing, heart and blood
        pressure.</p>
        """,
    ),
    "how-long-visit": (
        Faq.Topic.VISIT,
        "How long does a visit take?",
        """
        <p>Two hours for an injection and two and a half for an infusion, with the rest afterwards. Your
        first visit, the evaluation, takes an hour and is on another day.</p>
        """,
    ),
    "drive-home": (
        Faq.Topic.VISIT,
        "Can I drive home?",
        """
        <p>No. An adult must take you home. You can't drive until the next day, after a night's sleep. We
        don't start without knowing who takes you.</p>
        """,
    ),
    "needle": (
        Faq.Topic.VISIT,
        "I'm afraid of injections. Can you help?",
        """
        <p>Yes. Many people are. Tell us before, and we go slowly. You can lie down, look away, and we can
        numb the skin first. You can also decide against it, at any moment.</p>
        """,
    ),
    "who-waits": (
        Faq.Topic.VISIT,
        "Can somebody wait for me?",
        """
        <p>Yes. There is a waiting room at both <a page="locations">locations</a>. During the treatment
        itself you are alone with our staff, unless we agreed on something else.</p>
        """,
    ),
    "price": (
        Faq.Topic.COST,
        "What does it cost?",
        """
        <p>Our page about <a page="fees">fees</a> lists every amount, what it covers, and since when. You
        get an estimate in writing before you come.</p>
        """,
    ),
    "insurance": (
        Faq.Topic.COST,
        "Does insurance pay?",
        """
        <p>Mostly not for ketamine. Ask your plan before you book. We give you a superbill on request.
        Whether they pay is up to them.</p>
        """,
    ),
    "call-free": (
        Faq.Topic.COST,
        "What does the first call cost?",
        """
        <p>Nothing, for everyone who asks. It takes about 15 minutes. It is a call with the front desk, not
        a medical visit, and you owe us nothing afterwards.</p>
        """,
    ),
    "how-many-visits": (
        Faq.Topic.COST,
        "How many visits will I need?",
        """
        <p>Nobody can say ahead. You and the clinician decide after each visit whether there is a next one.
        We don't sell packages.</p>
        """,
    ),
    "who-for": (
        Faq.Topic.ELIGIBILITY,
        "Who can have it?",
        """
        <p>Adults whom a clinician has evaluated, and for whom other treatment has not done enough. Nobody
        can tell from a website whether that is you.</p>
        """,
    ),
    "who-not-for": (
        Faq.Topic.ELIGIBILITY,
        "Who should not have it?",
        """
        <p>Among others, people with high blood pressure that is not under control, unstable heart disease,
        psychosis or mania, or serious liver disease. Also people who are pregnant or under 18. The pages
        about treatments have the list, and a clinician goes through it with you.</p>
        """,
    ),
    "other-medicines": (
        Faq.Topic.ELIGIBILITY,
        "Can I go on taking my medicines?",
        """
        <p>Bring a list of all of them. The clinician looks at each. Don't stop or change a medicine without
        talking to whoever prescribed it.</p>
        """,
    ),
    "no-referral": (
        Faq.Topic.ELIGIBILITY,
        "Do I need a referral?",
        """
        <p>No. But we ask you to tell your doctor or therapist that you come to us. With your permission, we
        send them a note.</p>
        """,
    ),
    "privacy-form": (
        Faq.Topic.PRIVACY,
        "Who reads what I write in the form?",
        """
        <p>Only the front desk. Your request is sealed before it is stored, and each opening is written
        down. Please leave medical details out. More in our <a page="privacy-notice">privacy notice</a>.</p>
        """,
    ),
    "told-others": (
        Faq.Topic.PRIVACY,
        "Will anybody hear that I asked?",
        """
        <p>Not from us. This site has no trackers and loads nothing from other companies. In the form you
        choose how we reach you, and whether we may leave a message.</p>
        """,
    ),
    "delete": (
        Faq.Topic.PRIVACY,
        "Can I have my request deleted?",
        """
        <p>Yes. Call us and tell us the reference you were given.</p>
        """,
    ),
}


def build_questions(demo):
    """Add the questions that are missing."""
    for name, (topic, question, answer) in QUESTIONS.items():
        demo.questions[name], _ = Faq.objects.get_or_create(
            question=question,
            defaults={"topic": topic, "answer": demo.text(answer), "review_on": days_ahead(365)},
        )


def build_questions_page(demo):
    """Add the page that shows all questions by topic."""
    demo.page(
        demo.pages["home"],
        FaqPage,
        "questions",
        title="Questions",
        summary="Short answers to what people ask us most: risks, visits, cost, privacy.",
        show_in_menus=True,
        body=[demo.faqs(topic.label, *on_topic(topic)) for topic in Faq.Topic],
    )


def on_topic(topic):
    """Return the short names of the questions on a topic."""
    return [name for name, (about, _question, _answer) in QUESTIONS.items() if about == topic]
