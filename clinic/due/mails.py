"""The mails on what is due: one each Monday, and one where a day comes near.

To whoever answers for it: 30 and 7 days before its day, on its day, and every week. To the owner: from the
day on, and what nobody answers for. A mail holds numbers and a link alone, since it is read on its way.
"""

from datetime import time, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from clinic.core.facts import read_facts

from .finding import Found, find_due, only_of, people_in
from .models import DueDay, DueMail

# By the clinic's clock.
ASKED_FROM = time(7)
DAYS_BEFORE = (30, 7, 0)
AT_ONCE = 20
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)
# Then the next weekly one says the same.
GIVEN_UP_AFTER = timedelta(days=7)
KEPT_FOR = timedelta(days=60)


def queue_mails() -> int:
    """Make the mails of this day, once, from the morning on; return how many. Raises django.db.Error.

    What lies between this day and the one looked at before is made up for.
    """
    now = timezone.now().astimezone(read_facts().zone)
    today = now.date()
    if now.time() < ASKED_FROM or DueDay.objects.filter(day__gte=today).exists():
        return 0
    with transaction.atomic():
        last = DueDay.objects.order_by("-day").values_list("day", flat=True).first()
        # Whoever is second meets the first one's row, and makes nothing.
        if not DueDay.objects.get_or_create(day=today)[1]:
            return 0
        mails = _mails(find_due(today), last or today - timedelta(days=1), today)
        for mail in mails:
            mail.day, mail.next_try_at = today, now
        DueMail.objects.bulk_create(mails)
    return len(mails)


def _mails(found, last, today):
    """Return a mail for each address that has to be told something on this day."""
    is_weekly = last < today - timedelta(days=today.weekday())
    people = {key: person for key, person in people_in(found).items() if person.is_active and person.email}
    mails = {}
    for key, person in people.items():
        if is_weekly or _comes_near(only_of(found, key), last, today, DAYS_BEFORE):
            mails[person.email.casefold()] = DueMail(account=person, address=person.email)
    for_owner = _for_owner(found, people, today)
    if for_owner and (is_weekly or _comes_near(for_owner, last, today, (0,))):
        for address in owner_addresses():
            # Whoever is both gets the one that says more.
            mails[address.casefold()] = DueMail(account=None, address=address)
    return list(mails.values())


def owner_addresses() -> list[str]:
    """Return where the owner is told, by the apps that know it."""
    return [address for function in hooks.get_hooks("owner_addresses") for address in function()]


def _comes_near(found, last, today, days_before):
    """Whether the day of something has come this near since the day that was looked at before."""
    days = {item.day for one in found for item in one.items if item.day}
    # Reckoned from today: a day may be the first that there is.
    spans = [(last + timedelta(days=before), today + timedelta(days=before)) for before in days_before]
    return any(after < day <= until for day in days for after, until in spans)


def _for_owner(found, people, today):
    """Return what is over, and what nobody who can be told answers for."""
    told = [
        Found(one.kind, [i for i in one.items if i.account not in people or (i.day and i.day <= today)])
        for one in found
    ]
    return [one for one in told if one.items]


def send_waiting():
    """Send what waits; a step of the worker. What fails is tried again, for a week."""
    now = timezone.now()
    DueMail.objects.filter(day__lt=(now - KEPT_FOR).date()).delete()
    waiting = DueMail.objects.filter(
        sent_at=None, next_try_at__lte=now, day__gt=(now - GIVEN_UP_AFTER).date()
    )
    failure = None
    for mail in waiting.select_related("account").order_by("next_try_at", "pk")[:AT_ONCE]:
        try:
            _send(mail)
        except (SMTPException, OSError) as error:
            failure = error
    if failure:
        raise failure


def _send(mail):
    """Send one, unless another process took it. One that dies here leaves it to a later try."""
    now = timezone.now()
    later = now + min(FIRST_WAIT * 2 ** min(mail.tries, 10), LONGEST_WAIT)
    mine = DueMail.objects.filter(pk=mail.pk, sent_at=None, next_try_at=mail.next_try_at)
    if not mine.update(next_try_at=later, tries=F("tries") + 1):
        return
    if message := _message(mail):
        message.send()
    DueMail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())


def _message(mail):
    """Return what the mail says by now; None where everything was mended meanwhile."""
    facts = read_facts()
    today = timezone.localdate(timezone=facts.zone)
    found = find_due(today)
    if mail.account_id:
        found = only_of(found, mail.account_id)
    if not found or (mail.account and not mail.account.is_active):
        return None
    context = {
        "facts": facts,
        "name": mail.account.get_username() if mail.account else "",
        "over": _counted((one.kind, one.over(today)) for one in found),
        "coming": _counted((one.kind, one.coming(today)) for one in found),
        "link": settings.STAFF_URL + reverse("due"),
    }
    subject, body = _text("due/mails/due_subject.txt", context), _text("due/mails/due.txt", context)
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[mail.address])


def _counted(kinds):
    """Return numbers, words and the first day of each kind of which there is something."""
    return [
        (len(items), kind.one if len(items) == 1 else kind.several, items[0].day)
        for kind, items in kinds
        if items
    ]


def _text(name, context):
    return get_template(name).template.render(Context(context, autoescape=False))
