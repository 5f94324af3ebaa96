"""Making a mail from an outbox row. The template sees four values and nothing else."""

from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince

from clinic.core.facts import read_facts
from consults.models import ConsultRequest, OutboxMessage


def compose(message: OutboxMessage) -> EmailMessage:
    """Return the mail of a row. Its subject and sender are neutral: others may see a screen."""
    context = {
        "count": ConsultRequest.objects.from_people().waiting().count(),
        "reference": message.reference,
        "age": timesince(message.created_at),
        "link": settings.SITE_URL + reverse("consult_requests:index"),
    }
    subject = render_to_string(
        f"consults/notices/{message.template}_subject.txt", {"short_name": read_facts().short_name}
    )
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string(f"consults/notices/{message.template}_body.txt", context),
        to=recipients_of(message),
        headers={
            "Message-ID": f"<{message.pk}@{_domain()}>",
            "Date": format_datetime(timezone.localtime()),
            "Auto-Submitted": "auto-generated",
        },
    )


def recipients_of(message: OutboxMessage) -> list[str]:
    """Return the addresses behind a kind of recipient."""
    return {OutboxMessage.Recipient.STAFF: settings.CONSULTS_NOTICE_RECIPIENTS}[message.recipient]


def _domain():
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
