"""In PostgreSQL the process that takes requests in may do what the table says, and nothing besides."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.apps import apps
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from wagtail.models import Page

from clinic.core.database_roles import beyond_intake, short_of_intake
from clinic.database_rights import INTAKE, NOT_FOR_STAFF, WHOLE
from consults.models import ConsentReceipt, ConsultRequest, Heartbeat, OutboxMessage, TimelineEvent
from consults.spool import files
from tests.factories.forms import BROWSER, form_data

pytestmark = pytest.mark.django_db
IS_POSTGRESQL = connection.vendor == "postgresql"
on_postgresql = pytest.mark.skipif(not IS_POSTGRESQL, reason="Only PostgreSQL has roles.")
NAMES = {"owner": "test_owner", "staff": "test_staff", "intake": "test_intake"}


@pytest.fixture
def roles():
    """Three roles with their rights, gone with the test."""
    if not IS_POSTGRESQL:
        pytest.skip("Only PostgreSQL has roles.")
    with connection.cursor() as cursor:
        for role in NAMES.values():
            cursor.execute(f"CREATE ROLE {role}")
    call_command("database_roles", **NAMES, apply=True, stdout=StringIO())
    return NAMES


@contextmanager
def acting_as(role):
    """Be this role for a while."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        try:
            yield cursor
        finally:
            cursor.execute("RESET ROLE")


def is_refused(statement, role="test_intake"):
    with acting_as(role) as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except ProgrammingError as error:
            return "permission denied" in str(error) or "must be owner" in str(error)
    return False


def every_table():
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}


def test_every_named_table_is_there():
    known = every_table() | {"django_migrations"}
    assert {*INTAKE, *NOT_FOR_STAFF} - known == set()


def test_pages_of_every_kind_can_be_shown():
    kinds = {model._meta.db_table for model in apps.get_models() if issubclass(model, Page)}
    assert [kind for kind in kinds if INTAKE.get(kind, {}).get("SELECT", "nothing") is not None] == []


def test_what_the_database_tells_of_a_new_row_may_be_seen():
    """Django asks for it in the same statement, which would be refused whole."""
    for model in apps.get_models():
        rights = INTAKE.get(model._meta.db_table, {})
        if rights.get("INSERT", []) is WHOLE:
            told = {field.column for field in model._meta.db_returning_fields}
            assert told - set(rights["SELECT"]) == set(), model


def test_what_takes_requests_in_reads_no_person():
    """Of requests it reads neither contents nor what the desk made of them."""
    hidden = {"envelope", "key_id", "assignee_id", "priority", "closed_reason", "phone_index"}
    assert hidden.isdisjoint(INTAKE["consults_consultrequest"]["SELECT"])


@on_postgresql
def test_no_other_table_gives_anything(roles):
    others = every_table() - set(INTAKE) - {"wagtailsearch_indexentry_fts"}
    assert {"auth_user", "django_session", "consults_auditevent", "wagtailcore_revision"} < others
    for what in ("SELECT 1 FROM", "DELETE FROM"):
        assert [table for table in others if not is_refused(f"{what} {table}")] == []


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT envelope FROM consults_consultrequest",
        "SELECT * FROM consults_consultrequest",
        "UPDATE consults_consultrequest SET status = 'closed'",
        "DELETE FROM consults_consultrequest",
        "TRUNCATE consults_consultrequest CASCADE",
        "UPDATE consults_consentreceipt SET text = ''",
        "DELETE FROM consults_consentreceipt",
        "SELECT text FROM consults_consentreceipt",
        "UPDATE consults_outboxmessage SET sent_at = now()",
        "UPDATE consults_heartbeat SET at = now()",
        "INSERT INTO consults_heartbeat (name, at, label) VALUES ('x', now(), 'Call this number')",
        "UPDATE wagtailcore_page SET title = 'Ours'",
        "INSERT INTO wagtailredirects_redirect (old_path) VALUES ('/')",
        "CREATE TABLE public.mine (id integer)",
        "ALTER TABLE consults_auditevent DISABLE TRIGGER ALL",
    ],
)
def test_what_is_there_stays_as_it_is(roles, statement):
    assert is_refused(statement)


@on_postgresql
@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        ("SELECT * FROM consults_auditevent", False),
        ("UPDATE consults_auditevent SET detail = ''", True),
        ("DELETE FROM consults_auditevent", True),
        ("DELETE FROM consults_consentreceipt", True),
        ("ALTER TABLE consults_auditevent DISABLE TRIGGER ALL", True),
        ("TRUNCATE consults_auditevent", True),
        ("DROP TABLE consults_consultnote", True),
        ("CREATE TABLE public.mine (id integer)", True),
        ("DELETE FROM django_session", False),
    ],
)
def test_staff_have_rows_and_never_tables(roles, statement, refused):
    assert is_refused(statement, "test_staff") is refused


