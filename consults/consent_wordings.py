"""The words people agree to, readable without a database.

Managers write them in the admin; each version is published into one snapshot file, which keeps the
older ones, because a form may have been open for days. Where there is none, the built-in words stand.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from clinic.core.snapshots import Snapshot
from consults.enums import ConsentPurpose, Locale
from consults.models import ConsentWording

BUILT_IN = {
    Locale.EN.value: {
        "contact": (
            "Please contact me about this request, using the details I gave. I have read the privacy notice."
        ),
        "texting": (
            "You may text me about this request at my number: a few messages. Message and data rates may "
            "apply. I can reply STOP to end them, HELP for help. It is no condition of care or purchase. "
            "Texts are not fully private."
        ),
        "voicemail": (
            "You may leave a voicemail when I don't answer. It gives a first name and a number only."
        ),
        "voicemail_name": "A voicemail may also say the name of the clinic.",
    },
    Locale.ES.value: {
        "contact": (
            "Pónganse en contacto conmigo sobre esta solicitud, con los datos que di. He leído el aviso de "
            "privacidad."
        ),
        "texting": (
            "Pueden enviarme mensajes de texto sobre esta solicitud a mi número: unos pocos. Pueden "
            "aplicarse tarifas de mensajes y datos. Puedo responder STOP para que terminen, HELP para "
            "recibir ayuda. No es condición para recibir atención ni para comprar. No son del todo privados."
        ),
        "voicemail": (
            "Pueden dejar un mensaje de voz si no contesto. Solo dirá un nombre de pila y un número."
        ),
        "voicemail_name": "El mensaje de voz también puede decir el nombre de la clínica.",
    },
}
# What release 0.3.0 and those before it said, for forms that were loaded before: a receipt has the words that
# somebody saw. What isn't here was the same.
EARLIER_TEXTING = {
    "en-0": (
        "You may text me about this request at my number. That is a few messages; message and data rates "
        "may apply. I can reply STOP to end them, or HELP for help. It is not a condition of care or of "
        "any purchase. I know that texts are not fully private."
    ),
    "es-0": (
        "Pueden enviarme mensajes de texto sobre esta solicitud a mi número. Son unos pocos mensajes; "
        "pueden aplicarse tarifas de mensajes y datos. Puedo responder STOP para que terminen, o HELP "
        "para recibir ayuda. No es una condición para recibir atención ni para comprar nada. Sé que los "
        "mensajes de texto no son del todo privados."
    ),
}


@dataclass(frozen=True)
class Wording:
    """One version of the words in one language; ``version`` names both, such as ``en-3``."""

    version: str
    texts: dict

    def text(self, purpose: str) -> str:
        """Return the words of a purpose."""
        return self.texts[purpose]


def current_wording(locale: str) -> Wording:
    """Return the words to show now."""
    published = _published().get(locale, [])
    return published[-1] if published else _built_in(locale)


def wording_of(version: str) -> Wording | None:
    """Return the words of a version that was once shown, or None."""
    locale = version.partition("-")[0]
    known = [*_published().get(locale, []), *(_all_built_in(locale) if locale in BUILT_IN else [])]
    return next((wording for wording in known if wording.version == version), None)


@transaction.atomic
def add_wording(*, locale: str, texts: dict, author) -> ConsentWording:
    """Add a version with these words and publish it; earlier versions stay as they are."""
    newest = ConsentWording.objects.filter(locale=locale).aggregate(Max("version"))["version__max"] or 0
    return ConsentWording.objects.create(locale=locale, version=newest + 1, author=author, **texts)


PURPOSES = ConsentPurpose.values


def _built_in(locale):
    return Wording(f"{locale}-0b", BUILT_IN[locale])


def _all_built_in(locale):
    earlier = f"{locale}-0"
    return [_built_in(locale), Wording(earlier, {**BUILT_IN[locale], "texting": EARLIER_TEXTING[earlier]})]


def _published():
    return WORDINGS.read() or {}


def _all_versions():
    """Return every version as it is stored in the snapshot."""
    return [
        {"locale": row.locale, "version": row.version, "texts": {p: getattr(row, p) for p in PURPOSES}}
        for row in ConsentWording.objects.order_by("locale", "version")
    ]


def _wordings_from(stored):
    """Rebuild the wordings of each language, oldest first."""
    wordings = {}
    for row in stored:
        texts = {purpose: row["texts"][purpose] for purpose in PURPOSES}
        wordings.setdefault(row["locale"], []).append(Wording(f"{row['locale']}-{row['version']}", texts))
    return wordings


WORDINGS = Snapshot("consent wordings", "CONSULTS_WORDINGS_FILE", build=_all_versions, load=_wordings_from)
