"""The Notice of Privacy Practices."""

SLUG = "notice-of-privacy-practices"
TITLE = "Notice of Privacy Practices"
SUMMARY = "How medical information about you may be used and shared, and how you can get it."
SECTIONS = [
    (
        "Your rights",
        """
        <ul><li>See your medical record and get a copy of it.</li>
        <li>Ask us to correct it.</li>
        <li>Ask us to reach you in a certain way, or at a certain place.</li>
        <li>Ask us to limit what we use or share.</li>
        <li>Get a list of those we shared it with.</li>
        <li>Get a copy of this notice, also on paper.</li>
        <li>Choose somebody to act for you.</li></ul>
        """,
    ),
    (
        "How we use and share it",
        """
        <p>We use your record to treat you, to run the clinic, and to bill. For most other things we need
        your written permission, and you can take that back.</p>
        <p>Some records have extra protection, such as notes of therapy talks and records of treatment for
        substance use. We ask you before we share those.</p>
        """,
    ),
    (
        "Our duties",
        """
        <p>We must keep your record private and tell you if somebody got at it who should not have. We must
        follow the notice that is in force and give you a copy.</p>
        """,
    ),
    (
        "If you think we broke a promise",
        """
        <p>Tell our privacy officer (sample) at privacy@example.org, or call (555) 555-0130. You can also
        complain to the U.S. Department of Health and Human Services, Office for Civil Rights. Complaining
        never changes how we treat you.</p>
        """,
    ),
]
