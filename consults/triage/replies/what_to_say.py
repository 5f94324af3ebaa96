"""What to say to one person: the prepared words that their permissions allow, in their language."""

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Q
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
    for template in _in_every_language(consult):
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


def _in_every_language(consult):
    """Return the templates in use: all in the person's language first, then what is only spoken or texted.

    Somebody may have taken the form in another language than they speak. An e-mail has a frame in theirs.
    """
    templates = ReplyTemplate.objects.filter(is_active=True).exclude(
        ~Q(locale=consult.locale), channel=ReplyChannel.EMAIL
    )
    return sorted(templates, key=lambda template: template.locale != consult.locale)


def templates_for(consult):
    """Return the templates in use for the person's language."""
    return ReplyTemplate.objects.filter(locale=consult.locale, is_active=True)


def prepared(template, consult, user, *, name="") -> Prepared:
    """Return a template with its placeholders filled; the name is known where somebody calls."""
    with translation.override(template.locale):
        values = _values(template, consult, user, name)
    return Prepared(template, fill(template.subject, values), fill(template.text, values))


def _values(template, consult, user, name):
    """Return what the channel of a template may name, and nothing else."""
    facts, channel = read_facts(), template.channel
    short_name = without_sensitive_terms(facts.short_name, instead=NAMELESS[Locale(template.locale)])
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
