"""Words that make a text a medical one, whatever its author thinks of it."""

import re
import unicodedata
from html import unescape

from .facts import read_facts

TAG = re.compile(r"<[^<>]*>")
# Beginnings of words, English and Spanish, without accents. News of a clinic get by without them.
BEGINNINGS = (
    "ketamin, esketamin, spravato, infusion, injection, inyeccion, dose, dosage, dosing, dosis, milligram, "
    "miligramo, medicine, medication, medicament, prescri, antidepres, depres, anxiety, anxious, ansiedad, "
    "suicid, self-harm, autolesi, bipolar, psychosis, psicosis, trauma, ptsd, symptom, sintoma, diagnos, "
    "disorder, trastorno, treatment, tratamiento, therap, terapia, cure, curing, curar, remission, remision, "
    "relapse, recaida, side effect, side-effect, efecto secundario, efectos secundarios, addict, adicci, "
    "overdose, sobredosis, blood pressure, presion arterial"
).split(", ")
MEDICAL = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, BEGINNINGS))})"
    # An amount of something to take.
    r"|\d\s?(?:mg|mcg|μg|ug|ml)\b",
    re.IGNORECASE,
)


def names_medicine(content) -> bool:
    """Whether this content (``content_of``) speaks of medicine; the clinic's own name doesn't count."""
    text, own_name = "\n".join(_texts(content)), _bare(read_facts().name)
    # Across a bold half of a word, and from one paragraph to the next.
    readings = (_bare(TAG.sub(between, text)).replace(own_name, " ") for between in ("", " "))
    return any(MEDICAL.search(reading) for reading in readings)


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _bare(text):
    """Return a text without entities, accents and invisible signs, its spaces all alike."""
    split = unicodedata.normalize("NFKD", unescape(text))
    seen = "".join(sign for sign in split if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(seen.split())
