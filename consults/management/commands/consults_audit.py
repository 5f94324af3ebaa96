"""`manage.py consults_audit`: looks whether the audit and what was accepted are as they were written."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consults import audit
from consults.enums import AuditAction

STDIN = "-"


class Command(BaseCommand):
    """Verification of everything that must not change."""

    help = (
        "Verify the chain of audit events and that every published head is in it; the triggers; the receipts "
        "of consent; and that every request was accepted by the form."
    )

    def add_arguments(self, parser):
        """Take the file of heads, such as a copy from another machine, and a log."""
        parser.add_argument("--against", type=Path, help="a file of heads (default: this machine's)")
        parser.add_argument(
            "--log", help=f"a log of the site, which has the head of each event ({STDIN}: standard input)"
        )

    def handle(self, *, against, log, **options):
        """Print every flaw, where and how it looks; the exit status is 0 where there is none."""
        try:
            published = audit.published_heads(against)
            logged = _logged(log) if log else []
        except (OSError, ValueError) as problem:
            raise CommandError(f"The heads can't be read ({type(problem).__name__}).") from None
        # What came in the last minute isn't linked yet; only what bears its mark is.
        audit.link_receipts()
        found = audit.look_at_everything([*published, *logged])
        for where, what in found.flaws:
            self.stdout.write(f"{where}: {what}")
        heads = len(published) + len(logged)
        audit.append(AuditAction.VERIFY, actor=None, detail=f"{len(found.flaws)} faults, {heads} heads")
        if found.of_before:
            self.stdout.write(
                f"{found.of_before} requests are of before and bear no mark of the form: see consults_adopt."
            )
        if found.flaws:
            raise CommandError(f"The audit is broken in {len(found.flaws)} places.")
        self.stdout.write(f"The audit is whole; {heads} published heads are in it.")
        self.stdout.write(
            f"{found.requests - found.of_before} requests are as they were accepted; "
            f"{found.receipts} receipts were looked at."
        )


def _logged(name):
    if name == STDIN:
        return audit.logged_heads(sys.stdin)
    with Path(name).open(encoding="utf-8", errors="replace") as lines:
        return audit.logged_heads(lines)
