"""Mails about the review of pages: queued with what they tell of, sent by the worker.

They name no page and no word of it: a subject of nothing, a sentence and a link.
"""

from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import AbstractGroupApprovalTask, Page

from clinic.core.facts import read_facts

from .models import MedicalReviewTask, ReviewMail

Kind = ReviewMail.Kind
AT_ONCE = 20
# What could not go out for so long is old news; the pages in the admin have told it meanwhile.
TRIED_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=30)
# What somebody may switch off under their account, as Wagtail calls it.
SWITCHES = {
    Kind.WAITS: "submitted_notifications",
    Kind.APPROVED: "approved_notifications",
    Kind.ASKED: "rejected_notifications",
    Kind.DECLINED: "rejected_notifications",
}


def queue_for_reviewers(instance, user=None, **_signal):
    """Tell those who decide that something waits for them; whoever submitted it knows."""
    task = instance.task.specific
    if isinstance(task, AbstractGroupApprovalTask):
        people = get_user_model().objects.filter(groups__in=task.groups.all()).distinct()
        content = instance.workflow_state.content_object
        reads = isinstance(task, MedicalReviewTask) and isinstance(content, Page)
        address = reverse("review_read", args=[content.pk]) if reads else _editor_of(content)
        _queue(Kind.WAITS, people.exclude(pk=user and user.pk), address)


def queue_approved(instance, user=None, **_signal):
    """Tell whoever submitted something that it was approved."""
    queue_for_author(Kind.APPROVED, instance, user)


def queue_asked_back(instance, user=None, **_signal):
    """Tell whoever submitted something that a reviewer asks them."""
    queue_for_author(Kind.ASKED, instance, user)


def queue_for_author(kind, workflow_state, user):
    """Tell whoever submitted something what became of it, unless they did it themselves."""
    author = workflow_state.requested_by
    if author and author != user:
        people = get_user_model().objects.filter(pk=author.pk)
        _queue(kind, people, _editor_of(workflow_state.content_object))


def send_waiting():
    """Send what waits; a step of the worker. What fails is tried again for a week."""
    now = timezone.now()
    ReviewMail.objects.filter(asked_at__lt=now - KEPT_FOR).delete()
    waiting = ReviewMail.objects.filter(sent_at=None, asked_at__gt=now - TRIED_FOR, user__is_active=True)
    failure = None
    for mail in waiting.exclude(user__email="").select_related("user").order_by("pk")[:AT_ONCE]:
        try:
            _send(mail)
        except (SMTPException, OSError) as error:
            failure = error
    if failure:
        raise failure


def _queue(kind, people, address):
    willing = people.filter(is_active=True).exclude(email="")
    willing = willing.exclude(**{f"wagtail_userprofile__{SWITCHES[kind]}": False})
    now = timezone.now()
    # What waits still to go out says it already.
    told = ReviewMail.objects.filter(kind=kind, address=address, sent_at=None).values("user")
    ReviewMail.objects.bulk_create(
        ReviewMail(kind=kind, user=person, address=address, asked_at=now)
        for person in willing.exclude(pk__in=told)
    )


def _editor_of(content):
    return AdminURLFinder().get_edit_url(content) or reverse("wagtailadmin_home")


def _send(mail):
    """Send one, unless another process took it meanwhile."""
    mine = ReviewMail.objects.filter(pk=mail.pk, sent_at=None)
    if not mine.update(sent_at=timezone.now()):
        return
    try:
        _message(mail).send()
    except (SMTPException, OSError):
        ReviewMail.objects.filter(pk=mail.pk).update(sent_at=None)
        raise


def _message(mail):
    context = {"facts": read_facts(), "link": f"{settings.STAFF_URL}{mail.address}"}
    subject, body = _text("subject", context), _text(mail.kind, context)
    return EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[mail.user.email])


def _text(name, context):
    template = get_template(f"review/mails/{name}.txt").template
    return template.render(Context(context, autoescape=False))
