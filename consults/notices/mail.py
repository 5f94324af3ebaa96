"""Making a mail from an outbox row. The templates see what is listed here and nothing else.

None of it comes from an envelope. The address of somebody who asked for a copy, and what the front desk
wrote to somebody, are read when the mail goes out, and kept nowhere.
"""

from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timesince import timesince

from clinic.core.facts import read_facts
from clinic.core.opening_hours import describe_week
from consults import workflow
from consults.enums import Locale
from consults.models import ConsultRequest, OutboxMessage
from consults.references import format_reference

from .addresses import addresses_of
from .alerts import address_of_holder, alert_context
from .digest import digest_context
from .first_call import first_call_of
from .invitations import address_of_invited, invitation_context
from .sensitive_terms import NAMELESS, without_sensitive_terms
from .suspected import suspected_context

Template, Recipient = OutboxMessage.Template, OutboxMessage.Recipient

# Where the folder's name differs.
FOLDERS = {Template.CLINICIAN: Template.CRISIS.value}
# So many a person looks up; the link leads to all.
MOST_REFERENCES = 20


class NoRecipient(Exception):
    """Nobody is named to send this to."""


class RecipientRemoved(Exception):
    """The address that this row is for is named no longer."""


def compose(message: OutboxMessage, *others: OutboxMessage) -> EmailMultiAlternatives:
    """Return the mail of a row, and of others of its kind that go with it.

    Its subject and sender are neutral: others may see a screen.

    Raises NoRecipient, RecipientRemoved, ConsultRequest.DoesNotExist, NotAllowed, NoLongerWanted,
    EnvelopeProblem, KeyProblem.
    """
    consult = ConsultRequest.objects.filter(reference=message.reference).defer("envelope").first()
    to_patient = message.recipient == Recipient.PATIENT
    locale = Locale(consult.locale) if to_patient and consult else Locale.EN
    folder = f"consults/notices/{FOLDERS.get(message.template, message.template)}"
    folder += f"/{locale}" if to_patient else ""
    reply = _reply_of(message)
    with translation.override(locale):
        name = without_sensitive_terms(read_facts().short_name, instead=NAMELESS[locale])
        context = _context(message, others, consult, locale, reply)
        about = {
            "short_name": name,
            "number": 1 + len(others),
            "is_test": message.recipient == Recipient.CANARY,
            "to_owner": message.recipient == Recipient.OWNER,
        }
        about = {"subject": reply["subject"]} if reply else about
        subject = plain_text(f"{folder}/subject.txt", about)
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=plain_text(f"{folder}/body.txt", context),
            from_email=formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
            to=[reply["address"] if reply else recipient_of(message)],
            reply_to=[address] if reply and (address := answers_to(read_facts())) else None,
            headers={
                "Message-ID": f"<{message.bundle if others else message.pk}@{_domain()}>",
                "Date": format_datetime(timezone.localtime()),
                **({} if reply else {"Auto-Submitted": "auto-generated"}),
            },
        )
        mail.attach_alternative(render_to_string(f"{folder}/body.html", context), "text/html")
    return mail


def plain_text(template: str, context: dict) -> str:
    """Render what no browser reads: an ``&`` stays an ``&``, whatever the template forgets to say."""
    return get_template(template).template.render(Context(context, autoescape=False))


def recipient_of(message: OutboxMessage) -> str:
    """Return the address of a row. Raises RecipientRemoved, and like compose()."""
    if message.recipient == Recipient.PATIENT:
        return _address_for_copy(message)
    if message.template == Template.INVITATION:
        return address_of_invited(message.reference)
    if message.recipient == Recipient.HOLDER:
        return address_of_holder(message.reference)
    if message.recipient == Recipient.CANARY:
        return settings.CONSULTS_CANARY_RECIPIENT or settings.DEFAULT_FROM_EMAIL
    addresses = addresses_of(message)
    # A mail to nobody would count as sent.
    if not addresses:
        # The desk sees what the clinician is told of; whoever is named there need not have an address.
        raise workflow.NoLongerWanted if message.recipient == Recipient.CLINICIAN else NoRecipient
    # Not fanned out yet, such as a row that was never stored.
    if not message.address_hash:
        return next(iter(addresses.values()))
    if message.address_hash not in addresses:
        raise RecipientRemoved
    return addresses[message.address_hash]


def _reply_of(message):
    """Return address, subject and text of an answer that a person wrote; None for every other mail."""
    if message.template != Template.REPLY:
        return None
    try:
        return workflow.reply_to_send(message.reply)
    except ObjectDoesNotExist:
        # Removed since the row was read.
        raise workflow.NoLongerWanted from None


def _context(message, others, consult, locale, reply):
    if reply:
        return _reply_context(reply["text"], locale)
    if message.template == Template.PATIENT_COPY:
        return _copy_context(message, consult, locale)
    if message.template == Template.DIGEST:
        return digest_context(message.reference)
    if message.template == Template.SUSPECTED:
        return _suspected_context()
    if message.template == Template.ALERT:
        return alert_context(message)
    if message.template == Template.INVITATION:
        return invitation_context(message.reference)
    return _staff_context([message, *others], consult)


def _address_for_copy(message):
    return workflow.address_for_copy(ConsultRequest.objects.get(reference=message.reference))


def _suspected_context():
    if (context := suspected_context()) is None:
        raise workflow.NoLongerWanted
    return context


def _staff_context(messages, consult):
    message, number = messages[0], len(messages)
    return {
        "number": number,
        "references": [each.reference for each in messages[:MOST_REFERENCES]],
        "more": max(0, number - MOST_REFERENCES),
        "count": ConsultRequest.objects.from_people().waiting().count(),
        "reference": message.reference,
        "age": timesince(consult.created_at if consult else message.created_at),
        "link": settings.STAFF_URL + reverse("consult_requests:index"),
    }


def _copy_context(message, consult, locale):
    """Return the reference and what the clinic says of itself to everybody."""
    facts = read_facts()
    hours = facts.hours_of(consult.location if consult else "")
    return {
        **said_of_clinic(facts, locale),
        "email": answers_to(facts),
        "reference": format_reference(message.reference),
        "promise": facts.callback_promise_es if locale == Locale.ES else facts.callback_promise,
        "first_call": consult and _first_call(consult),
        "week": describe_week(hours) if hours else [],
    }


def _first_call(consult):
    """Return when we get in touch; which way they chose is sealed, so it is not said."""
    return first_call_of(
        received_at=consult.created_at,
        best_times=consult.best_times,
        time_zone=consult.time_zone,
        location=consult.location,
    )


def _reply_context(text, locale):
    """Return what the front desk wrote, and below it the clinic and the crisis line."""
    return {**said_of_clinic(read_facts(), locale), "text": text}


def said_of_clinic(facts, locale):
    """Return what the mails to people who asked say of the clinic."""
    return {
        "short_name": without_sensitive_terms(facts.short_name, instead=NAMELESS[locale]),
        "phone": facts.phone,
        "crisis_number": facts.crisis_number,
        "emergency_number": facts.emergency_number,
    }


def answers_to(facts):
    """Return the address for answers, since nobody may read what comes to the sender's; empty without one."""
    return without_sensitive_terms(facts.email, instead="")


def _domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
