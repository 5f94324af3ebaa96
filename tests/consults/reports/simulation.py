"""Thirteen weeks of a clinic, played through the workflow itself, and a log of what happened.

The log is all that the other side of the comparison knows: who did what when, and how a request stood after
it. Chance decides, by a seed, so that the weeks are the same each time.
"""

import heapq
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine

from consults import workflow
from consults.enums import ClosedReason, Manner, Outcome, Purpose, SpamSignal, Status
from consults.models import ConsultRequest
from consults.workflow import Columns, Consent, Submission

DENVER = ZoneInfo("America/Denver")
FIRST_DAY, WEEKS, NUMBER = date(2026, 9, 14), 13, 500
LAST_DAY = FIRST_DAY + timedelta(days=7 * WEEKS - 1)
HOURS_OF_ARRIVAL = [1, 1, 0, 0, 0, 1, 2, 4, 8, 9, 9, 8, 7, 8, 8, 7, 6, 6, 5, 5, 5, 4, 3, 2]
TRIED = (
    [Outcome.NO_ANSWER] * 7
    + [Outcome.VOICEMAIL] * 3
    + [Outcome.BOOKED] * 6
    + [Outcome.CALL_BACK] * 4
    + [Outcome.ANSWERED, Outcome.TEXTED, Outcome.WROTE, Outcome.WRONG_NUMBER, Outcome.ASKED_TO_STOP]
    + [Outcome.CLINICIAN, Outcome.DECLINED]
)
REASONS = [ClosedReason.COST] * 4 + [
    ClosedReason.NOT_NOW,
    ClosedReason.NOT_NOW,
    ClosedReason.ELSEWHERE,
    ClosedReason.LATER,
    ClosedReason.OUTSIDE_AREA,
    ClosedReason.DUPLICATE,
    ClosedReason.TEST,
]
SPAM = (SpamSignal.ODD_HEADERS.value, SpamSignal.LINKS.value)
# What cannot be as a request stands; it changes nothing and is not written down.
REFUSED = (
    workflow.InvalidTransition,
    workflow.NotYet,
    workflow.UnreadRequest,
    workflow.SecondPersonNeeded,
    workflow.PutOffTooLong,
)


@dataclass
class Story:
    """One request: what is known from its arrival on, and all that was done."""

    arrived: datetime
    columns: dict
    topic: str
    is_canary: bool
    status: str = ""
    # Each as (when, what, outcome, status before, status after, agreed time of an appointment or None).
    done: list = field(default_factory=list)
    closed_reason: str = ""
    colleague: str | None = None
    seen: datetime | None = None
    is_marked: bool = False
    removed: datetime | None = None
    is_counted: bool = False


@dataclass
class Log:
    """What happened, and to which of the word lists' misses nobody can be led any more."""

    stories: dict = field(default_factory=dict)
    missed: list = field(default_factory=list)


