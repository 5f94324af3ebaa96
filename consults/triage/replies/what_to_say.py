"""What to say to one person: the prepared words that their permissions allow, in their language."""

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.utils import translation

from clinic.core.facts import read_facts
from clinic.core.opening_hours import describe_week
from consults.enums import Locale, ReplyChannel
from consults.models import ReplyTemplate
from consults.notices.sensitive_terms import NAMELESS, without_sensitive_terms
from consults.references import format_reference
from consults.replies import fill, placeholders_for

LEAVE_OUT = (
    "Leave out “{}”. Voicemails, texts and e-mails aren't private, so they name no medicine, no illness and "
    "no kind of treatment."
)


class Prepared(NamedTuple):
    """A template, filled in for one person."""

    template: ReplyTemplate
    subject: str
    text: str


def what_to_say(consult, contents, user, *, limits) -> dict[str, list[Prepared]]:
    """Return the words for the phone, for a voicemail and for a text, and the templates for an e-mail.

    ``limits`` says what the person agreed to: ``may_leave_voicemail``, ``may_name_clinic``, ``may_text``.
    """
    by_channel = {}
    for template in templates_for(consult):
        by_channel.setdefault(template.channel, []).append(
            prepared(template, consult, user, name=contents.get("name", ""))
        )
    voicemail = ReplyChannel.VOICEMAIL_NAMED if limits["may_name_clinic"] else ReplyChannel.VOICEMAIL
    has_phone = bool(contents.get("phone"))
    allowed = {
        "call": (ReplyChannel.CALL, has_phone),
        "voicemail": (voicemail, has_phone and limits["may_leave_voicemail"]),
        "text": (ReplyChannel.TEXT, has_phone and limits["may_text"]),
        "email": (ReplyChannel.EMAIL, consult.is_open and bool(contents.get("email"))),
    }
    return {way: by_channel.get(channel, []) for way, (channel, is_allowed) in allowed.items() if is_allowed}


def templates_for(consult):
    """Return the templates in use for the person's language."""
    return ReplyTemplate.objects.filter(locale=consult.locale, is_active=True)


def prepared(template, consult, user, *, name="") -> Prepared:
    """Return a template with its placeholders filled; the name is known where somebody calls."""
    with translation.override(consult.locale):
        values = _values(template.channel, consult, user, name)
    return Prepared(template, fill(template.subject, values), fill(template.text, values))


def _values(channel, consult, user, name):
    """Return what the channel may name, and nothing else."""
    facts = read_facts()
    short_name = without_sensitive_terms(facts.short_name, instead=NAMELESS[Locale(consult.locale)])
    values = {
        "{name}": name,
        "{reference}": format_reference(consult.reference),
        "{clinic}": facts.name if channel == ReplyChannel.CALL else short_name,
        "{phone}": facts.phone,
        # Never the login.
        "{caller}": user.first_name,
        "{hours}": _hours(facts.hours_of(consult.location)),
    }
    return {placeholder: values[placeholder] for placeholder in placeholders_for(channel)}


def _hours(schedule):
    """Return the usual week, with days of the same hours on one line."""
    lines = []
    for hours, days in groupby(describe_week(schedule) if schedule else [], key=itemgetter(1)):
        names = [str(name) for name, _hours in days]
        lines.append(f"{' – '.join(dict.fromkeys((names[0], names[-1])))}: {hours}")
    return "\n".join(lines)
