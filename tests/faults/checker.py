"""Comparing what the patients were told with what is stored."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field

# What is stored, and the fields of the form that it comes from.
TYPED = {"name": "name", "phone": "phone", "email": "second_email", "note": "note"}
# Each form ticks two boxes and leads to one notice.
RECEIPTS, NOTICES = 2, 1


@dataclass
class Result:
    """One line of the table."""

    database: str
    fault: str
    submissions: int = 0
    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    false_thanks: int = 0
    refused: int = 0
    spooled: int = 0
    milliseconds: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    @property
    def is_good(self):
        """Whether every promise was kept."""
        return bool(self.acknowledged) and not (
            self.lost or self.doubled or self.false_thanks or self.complaints
        )

    def quantile(self, share):
        """Return the time below which this share of the answers came, in milliseconds."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0


def check(result, load, site):
    """Fill the result from what was sent and what is there."""
    rows = defaultdict(list)
    for row in rows_of(site):
        rows[row["contents"]["name"]].append(row)
    result.submissions = len(load.submissions)
    result.acknowledged = len(load.acknowledged)
    result.refused = sum(s.refusals for s in load.submissions)
    result.milliseconds = [seconds * 1000 for seconds in load.seconds]
    result.complaints += [f"{count} × {what}" for what, count in Counter(load.wrong).items()]
    if bad := [status for status in load.form_statuses if status != 200]:
        result.complaints.append(f"the form answered {Counter(bad)}")
    for submission in load.submissions:
        compare(result, submission, rows[submission.data["name"]])


def compare(result, submission, stored):
    """Count a submission as kept, lost or doubled, and complain of what doesn't fit."""
    result.doubled += len(stored) > 1
    if not submission.references:
        return
    if not stored:
        result.lost += 1
        return
    row = stored[0]
    result.false_thanks += set(submission.references) != {row["reference"]}
    expected = {name: submission.data[field] for name, field in TYPED.items()}
    if {name: row["contents"][name] for name in TYPED} != expected:
        result.complaints.append("contents differ from what was typed")
    counts = (row["status"], row["outbox"], row["receipts"], row["arrivals"])
    if counts != ("new", NOTICES, RECEIPTS, 1):
        result.complaints.append(f"status, notices, receipts, arrivals: {counts}")


def rows_of(site):
    """Return the rows of the site's database, opened."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.rows"],
        env=site.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)
