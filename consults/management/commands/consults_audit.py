"""`manage.py consults_audit`: looks whether the audit is whole."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from consults import audit
from consults.enums import AuditAction


class Command(BaseCommand):
    """Verification of the audit."""

    help = "Verify the chain of audit events, and that every published head is in it."

    def add_arguments(self, parser):
        """Take the file of heads, such as a copy from another machine."""
        parser.add_argument("--against", type=Path, help="a file of heads (default: this machine's)")

    def handle(self, *, against, **options):
        """Print every fault; the exit status is 0 where there is none."""
        try:
            heads = audit.published_heads(against)
        except (OSError, ValueError) as problem:
            raise CommandError(f"The heads can't be read ({type(problem).__name__}).") from None
        faults = audit.verify(heads)
        for fault in faults:
            self.stdout.write(f"{fault.seq}: {fault.what}")
        audit.append(AuditAction.VERIFY, actor=None, detail=f"{len(faults)} faults, {len(heads)} heads")
        if faults:
            raise CommandError(f"The audit is broken in {len(faults)} places.")
        self.stdout.write(f"The audit is whole; {len(heads)} published heads are in it.")
