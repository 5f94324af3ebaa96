"""What the form of release 0.3.0 sent, as a browser put it together from that page.

Written by hand after that release's page: it is data, and stays as it is whatever the form of today asks.
"""

FIELDS = [
    ("name", "Earlier Person"),
    ("phone", "(555) 555-0142"),
    ("email", "earlier.person@example.org"),
    ("way", "call"),
    ("times", "1"),
    ("times", "4"),
    ("time_zone", "America/Chicago"),
    ("topic", "unsure"),
    ("for_whom", "me"),
    ("age", "adult"),
    ("needs", "An interpreter"),
    ("heard_from", "person"),
    ("note", "Ring twice."),
    ("contact", "yes"),
    ("texting", "yes"),
    ("voicemail", "yes"),
    ("voicemail_name", "yes"),
    ("copy", "yes"),
    ("remark_b", ""),
    ("section", "home"),
    ("campaign", "none"),
]


def earlier_post(token, **changes):
    """Return the fields with this token; a change of None leaves a field out."""
    data = {}
    for name, value in [*FIELDS, ("token", token)]:
        data.setdefault(name, []).append(value)
    data |= {name: [value] for name, value in changes.items()}
    return {name: values for name, values in data.items() if values != [None]}
