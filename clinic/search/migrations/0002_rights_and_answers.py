"""Editors keep the pinned answers and read what people didn't find; every site begins with a few answers."""

from django.db import migrations

from clinic.core.group_permissions import grant
from clinic.roles import ROLES

# Words, title, sentence, where it leads, language.
ANSWERS = [
    (
        ["cost", "costs", "price", "prices", "fee", "fees", "how much", "pay", "expensive", "afford"],
        "What a visit costs",
        "Our fees stand on one page, with what is included.",
        "fees",
        "en",
    ),
    (
        ["insurance", "insured", "medicare", "medicaid", "coverage", "copay", "superbill"],
        "Insurance",
        "Plans differ in what they pay. The fees page says what we know; your plan says what it pays.",
        "fees",
        "en",
    ),
    (
        ["phone", "phone number", "telephone", "call", "contact", "contact us"],
        "Call us",
        "The front desk answers during opening hours.",
        "phone",
        "en",
    ),
    (
        ["directions", "address", "map", "where are you", "parking", "location", "locations"],
        "How to find us",
        "Address, parking and the way to the door.",
        "directions",
        "en",
    ),
    (
        ["cancel", "cancellation", "reschedule", "change my appointment", "miss my appointment"],
        "Cancel or change a visit",
        "Please call us as soon as you know; the front desk finds another day with you.",
        "phone",
        "en",
    ),
    (
        ["español", "spanish", "en español", "hablan español", "cita", "consulta", "solicitud", "formulario"],
        "Solicitar una consulta en español",
        "Puede llenar el formulario en español. Le llamamos.",
        "form_es",
        "es",
    ),
    (
        ["cuánto cuesta", "costo", "costos", "precio", "precios", "seguro médico", "aseguranza"],
        "Lo que cuesta una visita",
        "Los precios están en una página, en inglés. También puede llamarnos.",
        "fees",
        "es",
    ),
]


def begin(apps, schema_editor):
    """Grant the rights and add the answers."""
    grant(apps, ROLES["search"])
    answers = apps.get_model("search", "PinnedAnswer").objects
    for words, title, sentence, leads_to, language in ANSWERS:
        answers.create(
            words="\n".join(words), title=title, sentence=sentence, leads_to=leads_to, language=language
        )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_initial"),
        # Where the editors are made.
        ("core", "0003_people_editors_publish"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
