"""E-mails of the front desk: sealed, queued and told of in one transaction; opened again when they go out."""

from dataclasses import replace
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from clinic.core.facts import read_facts
from consults.enums import ContactWay, Purpose, Status, TimelineAction
from consults.models import ConsultRequest, OutboxMessage, ReplyTemplate, SealedReply
from consults.permissions import can_change_requests
from consults.replies import sensitive_terms
from consults.sealing.texts import open_reply, seal_reply

from .days.closures import is_overtaken
from .do_not_contact import stopped
from .errors import AskedToStop, InvalidTransition, NoAddress, NoLongerWanted, NotAllowed, UnfitText
from .reading.opening import open_record
from .recording import note
from .transitions.change import Done, change, refuse_stale
from .transitions.outcomes import first_attempt
from .transitions.windows import next_suitable

# An e-mail leaves a day for an answer.
AFTER_MAIL = timedelta(days=1)


def refuse_reply(consult: ConsultRequest, contents: dict) -> None:
    """Raise why nobody can answer by e-mail: InvalidTransition (it isn't open), NoAddress, AskedToStop."""
    if not consult.is_open:
        raise InvalidTransition
    if not contents.get("email"):
        raise NoAddress
    if stopped(contents):
        raise AskedToStop


@transaction.atomic
def send_reply(
    consult: ConsultRequest,
    *,
    actor: User,
    version: int,
    template: ReplyTemplate | None,
    subject: str,
    base: str,
    text: str,
) -> Done:
    """Queue an e-mail to the person who asked, and take the request if nobody has it.

    ``base`` is what the template said and ``text`` what is sent; both are kept, sealed, and so is the
    template's name, which tells what somebody asked about. To somebody who asked
    for an e-mail it is the answer, hence an attempt; to anybody else it stops no clock. Raises NotAllowed,
    StaleRequest, UnfitText, AuditProblem, EnvelopeProblem, KeyProblem, and like ``refuse_reply``.
    """
    if not can_change_requests(actor):
        raise NotAllowed
    refuse_stale(consult, version)
    contents, record_key = open_record(consult)
    refuse_reply(consult, contents)
    if sensitive_terms(f"{subject}\n{text}"):
        raise UnfitText
    done = change(
        consult,
        actor=actor,
        version=version,
        action=TimelineAction.MAIL,
        next_action_at=_next_action(consult),
        **_taken(consult, actor),
        **_attempt(consult, contents),
    )
    reply = SealedReply(consult=consult, author=actor)
    name = template.title if template else ""
    parts = {"subject": subject, "base": base, "text": text, "template_name": name}
    _save_sealed(reply, parts, record_key)
    OutboxMessage.objects.create(
        template=OutboxMessage.Template.REPLY,
        recipient=OutboxMessage.Recipient.PATIENT,
        reference=consult.reference,
        reply=reply,
    )
    return replace(done, written=reply)


@transaction.atomic
def reply_to_send(reply: SealedReply) -> dict[str, str]:
    """Return address, subject and text of an e-mail that goes out now, and note that the site read them.

    Raises NoLongerWanted (the contents are gone, or the person asked us to stop meanwhile), AuditProblem,
    EnvelopeProblem, KeyProblem.
    """
    consult = reply.consult
    if not consult.envelope:
        raise NoLongerWanted
    contents, record_key = open_record(consult)
    if not contents.get("email") or stopped(contents):
        raise NoLongerWanted
    parts = open_reply(reply.sealed_parts, reply_id=str(reply.pk), record_key=record_key)
    note(consult, TimelineAction.MAIL_READ, actor=None, purpose=Purpose.REPLY)
    return {"address": contents["email"], "subject": parts["subject"], "text": parts["text"]}


def _save_sealed(reply, parts, record_key):
    for column, sealed in seal_reply(parts, reply_id=str(reply.pk), record_key=record_key).items():
        setattr(reply, column, sealed)
    reply.save()


def _taken(consult, actor):
    """Return the columns by which somebody takes a request that nobody has."""
    return {"status": Status.WORKING, "assignee": actor} if consult.status == Status.NEW else {}


def _attempt(consult, contents):
    """Return the columns of an attempt, where an e-mail is the way in which the person wants it."""
    if contents.get("way") != ContactWay.EMAIL:
        return {}
    return {"attempts": consult.attempts + 1, **first_attempt(consult, timezone.now())}


def _next_action(consult):
    """Leave what is planned; what is due comes up again after a day, when it suits the person."""
    now = timezone.now()
    agreed, planned = consult.agreed_after(now), consult.next_action_at
    # A time on a closed day is not waited for: somebody tells them before.
    passed_over = agreed if agreed and is_overtaken(consult) else None
    if agreed and not passed_over:
        return agreed
    if planned and planned > now and planned != passed_over:
        return planned
    hours = read_facts().hours_of(consult.location)
    zone = consult.time_zone or hours.zone
    return next_suitable(hours, now + AFTER_MAIL, best_times=consult.best_times, zone=zone)
