"""Reads all pages, statements and questions by the list of what may not be said."""

from django.core.management.base import BaseCommand, CommandError

from clinic.content_checks.checked import latest_pages, shared_content
from clinic.content_checks.findings import findings_of
from clinic.content_checks.house_list import Level


class Command(BaseCommand):
    """Prints what is found, page by page; ends with status 1 where something is serious."""

    help = "Check the newest draft of every page, and what pages share, for claims, figures without source …"

    def add_arguments(self, parser):
        """Let pages be chosen, and how much is told."""
        parser.add_argument("pages", nargs="*", type=int, help="numbers of pages; without them everything")
        parser.add_argument(
            "--level", choices=Level.values, default=Level.MINOR, help="the least that is told (minor: all)"
        )

    def handle(self, *args, pages, level, **options):
        """Look, and tell."""
        told = Level.values[: Level.values.index(level) + 1]
        counts = dict.fromkeys(Level.values, 0)
        looked_at = 0
        for instance in self._all(pages):
            looked_at += 1
            findings = findings_of(instance)
            for finding in findings:
                counts[finding.kind.level] += 1
            self._print(instance, [finding for finding in findings if finding.kind.level in told])
        summary = ", ".join(f"{number} {Level(kind).label.lower()}" for kind, number in counts.items())
        self.stdout.write(f"{looked_at} looked at: {summary}.")
        if counts[Level.SERIOUS]:
            raise CommandError("Something serious was found.", returncode=1)

    def _all(self, pages):
        yield from latest_pages(pages)
        if not pages:
            yield from shared_content()

    def _print(self, instance, findings):
        if not findings:
            return
        name = f"{instance._meta.verbose_name} {instance.pk}: {instance}"
        self.stdout.write(f"\n{name}")
        for finding in findings:
            self.stdout.write(f"  [{finding.kind.level}] {finding.sentence}")
