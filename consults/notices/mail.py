"""Making a mail from an outbox row. The templates see what is listed here and nothing else.

None of it comes from an envelope. The address of somebody who asked for a copy is read when the
mail goes out, and kept nowhere.
"""

from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timesince import timesince

from clinic.core.facts import read_facts
from clinic.core.opening_hours import describe_next_opening, describe_week
from consults import workflow
from consults.enums import Locale
from consults.models import ConsultRequest, OutboxMessage
from consults.references import spoken

from .digest import digest_context
from .neutral import neutral

Template, Recipient = OutboxMessage.Template, OutboxMessage.Recipient
NAMELESS = {Locale.EN: "Your clinic", Locale.ES: "Su clínica"}


class NoRecipient(Exception):
    """The settings name nobody to send this to."""


def compose(message: OutboxMessage) -> EmailMultiAlternatives:
    """Return the mail of a row. Its subject and sender are neutral: others may see a screen.

    Raises NoRecipient, ConsultRequest.DoesNotExist, NotAllowed, EnvelopeProblem, KeyProblem.
    """
    request = ConsultRequest.objects.filter(reference=message.reference).defer("envelope").first()
    is_copy = message.template == Template.PATIENT_COPY
    locale = Locale(request.locale) if is_copy and request else Locale.EN
    folder = f"consults/notices/{message.template}{f'/{locale}' if is_copy else ''}"
    with translation.override(locale):
        name = neutral(read_facts().short_name, instead=NAMELESS[locale])
        context = _context(message, request, locale)
        subject = render_to_string(
            f"{folder}/subject.txt",
            {"short_name": name, "is_test": message.recipient == Recipient.CANARY},
        )
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"{folder}/body.txt", context),
            from_email=formataddr((name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
            to=recipients_of(message),
            headers={
                "Message-ID": f"<{message.pk}@{_domain()}>",
                "Date": format_datetime(timezone.localtime()),
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string(f"{folder}/body.html", context), "text/html")
    return mail


def recipients_of(message: OutboxMessage) -> list[str]:
    """Return the addresses behind a kind of recipient. Raises like compose()."""
    addresses = {
        Recipient.STAFF: lambda: settings.CONSULTS_NOTICE_RECIPIENTS,
        Recipient.OWNER: lambda: settings.CONSULTS_OWNER_RECIPIENTS or settings.CONSULTS_NOTICE_RECIPIENTS,
        Recipient.CLINICIAN: lambda: settings.CONSULTS_CRISIS_RECIPIENTS,
        Recipient.CANARY: lambda: [settings.CONSULTS_CANARY_RECIPIENT or settings.DEFAULT_FROM_EMAIL],
        Recipient.PATIENT: lambda: [_address_for_copy(message)],
    }[message.recipient]()
    # A mail to nobody would count as sent.
    if not any(addresses):
        raise NoRecipient
    return addresses


def _address_for_copy(message):
    return workflow.address_for_copy(ConsultRequest.objects.get(reference=message.reference))


def _context(message, request, locale):
    if message.template == Template.PATIENT_COPY:
        return _copy_context(message, locale)
    if message.template == Template.DIGEST:
        return digest_context(message.reference)
    return _staff_context(message, request)


def _staff_context(message, request):
    return {
        "count": ConsultRequest.objects.from_people().waiting().count(),
        "reference": message.reference,
        "age": timesince(request.created_at if request else message.created_at),
        "link": settings.SITE_URL + reverse("consult_requests:index"),
    }


def _copy_context(message, locale):
    """Return the reference and what the clinic says of itself to everybody."""
    facts = read_facts()
    hours = facts.hours
    is_open = hours.is_open(timezone.now())
    return {
        "reference": spoken(message.reference),
        "short_name": neutral(facts.short_name, instead=NAMELESS[locale]),
        "promise": facts.callback_promise_es if locale == Locale.ES else facts.callback_promise,
        "week": describe_week(hours) if hours else [],
        "next_opening": "" if is_open else describe_next_opening(hours, timezone.now()),
        "phone": facts.phone,
        "email": neutral(facts.email, instead=""),
        "crisis_number": facts.crisis_number,
        "emergency_number": facts.emergency_number,
    }


def _domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
