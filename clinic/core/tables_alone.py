"""Apps of others of which a process needs the tables and nothing else."""

from allauth.account.apps import AccountConfig


class AccountTables(AccountConfig):
    """The addresses of accounts, known because models point to them."""

    def ready(self):
        """Ask for no middleware: nobody signs in here."""
