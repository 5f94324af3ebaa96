"""Every table of the reports, reckoned anew from the log of a simulation and from what docs/owners.md says.

Plain Python over plain values: nothing of the project's own figures, periods, rounding or opening hours is
used here, so that a mistake there finds no twin.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Denver")
# East has clocks of its own; days are the clinic's all the same.
ZONES = {"2": ZoneInfo("America/New_York")}
# Minutes after midnight by the clinic's wall, weekday by weekday.
NINE_TO_FIVE = {day: [(540, 1020)] for day in range(5)}
WITH_LUNCH = {day: [(480, 720), (780, 1080)] for day in range(5)} | {5: [(540, 720)]}
CALENDARS = {"": NINE_TO_FIVE, "7": NINE_TO_FIVE, "1": WITH_LUNCH, "2": NINE_TO_FIVE}
# On these days each of them is closed; on the last one open in the morning alone.
CLOSED = [date(2026, 11, 11), date(2026, 11, 26)]
SHORT = {date(2026, 11, 27): [(540, 660)]}
TARGET = 15
SPOKE = {"booked", "call_back", "declined", "answered", "asked_to_stop", "clinician"}
SPAM = {"spam", "quarantine"}
STEPS = ("Arrived", "Not spam", "Attempted", "Reached", "Booked", "On record")
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SECTIONS = {"home": "Home", "treatments": "Treatments", "blog": "Blog", "fees": "Fees", "other": "Elsewhere"}
CAMPAIGNS = {"": "No campaign", "print": "Print or poster", "social": "Social media"}
HEARD = {
    "": "Not said",
    "search": "Searching the web",
    "clinician": "A doctor or therapist",
    "person": "Somebody I know",
    "event": "A talk or an event",
}
LOCATIONS = {"": "Any of them", "1": "West", "2": "East", "7": "No longer known"}
LANGUAGES = {"en": "English", "es": "Español"}
WAYS = {"call": "Call me", "text": "Text me", "email": "E-mail me"}
CHANNELS = {"web": "Website", "phone": "Phone", "walk_in": "At the desk"}
TOPICS = {"unsure": "Not sure, or I'd rather talk", "cost": "Cost and paying", "": "Left open"}
REASONS = {
    "no_contact": "No contact",
    "wrong_details": "Wrong details",
    "not_now": "Not interested now",
    "elsewhere": "Chose elsewhere",
    "cost": "Cost",
    "later": "Later",
    "outside_area": "Outside our area",
    "asked_to_stop": "Asked us to stop",
    "duplicate": "Duplicate",
}
BECAME = {
    "planned": "Planned",
    "moved": "Moved",
    "cancelled": "Cancelled",
    "came": "Came",
    "no_show": "Did not come",
}


class OpenMinutes:
    """Minutes of opening, minute by minute: whether the wall clock of a place shows one of its hours."""

    def __init__(self, week, zone, first, last):
        self.begin = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(days=1)
        minutes = ((last - first).days + 3) * 1440
        self.is_open, self.sums = [], [0]
        for number in range(minutes):
            wall = (self.begin + timedelta(minutes=number)).astimezone(zone)
            day, minute = wall.date(), wall.hour * 60 + wall.minute
            hours = [] if day in CLOSED else SHORT.get(day, week.get(day.weekday(), []))
            is_open = any(opens <= minute < closes for opens, closes in hours)
            self.is_open.append(is_open)
            self.sums.append(self.sums[-1] + is_open)

    def between(self, start, end):
        """Return the whole minutes of opening between two moments."""
        return int((self._seconds_until(end) - self._seconds_until(start)) // 60)

    def _seconds_until(self, moment):
        minute, rest = divmod((moment - self.begin).total_seconds(), 60)
        return 60 * self.sums[int(minute)] + rest * self.is_open[int(minute)]


class Reckoning:
    """The tables of one log; days are those of the clinic's wall."""

    def __init__(self, log, kept_days):
        self.log, self.kept_days = log, kept_days
        first = min(story.arrived for story in log.stories.values()).date()
        last = max(when for story in log.stories.values() for when, *_ in [(story.arrived,), *story.done])
        calendars = {
            place: OpenMinutes(week, ZONES.get(place, ZONE), first, last.date())
            for place, week in CALENDARS.items()
        }
        self.people = [
            Person(story, calendars[story.columns["location"]])
            for story in log.stories.values()
            if not story.is_canary
        ]

    def tables(self, first, last, told):
        """Return the rows of each table of a period, by its name; ``told`` says how a count is told."""
        days = (last - first).days + 1
        before = (first - timedelta(days=days), first - timedelta(days=1))
        now, then = self.of(first, last), self.of(*before)
        real, real_then = without_spam(now), without_spam(then)

        def breakdown(words):
            return buckets(count(real, words), count(real_then, words), told)

        return {
            "funnel": funnel(now, then, told),
            "apart": apart(now, then, told),
            "clocks": clocks(real, real_then, told),
            "first-attempt": weeks(real, first, last, told),
            "arrivals": arrivals(real, told),
            "appointments": self.appointments((first, last), before, told),
            "colleague": breakdown(lambda p: p.story.colleague or "Nobody yet"),
            "way": breakdown(lambda p: WAYS[p.story.columns["way"]]),
            "language": breakdown(lambda p: LANGUAGES[p.story.columns["locale"]]),
            "heard-from": breakdown(lambda p: HEARD[p.story.columns["heard_from"]]),
            "section": breakdown(lambda p: SECTIONS[p.story.columns["source_section"]]),
            "campaign": breakdown(lambda p: CAMPAIGNS[p.story.columns["campaign"]]),
            "location": breakdown(lambda p: LOCATIONS[p.story.columns["location"]]),
            "channel": breakdown(lambda p: CHANNELS[p.story.columns["channel"]]),
            "treatments": self.treatments(first, last),
            "read-first": self.read_first((first, last), before, told),
            "lost-reasons": reasons(real, real_then, told),
        }

    def of(self, first, last):
        """Return who wrote in these days; what staff sent to try the form is nobody's."""
        return [p for p in self.people if first <= p.day <= last and p.story.closed_reason != "test"]

    def treatments(self, first, last):
        """Return what was asked about in as many weeks, so long ago that all of it is removed."""
        number = len(mondays_of(first, last))
        latest = last - timedelta(days=self.kept_days + 14)
        newest = monday_of(latest) - timedelta(days=7)
        wanted = {newest - timedelta(days=7 * n) for n in range(number)}
        removed = [p for p in self.people if p.is_person and p.story.is_counted and p.monday in wanted]
        sums = {}
        for person in removed:
            label = TOPICS.get(person.story.topic, person.story.topic)
            total, booked = sums.get(label, (0, 0))
            sums[label] = (total + 1, booked + person.was_booked)
        # Nobody can look them up any more, so they are in fives for everybody.
        rows = [[label, fives(total), fives(booked)] for label, (total, booked) in sums.items()]
        return sorted((row for row in rows if row[1] > 0), key=lambda row: (-row[1], row[0]))

    def not_counted(self, first, last):
        """Return how many of those weeks are not among the treatments (yet)."""
        number = len(mondays_of(first, last))
        newest = monday_of(last - timedelta(days=self.kept_days + 14)) - timedelta(days=7)
        wanted = {newest - timedelta(days=7 * n) for n in range(number)}
        return sum(p.is_person and not p.story.is_counted and p.monday in wanted for p in self.people)

    def appointments(self, period, before, told):
        """Return what became of the appointments of these days, whenever their people wrote."""
        sides = []
        for first, last in (period, before):
            became = [
                state
                for person in self.people
                if person.is_person
                for moment, state in person.appointments
                if first <= moment.astimezone(ZONE).date() <= last
            ]
            numbers = {words: told(became.count(state)) for state, words in BECAME.items()}
            sides.append({words: number for words, number in numbers.items() if number})
        now, then = sides
        return [
            [label, now.get(label, 0), then.get(label, 0), difference(now.get(label, 0), then.get(label, 0))]
            for label in [*now, *(label for label in then if label not in now)]
        ]

    def read_first(self, period, before, told):
        """Return what was put first, and what came of it."""
        (now, median), (then, median_then) = self._first(*period, told), self._first(*before, told)
        if not any([*now, *then]):
            return []
        labels = ("Marked to be read first", "Of these: with the clinician", "Missed by the word list")
        # A time in which there was nothing at all has no rows of its own.
        rows = [[label, a, b, difference(a, b)] for label, a, b in zip(labels, now, then, strict=True)]
        if median is None and median_then is None:
            return rows
        return [
            *rows,
            ["Median minutes until opened", shown(median), shown(median_then), quicker(median, median_then)],
        ]

    def _first(self, first, last, told):
        marked = [p for p in self.people if first <= p.day <= last and p.story.is_marked and p.is_person]
        handed = sum(p.was_with_clinician for p in marked)
        missed = sum(first <= monday_of(moment.astimezone(ZONE).date()) <= last for moment in self.log.missed)
        minutes = [
            int((p.story.seen - p.story.arrived).total_seconds() // 60) for p in marked if p.story.seen
        ]
        # What was missed leads to nobody, so it is in fives for everybody.
        counts = (told(len(marked)), told(handed), fives(missed))
        return counts, nth(minutes, 50) if enough(minutes, told) else None


class Person:
    """What the log says of one request, as far as it stands: what was taken back never was."""

    def __init__(self, story, minutes):
        self.story = story
        wall = story.arrived.astimezone(ZONE)
        self.day, self.hour, self.monday = wall.date(), wall.hour, monday_of(wall.date())
        standing = []
        for act in story.done:
            if act[1] == "undo":
                del standing[-1]
            else:
                standing.append(act)
        tries = [act for act in standing if act[1] == "attempt"]
        talks = [act for act in tries if act[2] in SPOKE]
        self.tried = minutes.between(story.arrived, tries[0][0]) if tries else None
        self.spoke = minutes.between(story.arrived, talks[0][0]) if talks else None
        self.is_spam = story.status in SPAM
        self.is_person = not self.is_spam and story.closed_reason != "test"
        self.was_booked = any(act[4] == "booked" for act in standing)
        self.was_with_clinician = any(act[1] == "handed" or act[2] == "clinician" for act in standing)
        self.appointments = appointments_of(standing)

    @property
    def step(self):
        """How far it ever came, from 0 (arrived) to 5 (on record)."""
        if self.is_spam:
            return 0
        if self.story.status == "converted":
            return 5
        if self.was_booked:
            return 4
        if self.spoke is not None or self.story.status == "reached":
            return 3
        return 2 if self.tried is not None else 1


def appointments_of(standing):
    """Return each time that was agreed with what became of it, from what was done and not taken back."""
    found = []
    for when, what, _outcome, _before, status, agreed in standing:
        is_planned = bool(found) and found[-1][1] == "planned"
        if what in ("came", "no_show"):
            # Also where it was said otherwise before.
            found[-1][1] = what
        elif agreed:
            if is_planned and found[-1][0] == agreed:
                continue
            if is_planned:
                found[-1][1] = "moved"
            found.append([agreed, "planned"])
        elif is_planned and status == "converted":
            if found[-1][0] <= when:
                found[-1][1] = "came"
        elif is_planned and status != "booked":
            found[-1][1] = "cancelled"
    return found


def funnel(now, then, told):
    """Return the steps, each with those that went further."""
    rows, previous = [], None
    for number, label in enumerate(STEPS):
        counts = [told(sum(p.step >= number for p in people)) for people in (now, then)]
        share = "" if previous is None or previous < 10 else f"{rounded(counts[0], previous)}%"
        rows.append([label, counts[0], share, counts[1], difference(*counts)])
        previous = counts[0]
    return rows


def apart(now, then, told):
    """Return the same of the website, and of what colleagues took down."""
    rows = []
    for number, label in enumerate(STEPS):
        pairs = []
        for people in (now, then):
            far = [p for p in people if p.step >= number]
            web = sum(p.story.columns["channel"] == "web" for p in far)
            pairs.append([told(web), told(len(far) - web)])
        rows.append([label])
        for a, b in zip(*pairs, strict=True):
            rows[-1] += [a, b, difference(a, b)]
    return rows


def clocks(real, real_then, told):
    """Return the two clocks of the website."""
    sides = []
    for people in (real, real_then):
        web = [p for p in people if p.story.columns["channel"] == "web"]
        sides.append(
            [
                sorted(getattr(p, name) for p in web if getattr(p, name) is not None)
                for name in ("tried", "spoke")
            ]
        )
    (tried, spoke), (tried_then, spoke_then) = sides
    percent = [share_in_time(each, told) for each in (tried, tried_then)]
    points = percent if None not in percent else (None, None)
    return [
        number_of("Tried", tried, tried_then, told),
        time_of("Median until the first attempt", 50, tried, tried_then, told),
        time_of("90th percentile until the first attempt", 90, tried, tried_then, told),
        [
            "Tried within 15 min",
            *("" if share is None else f"{share}%" for share in percent),
            further(*points, "points more", "points less"),
        ],
        number_of("Spoken with", spoke, spoke_then, told),
        time_of("Median until they spoke", 50, spoke, spoke_then, told),
        time_of("90th percentile until they spoke", 90, spoke, spoke_then, told),
    ]


def weeks(real, first, last, told):
    """Return each week of the period, of the website alone."""
    rows = []
    web = [p for p in real if p.story.columns["channel"] == "web"]
    starts = mondays_of(first, last)
    tried = [[p.tried for p in web if p.monday == start and p.tried is not None] for start in starts]
    waiting = [
        sum(p.monday == start and p.tried is None and p.story.status in ("new", "working") for p in web)
        for start in starts
    ]
    for start, minutes, still in zip(starts, tried, waiting, strict=True):
        is_told = enough(minutes, told)
        share = share_in_time(minutes, told)
        rows.append(
            [
                start,
                told(len(minutes)),
                nth(minutes, 50) if is_told else "",
                nth(minutes, 90) if is_told else "",
                "" if share is None else f"{share}%",
                told(still),
            ]
        )
    return rows


def share_in_time(minutes, told):
    """Return the percentage within the target of those that were tried; ten are needed to tell it."""
    number = told(len(minutes))
    return rounded(told(sum(each <= TARGET for each in minutes)), number) if number >= 10 else None


def arrivals(real, told):
    """Return the hours of the wall from the first to the last, Monday to Sunday."""
    counts = Counter((p.hour, p.day.weekday()) for p in real)
    rows = [
        [
            f"{hour % 12 or 12}:00\xa0{'am' if hour < 12 else 'pm'}",
            *(told(counts[hour, day]) for day in range(7)),
        ]
        for hour in range(24)
    ]
    for end in (0, -1):
        while rows and not any(rows[end][1:]):
            del rows[end]
    return rows


def reasons(real, real_then, told):
    """Return why what stands closed was closed."""
    sides = [
        Counter(REASONS[p.story.closed_reason] for p in people if p.story.status == "closed")
        for people in (real, real_then)
    ]
    now, then = (
        dict(
            sorted(
                ((words, told(number)) for words, number in side.items() if told(number)),
                key=lambda each: (-each[1], each[0]),
            )
        )
        for side in sides
    )
    return [
        [label, now.get(label, 0), then.get(label, 0), difference(now.get(label, 0), then.get(label, 0))]
        for label in [*now, *(label for label in then if label not in now)]
    ]


def count(people, words):
    """Return ``{label: (how many, how many of them were ever booked)}``."""
    sums = {}
    for person in people:
        number, booked = sums.get(words(person), (0, 0))
        sums[words(person)] = (number + 1, booked + (person.step >= 4))
    return sums


def buckets(now, then, told):
    """Return the rows of a breakdown, the largest first."""
    sides = []
    for side in (now, then):
        rows = [(label, told(number), told(booked)) for label, (number, booked) in side.items()]
        ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
        sides.append({label: both for label, *both in ordered if both[0]})
    now, then = sides
    rows = []
    for label in [*now, *(label for label in then if label not in now)]:
        number, booked = now.get(label, (0, 0))
        before = then.get(label, (0, 0))[0]
        rows.append([label, number, booked, before, difference(number, before)])
    return rows


def without_spam(people):
    """Leave out what is or looks like spam."""
    return [p for p in people if not p.is_spam]


def monday_of(day):
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def mondays_of(first, last):
    """Return the Mondays of all weeks that a period touches."""
    found, monday = [], monday_of(first)
    while monday <= last:
        found.append(monday)
        monday += timedelta(days=7)
    return found


def plainly(count):
    """Return a count as it is told on the screen."""
    return count


def fives(count):
    """Return a count as it is told on paper and in files: the multiple of five that lies nearest."""
    return min(range(0, count + 5, 5), key=lambda multiple: abs(multiple - count))


def enough(values, told):
    """Whether they are so many that a time is told of them: five, and where that isn't sure, ten in fives."""
    return told(len(values)) >= (10 if told is fives else 5)


def nth(values, percent):
    """Return the smallest of the values that at least so many percent don't exceed."""
    ordered = sorted(values)
    return next(
        (v for place, v in enumerate(ordered, start=1) if place * 100 >= percent * len(ordered)), None
    )


def rounded(part, base):
    """Return whole percent, halves to the even."""
    return int((Decimal(100 * part) / Decimal(base)).quantize(Decimal(1), ROUND_HALF_EVEN))


def difference(now, then):
    """Return in words how two counts lie to each other."""
    if now == then:
        return "the same"
    words = f"{now - then} more" if now > then else f"{then - now} fewer"
    if then < 10:
        return words
    share = rounded(now - then, then)
    return f"{words} ({'+' if share >= 0 else ''}{share}%)"


def further(now, then, more, less):
    """Return the same of two numbers with words of their own."""
    if now is None or then is None:
        return ""
    if now == then:
        return "the same"
    return f"{now - then} {more}" if now > then else f"{then - now} {less}"


def quicker(now, then):
    """Return how much longer or shorter it took."""
    return further(now, then, "min longer", "min quicker")


def number_of(label, now, then, told):
    """Return a row of two numbers."""
    a, b = told(len(now)), told(len(then))
    return [label, a, b, difference(a, b)]


def time_of(label, percent, now, then, told):
    """Return a row of two times; five are needed to tell one."""
    a, b = (nth(each, percent) if enough(each, told) else None for each in (now, then))
    return [label, shown(a), shown(b), quicker(a, b)]


def shown(number):
    """Return a number, or an empty cell."""
    return "" if number is None else number
