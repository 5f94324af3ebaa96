"""Mails with a link for one person: asked for by a page or a command, sent by the worker.

Whether there is an account can't be told from how long a page takes, since no page sends anything. The link
is made when its mail goes out; the database keeps a hash that opens nothing.
"""

import hashlib
import secrets
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from clinic.core.facts import read_facts

from .models import AccountMail, EmailChange

Kind = AccountMail.Kind
PAGES = {
    Kind.RESET: "account_set_new_password",
    Kind.EMAIL_OLD: "account_email_answer",
    Kind.EMAIL_NEW: "account_email_answer",
}
# 43 characters; what is longer is none of ours.
TOKEN_BYTES, LONGEST_TOKEN = 32, 100
AT_ONCE = 20
KEPT_FOR = timedelta(days=30)


def ask(kind, user, address, *, lasts, change=None):
    """Let a mail go out to ``address``, whose link is good for as long as ``lasts`` from now."""
    now = timezone.now()
    return AccountMail.objects.create(
        kind=kind, user=user, address=address, change=change, asked_at=now, ends_at=now + lasts
    )


class LinkGone(Exception):
    """The link was used meanwhile."""


def found(token, *kinds):
    """Return the mail whose link this is, if it is still good for somebody who may sign in; else None."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    good = AccountMail.objects.filter(used_at=None, ends_at__gt=timezone.now(), user__is_active=True)
    return good.filter(link_hash=_hash(token), kind__in=kinds).select_related("user", "change").first()


def use(mail):
    """Let the link open nothing any more. Raises LinkGone for all but the first of many at once."""
    if not AccountMail.objects.filter(pk=mail.pk, used_at=None).update(used_at=timezone.now()):
        raise LinkGone


def void(user, *kinds):
    """Let no link of these kinds open anything for this person, nor go out."""
    AccountMail.objects.filter(user=user, kind__in=kinds, used_at=None).update(used_at=timezone.now())


def send_waiting():
    """Send what waits; a step of the worker. What fails is tried again until its link would be too old."""
    waiting = AccountMail.objects.filter(sent_at=None, used_at=None, ends_at__gt=timezone.now())
    failure = None
    for mail in waiting.select_related("user", "change").order_by("pk")[:AT_ONCE]:
        try:
            _send(mail)
        except (SMTPException, OSError) as error:
            failure = error
    if failure:
        raise failure


def forget_old():
    """Remove mails that are long over, and the changes they asked about; a step of the worker."""
    before = timezone.now() - KEPT_FOR
    AccountMail.objects.filter(ends_at__lt=before).delete()
    EmailChange.objects.filter(asked_at__lt=before).exclude(mails__isnull=False).delete()


def _send(mail):
    """Send one, unless another process took it meanwhile."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    mine = AccountMail.objects.filter(pk=mail.pk, sent_at=None)
    if not mine.update(sent_at=timezone.now(), link_hash=_hash(token)):
        return
    try:
        _message(mail, token).send()
    except (SMTPException, OSError):
        AccountMail.objects.filter(pk=mail.pk).update(sent_at=None, link_hash=None)
        raise


def _message(mail, token):
    page = PAGES.get(mail.kind)
    facts = read_facts()
    context = {
        "mail": mail,
        "name": mail.user.get_username(),
        "facts": facts,
        "link": f"{settings.STAFF_URL}{reverse(page)}?token={token}" if page else "",
    }
    subject, body = _text(f"{mail.kind}_subject", context), _text(mail.kind, context)
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[mail.address])


def _text(name, context):
    template = get_template(f"accounts/mails/{name}.txt").template
    return template.render(Context(context, autoescape=False))


def _hash(token):
    return hashlib.sha256(token.encode()).hexdigest()
