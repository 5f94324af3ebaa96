"""Django's own command, which tells nobody: here audit, owner and auditors hear of an administrator."""

from django.contrib.auth import get_user_model
from django.contrib.auth.management.commands import createsuperuser

from clinic.accounts import events


class Command(createsuperuser.Command):
    """Make a site administrator on the server."""

    def handle(self, *args, **options):
        """Make the account, and note it. It asks for names, so no transaction waits meanwhile."""
        users = get_user_model().objects.filter(is_superuser=True)
        before = list(users.values_list("pk", flat=True))
        said = super().handle(*args, **options)
        for user in users.exclude(pk__in=before):
            events.note(
                events.Action.ACCOUNT,
                actor=None,
                about=user,
                detail=f"{user}: made on the server, a site administrator",
                tell=[events.Tell.OWNER, events.Tell.AUDITORS],
            )
        return said
