"""The drawings of our own that editors can choose: what a visit is like, where there is no photograph yet.

Each is a template below ``templates/drawings/``, coloured by the site's own tokens.
"""

DRAWINGS = {
    "drip": "A person rests in an armchair; a bag on a stand drips into a tube to the arm",
    "injection": "A nurse beside a person who has had an injection: a plaster on the upper arm",
    "talk": "Two people sit in armchairs and talk",
    "chair": "An armchair with a blanket, beside a lamp and a glass of water",
    "ride": "Somebody drives a person home in a car",
    "door": "A front door that stands open, with steps and a ramp",
}
NAMES = {
    "drip": "A drip",
    "injection": "An injection",
    "talk": "A talk",
    "chair": "A chair with a blanket",
    "ride": "The ride home",
    "door": "The front door",
}
DRAWING_CHOICES = list(NAMES.items())
