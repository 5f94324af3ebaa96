"""`manage.py consults_adopt`: takes over, once, what release 0.1.0 accepted."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localtime

from consults import workflow
from consults.workflow.accepting.adopting import of_before


class Command(BaseCommand):
    """Somebody who runs the site says which requests were there at the upgrade."""

    help = (
        "Mark the requests of release 0.1.0 as accepted, once, and link their consents into the audit. "
        "Run it when no process of that release is left."
    )

    def add_arguments(self, parser):
        """Take the number that a person confirms."""
        parser.add_argument("--confirm", type=int, metavar="N", help="take over, if it is N requests")

    def handle(self, *, confirm, **options):
        """Say how many there are, or take them over. The exit status is 1 where somebody must look first."""
        try:
            number = workflow.adopt(confirmed=confirm)
        except workflow.InvalidTransition:
            raise CommandError(
                "Nothing was taken over: it was done before, or the spool still holds requests. After the "
                "first time, a request without a mark was put in by somebody: see consults_audit."
            ) from None
        except workflow.NotTheNumber as counted:
            raise CommandError(self._question(counted.number)) from None
        self.stdout.write(f"{number} requests of before were taken over. From now on none ever will be.")

    def _question(self, number):
        moments = of_before().order_by("created_at").values_list("created_at", flat=True)
        first, last = moments.first(), moments.last()
        when = (
            f", from {localtime(first):%Y-%m-%d %H:%M} to {localtime(last):%Y-%m-%d %H:%M}" if first else ""
        )
        return (
            f"{number} requests bear no mark{when}. Nothing was changed. If that is what came before the "
            f"upgrade, run it again with --confirm {number}."
        )
