"""`manage.py database_roles`: what each of the two processes may do in the database."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from clinic.core.database_roles import statements


class Command(BaseCommand):
    """For operators of two processes: once, and again after every migration."""

    help = "Print, or give, the rights that the roles of the two processes have in PostgreSQL."

    def add_arguments(self, parser):
        """Take the names of three roles that exist."""
        parser.add_argument("--owner", required=True, help="the role that owns the tables and migrates")
        parser.add_argument("--staff", required=True, help="the role of the process for staff and the worker")
        parser.add_argument("--intake", required=True, help="the role of the process that takes requests in")
        parser.add_argument("--apply", action="store_true", help="execute the statements, all or none")

    def handle(self, *, owner, staff, intake, apply, **options):
        """Print or execute; a role that doesn't exist ends it before anything changes."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. On SQLite the site is one process.")
        if len({owner, staff, intake}) < 3:
            raise CommandError("Name three different roles: one alone would have the rights of all.")
        self._refuse_unknown(owner, staff, intake)
        orders = statements(connection, owner=owner, staff=staff, intake=intake)
        if not apply:
            self.stdout.write("".join(f"{order};\n" for order in ("BEGIN", *orders, "COMMIT")), ending="")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for order in orders:
                cursor.execute(order)
        self.stdout.write(f"{staff} and {intake} may do what clinic/database_rights.py says, and no more.")

    def _refuse_unknown(self, *names):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(names)])
            known = {name for (name,) in cursor.fetchall()}
        if missing := [name for name in names if name not in known]:
            raise CommandError(f"There is no role {', '.join(missing)}: make it with `createuser`.")
