"""Sample consultation requests, sent and worked on the way real ones are."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consults import workflow
from consults.enums import CallWindow, ClosedReason, ContactWay, Interest, SourceSection, Status
from consults.intake.consent import CONSENT_TEXT, CONSENT_VERSION
from consults.intake.reference import idempotency_key, reference_for
from consults.models import ConsultRequest, OutboxMessage

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
    interest: Interest
    times: int
    time_zone: str
    section: SourceSection
    note: str = ""
    moves: tuple[Status, ...] = ()  # after it was claimed, if it was
    reason: str = ""
    remark: str = ""


CALL, EMAIL = ContactWay.CALL, ContactWay.EMAIL
WORKING, REACHED, BOOKED = Status.WORKING, Status.REACHED, Status.BOOKED

SAMPLES = [
    Sample(1, CALL, Interest.UNSURE, MORNINGS, PACIFIC, SourceSection.HOME,
           note="Sample note: ring twice, please."),
    Sample(4, EMAIL, Interest.COST, 0, MOUNTAIN, SourceSection.FEES),
    Sample(9, CALL, Interest.INFUSION, EVENINGS, PACIFIC, SourceSection.TREATMENTS),
    Sample(20, CALL, Interest.THERAPY, AFTERNOONS | EVENINGS, CENTRAL, SourceSection.BLOG),
    Sample(31, EMAIL, Interest.OTHER, 0, EASTERN, SourceSection.QUESTIONS, moves=(WORKING,)),
    Sample(44, CALL, Interest.INJECTION, WEEKENDS, PACIFIC, SourceSection.TREATMENTS, moves=(WORKING,),
           remark="Sample remark: nobody answered, try again on Saturday."),
    Sample(52, CALL, Interest.UNSURE, MORNINGS, MOUNTAIN, SourceSection.LOCATIONS, moves=(WORKING, REACHED),
           remark="Sample remark: wants to think about it."),
    Sample(73, EMAIL, Interest.COST, 0, PACIFIC, SourceSection.FEES, moves=(WORKING, REACHED, BOOKED)),
    Sample(97, CALL, Interest.THERAPY, AFTERNOONS, PACIFIC, SourceSection.TEAM, moves=(WORKING, BOOKED),
           remark="Sample remark: prefers the second floor entrance."),
    Sample(120, CALL, Interest.INFUSION, MORNINGS, EASTERN, SourceSection.HOME,
           moves=(WORKING, REACHED, BOOKED, Status.CONVERTED)),
    Sample(142, EMAIL, Interest.UNSURE, 0, CENTRAL, SourceSection.SEARCH, moves=(WORKING, Status.CLOSED),
           reason=ClosedReason.OUTSIDE_AREA),
    Sample(166, CALL, Interest.OTHER, EVENINGS, PACIFIC, SourceSection.OTHER, moves=(Status.SPAM,)),
]  # fmt: skip


def build_requests():
    """Send the samples that are missing; return how many requests there are."""
    frontdesk = get_user_model().objects.get(username="frontdesk")
    for number, sample in enumerate(SAMPLES, start=1):
        build_request(number, sample, frontdesk)
    return ConsultRequest.objects.count()


@transaction.atomic
def build_request(number, sample, frontdesk):
    """Send one sample and work on it, or do nothing when it was sent before."""
    submission = submission_of(number, sample)
    if not workflow.accept(submission):
        return
    request = ConsultRequest.objects.get(reference=submission.reference)
    work_on(request, sample, actor=frontdesk)
    date_back(request, timedelta(hours=sample.hours_ago))
    # One notice shows what such a mail looks like; more would flood the folder.
    if number > 1:
        OutboxMessage.objects.filter(reference=request.reference).update(sent_at=timezone.now())


def submission_of(number, sample):
    """Return a sample as the form would hand it in."""
    key = idempotency_key({"sample": number}, day="demo")
    return workflow.Submission(
        reference=reference_for(key),
        idempotency_key=key,
        contents={
            "name": f"Sample person {number}",
            "phone": f"(555) 555-01{number:02}" if sample.way == CALL else "",
            "email": f"sample.person.{number}@example.org" if sample.way == EMAIL else "",
            "way": sample.way.value,
            "interest": sample.interest.value,
            "note": sample.note,
            "consent": {"text": CONSENT_TEXT, "version": CONSENT_VERSION},
        },
        best_times=int(sample.times),
        time_zone=sample.time_zone,
        source_section=sample.section,
    )


def work_on(request, sample, *, actor):
    """Let the front desk do what the sample says."""
    for status in sample.moves:
        if status == WORKING:
            workflow.claim(request, actor=actor, version=request.version)
        else:
            reason = sample.reason if status == Status.CLOSED else ""
            workflow.change_status(
                request, actor=actor, version=request.version, status=status, reason=reason
            )
    if sample.remark:
        workflow.add_note(request, actor=actor, text=sample.remark)


def date_back(request, age):
    """Let a request have arrived earlier, and what was done to it with it."""
    ConsultRequest.objects.filter(pk=request.pk).update(
        created_at=F("created_at") - age, updated_at=F("updated_at") - age * 0.9
    )
    for table, moment in ((request.timeline, "at"), (request.notes, "created_at")):
        for row in table.order_by(moment):
            is_arrival = moment == "at" and row.actor is None
            table.filter(pk=row.pk).update(**{moment: F(moment) - age * (1 if is_arrival else 0.9)})
