"""Sample consultation requests, sent and worked on the way real ones are."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from clinic.core.facts import read_facts
from clinic.core.opening_hours import opening_minutes
from clinic.core.phones import e164
from consults import workflow
from consults.consent_wordings import current_wording
from consults.enums import (
    Age,
    CallWindow,
    Channel,
    ClosedReason,
    ConsentPurpose,
    ContactWay,
    ForWhom,
    Locale,
    Outcome,
    Purpose,
    SourceSection,
    SpamSignal,
    Status,
    TimelineAction,
    Topic,
)
from consults.models import ConsultRequest, OutboxMessage
from consults.references import idempotency_key

MORNINGS = CallWindow.WEEKDAY_MORNING
AFTERNOONS = CallWindow.WEEKDAY_AFTERNOON
EVENINGS = CallWindow.WEEKDAY_EVENING
WEEKENDS = CallWindow.WEEKEND_MORNING | CallWindow.WEEKEND_MIDDAY
EASTERN, CENTRAL, MOUNTAIN, PACIFIC = (
    f"America/{city}" for city in ("New_York", "Chicago", "Denver", "Los_Angeles")
)


@dataclass(frozen=True)
class Sample:
    """A request that nobody sent, and what became of it."""

    hours_ago: float
    way: ContactWay
    topic: str
    times: int
    time_zone: str
    section: SourceSection
    note: str = ""
    moves: tuple[Status | Outcome, ...] = ()  # what the front desk did, one after another
    reason: str = ""
    remark: str = ""
    locale: Locale = Locale.EN
    channel: Channel = Channel.WEB
    spam_signals: tuple[SpamSignal, ...] = ()


CALL, TEXT, EMAIL = ContactWay.CALL, ContactWay.TEXT, ContactWay.EMAIL
UNSURE, COST = Topic.UNSURE.value, Topic.COST.value
INFUSION, INJECTION = "IV Ketamine Infusion", "IM Ketamine Injection"
THERAPY = "Therapy Around Treatment"
WORKING, REACHED, BOOKED = Status.WORKING, Outcome.CALL_BACK, Outcome.BOOKED

SAMPLES = [
    Sample(1, CALL, UNSURE, MORNINGS, PACIFIC, SourceSection.HOME,
           note="Sample note: ring twice, please."),
    Sample(4, EMAIL, COST, 0, MOUNTAIN, SourceSection.FEES),
    Sample(9, CALL, INFUSION, EVENINGS, PACIFIC, SourceSection.TREATMENTS),
    Sample(20, CALL, THERAPY, AFTERNOONS | EVENINGS, CENTRAL, SourceSection.BLOG),
    Sample(31, EMAIL, UNSURE, 0, EASTERN, SourceSection.QUESTIONS, moves=(WORKING,)),
    Sample(44, CALL, INJECTION, WEEKENDS, PACIFIC, SourceSection.TREATMENTS,
           moves=(WORKING, Outcome.NO_ANSWER), remark="Sample remark: nobody answered."),
    Sample(52, CALL, UNSURE, MORNINGS, MOUNTAIN, SourceSection.LOCATIONS, moves=(WORKING, REACHED),
           remark="Sample remark: wants to think about it."),
    Sample(73, EMAIL, COST, 0, PACIFIC, SourceSection.FEES, moves=(WORKING, REACHED, BOOKED)),
    Sample(97, CALL, THERAPY, AFTERNOONS, PACIFIC, SourceSection.TEAM, moves=(WORKING, BOOKED),
           remark="Sample remark: prefers the second floor entrance."),
    Sample(120, CALL, INFUSION, MORNINGS, EASTERN, SourceSection.HOME,
           moves=(WORKING, REACHED, BOOKED, Status.CONVERTED)),
    Sample(142, EMAIL, UNSURE, 0, CENTRAL, SourceSection.SEARCH, moves=(WORKING, Status.CLOSED),
           reason=ClosedReason.OUTSIDE_AREA),
    Sample(166, CALL, UNSURE, EVENINGS, PACIFIC, SourceSection.OTHER, moves=(Status.SPAM,)),
    Sample(2, TEXT, INFUSION, AFTERNOONS, MOUNTAIN, SourceSection.TREATMENTS, locale=Locale.ES,
           note="Nota de ejemplo: hablo español."),
    Sample(3, CALL, UNSURE, 0, MOUNTAIN, SourceSection.OTHER, channel=Channel.PHONE),
    Sample(5, EMAIL, COST, 0, EASTERN, SourceSection.OTHER, note="Sample note: visit www.example.org today!",
           spam_signals=(SpamSignal.HONEYPOT, SpamSignal.ODD_HEADERS)),
]  # fmt: skip


# What happened some time after the arrival.
WORKED_ON_AT = ("updated_at", "seen_at", "first_attempt_at", "reached_at", "closed_at")

PURPOSES_OF = {
    CALL: [ConsentPurpose.CONTACT.value, ConsentPurpose.VOICEMAIL.value],
    TEXT: [ConsentPurpose.CONTACT.value, ConsentPurpose.TEXTING.value],
    EMAIL: [ConsentPurpose.CONTACT.value],
}


def build_requests():
    """Send the samples that are missing; return how many requests there are."""
    frontdesk = get_user_model().objects.get(username="frontdesk")
    for number, sample in enumerate(SAMPLES, start=1):
        build_request(number, sample, frontdesk)
    return ConsultRequest.objects.count()


@transaction.atomic
def build_request(number, sample, frontdesk):
    """Send one sample and work on it, or do nothing when it was sent before."""
    age = timedelta(hours=sample.hours_ago)
    submission = submission_of(number, sample, received_at=timezone.now() - age)
    # Also where somebody ended it since.
    if ConsultRequest.objects.filter(idempotency_key=submission.idempotency_key).exists():
        return
    accepted = workflow.accept(submission)
    consult = ConsultRequest.objects.get(reference=accepted.reference)
    work_on(consult, sample, actor=frontdesk)
    date_back(consult, age)
    # One notice shows what such a mail looks like; more would flood the folder. The others went out when the
    # requests came: many at once would hold up the notices of the requests that somebody sends to try it.
    if number > 1:
        OutboxMessage.objects.filter(reference=consult.reference).update(sent_at=timezone.now() - age)


def submission_of(number, sample, *, received_at=None):
    """Return a sample as the form would hand it in."""
    wording = current_wording(sample.locale)
    phone = f"(555) 555-01{number:02}" if sample.way != EMAIL else ""
    return workflow.Submission(
        idempotency_key=idempotency_key({"sample": number}, day="demo"),
        contents={
            "name": f"Sample person {number}",
            "phone": phone,
            "phone_e164": e164(phone) if phone else "",
            "email": f"sample.person.{number}@example.org" if sample.way == EMAIL else "",
            "way": sample.way.value,
            "topic": sample.topic,
            "for_whom": ForWhom.ME.value,
            "age": Age.ADULT.value,
            "note": sample.note,
        },
        columns=workflow.Columns(
            best_times=int(sample.times),
            time_zone=sample.time_zone,
            source_section=sample.section.value,
            locale=sample.locale.value,
            channel=sample.channel.value,
            way=sample.way.value,
        ),
        consents=tuple(
            workflow.Consent(purpose, wording.text(purpose), wording.version, version_is_proven=True)
            for purpose in PURPOSES_OF[sample.way]
        ),
        page="/consultation/",
        received_at=received_at,
        spam_signals=tuple(signal.value for signal in sample.spam_signals),
    )


def work_on(consult, sample, *, actor):
    """Let the front desk do what the sample says."""
    if sample.moves:
        workflow.open_consult(consult, actor=actor, purpose=Purpose.TRIAGE)
    for move in sample.moves:
        change = {"actor": actor, "version": consult.version}
        if move == WORKING:
            workflow.claim(consult, **change)
        elif isinstance(move, Outcome):
            workflow.record_outcome(consult, outcome=move, again_at=agreed_time(move), **change)
        else:
            reason = sample.reason if move == Status.CLOSED else ""
            workflow.change_status(consult, status=move, reason=reason, **change)
    if sample.remark:
        workflow.add_note(consult, actor=actor, text=sample.remark)


def agreed_time(outcome):
    """Return when to call back, or when the appointment is: an hour after the clinic opens next."""
    now = timezone.now()
    if outcome == Outcome.CALL_BACK:
        return now + timedelta(days=1)
    opens = read_facts().hours.next_opening(now) if outcome == Outcome.BOOKED else None
    return opens and opens + timedelta(hours=1)


def date_back(consult, age):
    """Let what was done to a request that arrived earlier have been done earlier too."""
    later = {name: F(name) - age * 0.9 for name in WORKED_ON_AT}
    ConsultRequest.objects.filter(pk=consult.pk).update(**later)
    consult.refresh_from_db()
    if consult.status == Status.NEW:
        consult.next_action_at = consult.created_at
    hours = read_facts().hours
    if consult.first_attempt_at:
        consult.attempt_minutes = opening_minutes(hours, consult.created_at, consult.first_attempt_at)
    if consult.reached_at:
        consult.reach_minutes = opening_minutes(hours, consult.created_at, consult.reached_at)
    consult.save(update_fields=["next_action_at", "attempt_minutes", "reach_minutes"])
    for table, moment in ((consult.timeline, "at"), (consult.notes, "created_at")):
        # Its arrival is where it belongs already.
        is_arrival = Q(action=TimelineAction.SUBMIT) if moment == "at" else Q(pk__in=[])
        table.exclude(is_arrival).update(**{moment: F(moment) - age * 0.9})