class Simulation:
    """The clinic at work. ``run`` leaves the database as after thirteen weeks, and the log."""

    def __init__(self, staff, clinician, seed=14):
        self.chance = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
        self.staff, self.clinician = staff, clinician
        self.names = {user.pk: user.username for user in (*staff, clinician)}
        self.log = Log()
        self.waiting = []
        self.count = 0

    def run(self):
        """Play everything in the order of its time."""
        for number in range(NUMBER):
            self.at(self.moment_of_arrival(), self.arrive, number)
        for week in range(1, WEEKS + 1):
            end = datetime(2026, 9, 14, 3, tzinfo=DENVER) + timedelta(days=7 * week)
            self.at(end.astimezone(UTC), self.remove_what_is_over)
        end = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 23, 59, 59, tzinfo=DENVER)
        with time_machine.travel(self.waiting[0][0], tick=False) as clock:
            while self.waiting and self.waiting[0][0] <= end:
                moment, _count, what, arguments = heapq.heappop(self.waiting)
                clock.move_to(moment)
                what(*arguments)
        return self.log, end

    def at(self, moment, what, *arguments):
        """Let something happen at a moment in UTC."""
        self.count += 1
        heapq.heappush(self.waiting, (moment, self.count, what, arguments))

    def later(self, what, *arguments, least, most):
        """Let something happen so many minutes from now."""
        minutes = self.chance.uniform(least, most)
        now = datetime.now(UTC)
        self.at(now + timedelta(seconds=round(60 * minutes)), what, *arguments)

    # --- arriving ---------------------------------------------------------------------------------------

    def moment_of_arrival(self):
        """Return a moment by the clinic's wall, some of them at an edge of a day or in the doubled hour."""
        day = FIRST_DAY + timedelta(days=self.chance.randrange(7 * WEEKS))
        if self.chance.random() < 0.04:
            day = date(2026, 11, 1)
        edges = [(0, 0, 0), (23, 59, 59), (1, 30, 0)] if self.chance.random() < 0.05 else None
        hour, minute, second = (
            self.chance.choice(edges)
            if edges
            else (
                self.chance.choices(range(24), HOURS_OF_ARRIVAL)[0],
                self.chance.randrange(60),
                self.chance.randrange(60),
            )
        )
        wall = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=DENVER)
        return wall.replace(fold=self.chance.randrange(2)).astimezone(UTC)

    def arrive(self, number):
        """Take a request in, by whichever door."""
        pick = self.chance.choice
        is_canary = number % 97 == 0
        columns = {
            "source_section": pick(["home", "treatments", "blog", "fees", "fees", "other"]),
            "campaign": pick(["", "", "", "print", "social"]),
            "heard_from": pick(["", "", "search", "search", "clinician", "person", "event"]),
            "location": pick(["", "1", "1", "2", "7"]),
            "locale": pick(["en", "en", "en", "es"]),
            "way": pick(["call", "call", "call", "text", "email"]),
            "channel": "web" if is_canary else pick(["web"] * 8 + ["phone", "phone", "walk_in"]),
            "priority": pick([0] * 12 + [1, 2]),
        }
        topic = pick(["unsure", "cost", "cost", "Ketamine infusions", ""])
        is_spam = not is_canary and columns["channel"] == "web" and self.chance.random() < 0.1
        submission = Submission(
            idempotency_key=f"{number:064x}",
            contents={
                "name": f"Sample person {number}",
                "phone": f"(555) 555-{number:04}",
                "phone_e164": f"+1555555{number:04}",
                "email": pick(["", f"person.{number}@example.org"]),
                "way": columns["way"],
                "topic": topic,
                "note": "",
            },
            columns=Columns(best_times=0, time_zone=DENVER.key, is_canary=is_canary, **columns),
            consents=()
            if is_canary
            else tuple(
                Consent(purpose, "Sample words.", "1", version_is_proven=True)
                for purpose in ("contact", *pick([(), ("voicemail",), ("texting", "voicemail")]))
            ),
            spam_signals=SPAM if is_spam else (),
        )
        if columns["channel"] == "web":
            accepted = workflow.accept(submission)
        else:
            accepted = workflow.enter(submission, actor=pick(self.staff))
        consult = ConsultRequest.objects.get(reference=accepted.reference)
        self.log.stories[accepted.reference] = Story(
            arrived=datetime.now(UTC),
            columns=columns,
            topic=topic,
            is_canary=is_canary,
            status=consult.status,
            is_marked=columns["priority"] > 0,
        )
        if is_canary or self.chance.random() < 0.06:
            return
        least, most = (0, 30) if columns["channel"] != "web" else pick([(1, 40), (20, 300), (200, 4000)])
        self.later(self.look, accepted.reference, least=least, most=most)

    # --- working ----------------------------------------------------------------------------------------

    def look(self, reference):
        """Open a request, and begin to work on it or decide what it is."""
        consult, actor = self.get(reference), self.somebody()
        workflow.open_consult(consult, actor=actor, purpose=Purpose.TRIAGE)
        story = self.log.stories[reference]
        story.seen = story.seen or datetime.now(UTC)
        if consult.status == Status.QUARANTINE:
            status = self.chance.choice([Status.SPAM, Status.SPAM, Status.NEW])
            self.do(consult, actor, "status", workflow.change_status, status=status)
        elif self.chance.random() < 0.5:
            self.do(consult, actor, "claim", workflow.claim)
        self.go_on(consult)

    def work(self, reference, step):
        """Let somebody take the next step with a request, and another one come after it."""
        consult = self.get(reference)
        if not consult.purged_at and not step(consult):
            self.go_on(consult)

    def go_on(self, consult):
        """Let the next step come; sometimes nobody thinks of it any more."""
        if self.chance.random() < 0.1:
            return
        if consult.is_open:
            steps = [self.reach] * 9 + [self.move, self.mark, self.give, self.put_off]
            step = self.chance.choice([*steps, *[self.appoint] * 9 * (consult.status == Status.BOOKED)])
            least, most = self.chance.choice([(0, 30), (10, 300), (500, 5000)])
            self.later(self.work, consult.reference, step, least=least, most=most)
        elif self.chance.random() < 0.12:
            self.later(self.work, consult.reference, self.move, least=60, most=3000)

    def reach(self, consult):
        """Write an attempt down; some of them are taken back."""
        outcome, again_at = self.chance.choice(TRIED), None
        if outcome == Outcome.CALL_BACK or (outcome == Outcome.BOOKED and self.chance.random() < 0.5):
            again_at = datetime.now(UTC) + timedelta(minutes=self.chance.randrange(30, 10_000))
        what = {"outcome": outcome, "again_at": again_at}
        return self.perhaps_back(consult, "attempt", workflow.record_outcome, **what)

    def move(self, consult):
        """Move a request by hand; some of these moves are taken back."""
        status = self.chance.choice(
            [Status.CLOSED] * 3
            + [Status.CONVERTED] * 3
            + [Status.REACHED, Status.BOOKED, Status.WORKING, Status.NEW, Status.SPAM]
        )
        # Colleagues who try the form try the appointments as well.
        reasons = REASONS + [ClosedReason.TEST] * 3 * (consult.status == Status.BOOKED)
        what = {"status": status, "reason": self.chance.choice(reasons) if status == Status.CLOSED else ""}
        return self.perhaps_back(consult, "status", workflow.change_status, **what)

    def perhaps_back(self, consult, what, verb, **arguments):
        """Do it; return whether the same person takes it back within a minute."""
        actor, before = self.somebody(), workflow.as_it_stands(consult)
        done = self.do(consult, actor, what, verb, **arguments)
        if not done or self.chance.random() > 0.15 or not workflow.may_undo(done, consult, before):
            return False
        moment = datetime.now(UTC) + timedelta(seconds=self.chance.randrange(1, 60))
        self.at(moment, self.work, consult.reference, lambda same: self.take_back(same, actor, before))
        return True

    def take_back(self, consult, actor, before):
        """Take the last change back."""
        self.do(consult, actor, "undo", workflow.undo, before=before)

    def appoint(self, consult):
        """Give a booked request a time, or move, correct or cancel the one it has."""
        planned, actor = workflow.planned_of(consult), self.somebody()
        if planned is None:
            again = {"starts_at": self.time_to_come(), "location": self.chance.choice(["", "1", "2"])}
            self.do(consult, actor, "made", workflow.make_appointment, **again)
            return
        what = self.chance.choice(["moved", "moved", "corrected", "cancelled"])
        if what == "cancelled":
            self.do(consult, actor, what, workflow.cancel_appointment)
            return
        agreed = {
            "starts_at": self.time_to_come() if what == "moved" else planned.starts_at,
            "minutes": self.chance.choice([30, 60, 90]),
            "location": self.chance.choice(["", "1", "2"]),
            "with_whom": self.chance.choice([None, self.clinician]),
            "manner": Manner.IN_PERSON,
        }
        self.do(consult, actor, what, workflow.change_appointment, **agreed)

    def time_to_come(self):
        """Return a moment by the clinic's wall within ten days, some of them at an edge of a day."""
        day = datetime.now(DENVER).date() + timedelta(days=self.chance.randrange(10))
        edges = [(0, 0), (23, 59)] if self.chance.random() < 0.2 else None
        hour, minute = self.chance.choice(edges or [(hour, 30) for hour in range(8, 18)])
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=DENVER).astimezone(UTC)

    def expect(self, consult, starts_at):
        """Let somebody say what became of an appointment, at times before it and of one that was moved."""
        minutes = self.chance.choice([-100, -30, 5, 60, 60, 500, 3000])
        moment = max(starts_at + timedelta(minutes=minutes), datetime.now(UTC))
        self.at(moment, self.work, consult.reference, self.settle)

    def settle(self, consult):
        """Say what became of an appointment, or see that it was spam; now and then say otherwise later."""
        actor = self.somebody()
        what = self.chance.choice(
            ["came"] * 5 + ["no_show"] * 5 + ["status"] * 3 + ["forgotten"] * 3 + ["nobody"]
        )
        if what == "came":
            self.do(consult, actor, what, workflow.note_came)
        elif what == "no_show":
            self.do(consult, actor, what, workflow.note_no_show)
        elif what == "status":
            self.do(consult, actor, what, workflow.put_on_record)
        elif what == "nobody":
            for status in (Status.REACHED, Status.WORKING, Status.SPAM):
                self.do(consult, actor, "status", workflow.change_status, status=status)
        if self.chance.random() < 0.15:
            self.later(self.work, consult.reference, self.settle, least=30, most=5000)
        # Whatever else is to be done with the request goes on beside it.
        return True

    def mark(self, consult):
        """Mark it to be read first, tell the clinician, or report that the lists missed it."""
        story, actor = self.log.stories[consult.reference], self.somebody()
        what = self.chance.choice(["handed", "missed", "priority"])
        if what == "handed":
            self.do(consult, actor, what, workflow.hand_to_clinician)
        elif what == "missed":
            if self.do(consult, actor, what, workflow.report_missed):
                self.log.missed.append(datetime.now(UTC))
                story.is_marked = True
        elif self.do(consult, actor, what, workflow.set_priority, priority=self.chance.choice([1, 2])):
            story.is_marked = True

    def give(self, consult):
        """Give it to a colleague."""
        self.do(consult, self.somebody(), "assign", workflow.assign, assignee=self.somebody())

    def put_off(self, consult):
        """Put it off."""
        until = datetime.now(UTC) + timedelta(minutes=self.chance.randrange(10, 10_000))
        self.do(consult, self.somebody(), "snooze", workflow.snooze, until=until)

    def do(self, consult, actor, what, verb, **arguments):
        """Do it and write it down; what the workflow refuses changes nothing. Return what was done."""
        story, done = self.log.stories[consult.reference], None
        before = str(consult.status)
        with suppress(*REFUSED):
            done = verb(consult, actor=actor, version=consult.version, **arguments)
        if done is None or not done.action:
            return None
        outcome = str(arguments.get("outcome", ""))
        agreed = arguments.get("starts_at") if what in ("made", "moved") else None
        if outcome == Outcome.BOOKED:
            agreed = arguments["again_at"]
        # What was asked for is not what was done: a colleague may have to agree.
        story.done.append((datetime.now(UTC), what, outcome, before, str(consult.status), agreed))
        story.status, story.closed_reason = str(consult.status), consult.closed_reason
        story.colleague = self.names.get(consult.assignee_id)
        if agreed:
            self.expect(consult, agreed)
        return done

    def remove_what_is_over(self):
        """Remove contents as the worker does, with whatever number is due, and count them."""
        due = list(workflow.due_contents(datetime.now(UTC)).values_list("reference", flat=True))
        workflow.purge_due(confirmed=len(due))
        for reference in due:
            self.log.stories[reference].removed = datetime.now(UTC)
        if workflow.count_removed():
            for story in self.log.stories.values():
                story.is_counted = story.is_counted or story.removed is not None

    def get(self, reference):
        """Return a request as it stands."""
        return ConsultRequest.objects.get(reference=reference)

    def somebody(self):
        """Return a member of staff, now and then the clinician."""
        return self.chance.choice([*self.staff * 4, self.clinician])

    def seen(self):
        """Return how often everything happened, so that nothing is compared that never did."""
        return Counter(what for story in self.log.stories.values() for _at, what, *_rest in story.done)