@on_postgresql
def test_a_new_table_is_closed_to_intake_and_open_to_staff(roles):
    with connection.cursor() as cursor:
        cursor.execute("GRANT CREATE ON SCHEMA public TO test_owner")
    with acting_as("test_owner") as cursor:
        cursor.execute("CREATE TABLE of_tomorrow (id integer)")
    assert is_refused("SELECT 1 FROM of_tomorrow")
    assert not is_refused("INSERT INTO of_tomorrow VALUES (1)", "test_staff")


@on_postgresql
def test_a_request_is_taken_in_once_and_so_is_the_wish_for_its_copy(roles, client, settings):
    headers = {**BROWSER, "X-Forwarded-For": "198.51.100.7"}
    with acting_as("test_intake"):
        first = client.post("/consultation/", form_data(), headers=headers)
        again = client.post("/consultation/", form_data(), headers=headers)
        copies = [client.post(first.headers["Location"], headers=headers) for _ in range(2)]
    assert {answer.status_code for answer in (first, again, *copies)} == {303}
    assert first.headers["Location"] == again.headers["Location"]
    assert files.wishes(settings.CONSULTS_SPOOL_DIR) == []
    models = (ConsultRequest, TimelineEvent, ConsentReceipt, OutboxMessage, Heartbeat)
    assert [model.objects.count() for model in models] == [1, 1, 2, 2, 1]


# --- the check ----------------------------------------------------------------------------------------


def found():
    problems = run_checks(tags=[Tags.database], databases=["default"])
    return {problem.id: problem.msg for problem in problems if problem.id.startswith("clinic.E")}


@on_postgresql
def test_a_role_as_it_should_be_is_left_alone(roles, settings):
    settings.CONSULTS_ROLE = "intake"
    with acting_as("test_intake"):
        assert found() == {}
        assert beyond_intake(connection) == short_of_intake(connection) == []


@on_postgresql
@pytest.mark.parametrize(
    ("order", "named"),
    [
        ("GRANT SELECT (password) ON auth_user TO test_intake", "SELECT auth_user"),
        (
            "GRANT SELECT (envelope) ON consults_consultrequest TO test_intake",
            "SELECT consults_consultrequest",
        ),
        ("GRANT DELETE ON consults_timelineevent TO test_intake", "DELETE consults_timelineevent"),
        ("GRANT UPDATE ON django_session TO PUBLIC", "UPDATE django_session"),
        ("GRANT test_staff TO test_intake", "what another role may"),
        ("ALTER ROLE test_intake CREATEROLE", "make roles"),
        ("GRANT CREATE ON SCHEMA public TO test_intake", "make tables"),
    ],
)
def test_a_role_that_can_do_more_is_named(roles, settings, order, named):
    settings.CONSULTS_ROLE = "intake"
    with connection.cursor() as cursor:
        cursor.execute(order)
    with acting_as("test_intake"):
        assert named in found()["clinic.E001"]


@on_postgresql
def test_the_role_of_all_is_named_for_intake_alone(roles, settings):
    assert found() == {}
    settings.CONSULTS_ROLE = "intake"
    assert "everything, as a superuser" in found()["clinic.E001"]
    # It names some, and counts the rest.
    assert len(found()["clinic.E001"]) < 400


@on_postgresql
def test_a_role_that_can_do_less_is_named(roles, settings):
    settings.CONSULTS_ROLE = "intake"
    with connection.cursor() as cursor:
        cursor.execute("REVOKE SELECT ON blog_blogpage FROM test_intake")
    with acting_as("test_intake"):
        assert "SELECT blog_blogpage" in found()["clinic.E002"]


# --- the command --------------------------------------------------------------------------------------


@on_postgresql
def test_what_is_printed_is_what_is_applied(roles):
    printed = StringIO()
    call_command("database_roles", **NAMES, stdout=printed)
    with connection.cursor() as cursor:
        cursor.execute("GRANT SELECT ON auth_user TO test_intake")
        cursor.execute(printed.getvalue().removeprefix("BEGIN;").replace("COMMIT;", ""))
    assert is_refused("SELECT 1 FROM auth_user")


@on_postgresql
def test_a_role_that_is_not_there_ends_it(roles):
    with pytest.raises(CommandError, match="There is no role nobody"):
        call_command("database_roles", **{**NAMES, "intake": "nobody"})


@on_postgresql
def test_one_role_for_both_is_refused(roles):
    with pytest.raises(CommandError, match="three different roles"):
        call_command("database_roles", **{**NAMES, "intake": "test_staff"})


@pytest.mark.skipif(IS_POSTGRESQL, reason="This one has roles.")
def test_sqlite_has_no_roles(settings):
    with pytest.raises(CommandError, match="On SQLite the site is one process"):
        call_command("database_roles", **NAMES)
    settings.CONSULTS_ROLE = "intake"
    assert found() == {}
