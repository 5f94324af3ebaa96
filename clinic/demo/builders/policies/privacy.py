"""The privacy notice of the website."""

from datetime import date

SLUG = "privacy-notice"
TITLE = "Privacy notice"
SUMMARY = "What this website asks for, who reads it, and whom we tell: nobody."
SECTIONS = [
    (
        "What we ask for",
        """
        <p>The consultation form asks for a name, a way to reach you, good times to call, and what you would
        like to talk about. It asks no medical questions. Please don't write about symptoms, diagnoses or
        medicines there.</p>
        <p>To read this site or to search it, you give us nothing.</p>
        """,
    ),
    (
        "How we keep it",
        """
        <p>Your request is sealed before it is stored. The part of the site that takes it in can't open it
        again. Only the front desk can, and each opening is written down.</p>
        <p>With the request we keep the words you agreed to when you sent it.</p>
        """,
    ),
    (
        "Whom we tell",
        """
        <p>Nobody. This site loads nothing from other companies: no trackers, no ads, no maps, no fonts. The
        mail that tells our staff about a new request holds a reference number and nothing that you
        wrote.</p>
        <p>The buttons for sharing a post are plain links. Nothing happens until you use one. Then you are
        on the other company's site, under its rules.</p>
        """,
    ),
    (
        "What our server writes down",
        """
        <p>Like every server, ours notes which page was asked for and when, so that we can find faults. It
        doesn't note what you typed into a form.</p>
        """,
    ),
    (
        "Your say",
        """
        <p>Call us and tell us your reference. We show you what we hold, correct it or delete it. You can
        also take back your consent. Then we stop contacting you.</p>
        """,
    ),
]
EARLIER_VERSIONS = [
    (
        "version",
        {
            "effective_date": date(2026, 6, 1),
            "text": "<p>(Sample of an earlier version.) The form asks for a name and a phone number. Only"
            " the front desk reads requests. We tell nobody about them.</p>",
        },
    )
]
