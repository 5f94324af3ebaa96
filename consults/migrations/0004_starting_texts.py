"""Managers write reply templates; every clinic begins with these. They name no medicine and no illness."""

from django.db import migrations

# Channel, language, title, subject, text.
STARTING = [
    (
        "call",
        "en",
        "First call",
        "",
        "Hello, may I speak with {name}, please?\n\n"
        "(Someone else answers: “This is {caller}. I'll try again later. Thank you.” Don't say where you call from.)\n\n"
        "(It is them:) My name is {caller}, I'm calling from {clinic}. You wrote to us on our website. "
        "Is this a good time to talk?\n\n"
        "What would you like to know, and what matters most to you?\n\n"
        "The next step is a first appointment, where you meet a clinician and decide together. "
        "You can say no at any point. Which days suit you?\n\n"
        "(At the end:) Your reference is {reference}. If anything changes, call us at {phone}.",
    ),
    (
        "call",
        "es",
        "Primera llamada",
        "",
        "Buenos días, ¿puedo hablar con {name}, por favor?\n\n"
        "(Contesta otra persona: «Soy {caller}. Vuelvo a llamar más tarde. Gracias». No diga de dónde llama.)\n\n"
        "(Es esa persona:) Me llamo {caller}, le llamo de {clinic}. Usted nos escribió en nuestro sitio web. "
        "¿Es buen momento para hablar?\n\n"
        "¿Qué le gustaría saber y qué es lo más importante para usted?\n\n"
        "El siguiente paso es una primera cita, en la que habla con un profesional y deciden juntos. "
        "Puede decir que no en cualquier momento. ¿Qué días le convienen?\n\n"
        "(Al final:) Su referencia es {reference}. Si algo cambia, llámenos al {phone}.",
    ),
    (
        "voicemail",
        "en",
        "Please call back",
        "",
        "Hello, this is {caller}. Please call me back at {phone}. Thank you.",
    ),
    (
        "voicemail",
        "es",
        "Llame, por favor",
        "",
        "Hola, soy {caller}. Por favor, llámeme al {phone}. Gracias.",
    ),
    (
        "voicemail_named",
        "en",
        "Please call back",
        "",
        "Hello, this is {caller} from {clinic}. Please call me back at {phone}. Thank you.",
    ),
    (
        "voicemail_named",
        "es",
        "Llame, por favor",
        "",
        "Hola, soy {caller}, de {clinic}. Por favor, llámeme al {phone}. Gracias.",
    ),
    (
        "text",
        "en",
        "When can we call?",
        "",
        "Hello, this is {caller} from {clinic} about your request {reference}. When is a good time to call you? "
        "You can also reach us at {phone}. Reply STOP to end texts.",
    ),
    (
        "text",
        "es",
        "¿Cuándo podemos llamar?",
        "",
        "Hola, soy {caller}, de {clinic}, sobre su solicitud {reference}. ¿A qué hora podemos llamarle? "
        "También puede llamarnos al {phone}. Responda STOP para no recibir más mensajes.",
    ),
    (
        "email",
        "en",
        "Let's find a time to talk",
        "{clinic}: a time to talk",
        "Hello,\n\n"
        "Thank you for writing to us. My name is {caller}. I would like to talk with you about your request "
        "(reference {reference}) and answer your questions.\n\n"
        "Please call us at {phone} when it suits you, and say the reference. We are there:\n{hours}\n\n"
        "E-mail isn't private, so please write nothing about your health. On the phone we can talk about everything.\n\n"
        "Kind regards,\n{caller}",
    ),
    (
        "email",
        "es",
        "Busquemos un momento para hablar",
        "{clinic}: un momento para hablar",
        "Hola:\n\n"
        "Gracias por escribirnos. Me llamo {caller}. Me gustaría hablar con usted sobre su solicitud "
        "(referencia {reference}) y responder a sus preguntas.\n\n"
        "Por favor, llámenos al {phone} cuando le convenga y diga la referencia. Atendemos:\n{hours}\n\n"
        "El correo electrónico no es privado; por favor, no escriba nada sobre su salud. Por teléfono podemos hablar de todo.\n\n"
        "Un saludo cordial,\n{caller}",
    ),
    (
        "email",
        "en",
        "We could not reach you",
        "{clinic}: we tried to call",
        "Hello,\n\n"
        "We tried to call you about your request (reference {reference}) and did not reach you. "
        "If you would still like to talk, please call us at {phone} and say the reference. We are there:\n{hours}\n\n"
        "If you have changed your mind, you need not do anything.\n\n"
        "E-mail isn't private, so please write nothing about your health.\n\n"
        "Kind regards,\n{caller}",
    ),
    (
        "email",
        "es",
        "No pudimos comunicarnos con usted",
        "{clinic}: intentamos llamarle",
        "Hola:\n\n"
        "Intentamos llamarle sobre su solicitud (referencia {reference}) y no lo logramos. "
        "Si todavía quiere hablar, llámenos al {phone} y diga la referencia. Atendemos:\n{hours}\n\n"
        "Si cambió de opinión, no tiene que hacer nada.\n\n"
        "El correo electrónico no es privado; por favor, no escriba nada sobre su salud.\n\n"
        "Un saludo cordial,\n{caller}",
    ),
]


def begin(apps, schema_editor):
    """Add the templates to begin with."""
    templates = apps.get_model("consults", "ReplyTemplate").objects
    templates.bulk_create(
        templates.model(channel=channel, locale=locale, title=title, subject=subject, text=text, position=number)
        for number, (channel, locale, title, subject, text) in enumerate(STARTING, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("consults", "0003_roles")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
