"""docs/crypto.md, "What a thief of X learns": each line tried, with both processes running on PostgreSQL."""

import re
import urllib.request
from pathlib import Path

import psycopg2
import pytest
from django.contrib.sessions.backends.db import SessionStore
from psycopg2 import errors
from psycopg2.sql import SQL, Identifier

from clinic.database_rights import INTAKE, SHOWN, WHOLE
from clinic.settings.intake import KEYS_OF_STAFF
from tests.factories.forms import form_data
from tests.site.demo import PUBLIC_REFERENCE, read_logins
from tests.site.http import StaffSession, fetch

pytestmark = [pytest.mark.once, pytest.mark.long]

MARKER = "Qzthief Wvxmarker"
FORGED = "a" * 32
HOLDING = SQL("SELECT count(*) FROM {} AS line WHERE line::text ILIKE ANY(%s)")


@pytest.fixture(scope="module")
def written(split_site):
    """The reference of a request of somebody whose words nobody else uses."""
    answer = fetch(f"{split_site.visitors}/consultation/", form_data(name=MARKER, note=MARKER))
    return PUBLIC_REFERENCE.search(answer.body.decode())[0].replace("-", "")


@pytest.fixture
def two_users(split_site):
    """Skip where both processes run under one system user, with the reason that the command gave."""
    if not split_site.has_own_users:
        pytest.skip(re.search(r"the system user is the same here: [^.]*", split_site.said.read_text())[0])


def is_refused(cursor, statement, values=None):
    """Whether the database says that these rights are missing, and not that something else is wrong."""
    try:
        cursor.execute(statement, values)
    except errors.InsufficientPrivilege:
        return True
    return False


# --- the process that takes requests in ---------------------------------------------------------------


def test_it_was_told_no_secret_of_staff(split_site):
    told, others = split_site.environments["intake"], split_site.environments["staff"]
    secrets = [others[name] for name in (*KEYS_OF_STAFF, "SECRET_KEY", "DATABASE_URL")]
    servers = split_site.server_of(split_site.visitors)
    assert servers
    for server in servers:
        environment = Path(f"/proc/{server.pid}/environ").read_text()
        assert told["SECRET_KEY"] in environment
        assert not [secret for secret in secrets if secret in environment]


def test_it_forges_no_session(split_site, settings):
    """The database takes none from it, and staff believe none that it signed, whoever puts it there."""
    settings.SECRET_KEY = split_site.environments["intake"]["SECRET_KEY"]
    with split_site.database("staff") as cursor:
        cursor.execute("SELECT id FROM auth_user WHERE username = 'manager'")
        [number] = cursor.fetchone()
    [backend] = settings.AUTHENTICATION_BACKENDS
    user = {"_auth_user_id": str(number), "_auth_user_backend": backend}
    signed = SessionStore().encode(user)
    row = "INSERT INTO django_session VALUES (%s, %s, now() + interval '1 hour')", [FORGED, signed]
    with split_site.database("intake") as cursor:
        assert is_refused(cursor, *row)
    with split_site.database("staff") as cursor:
        cursor.execute(*row)
    browser = urllib.request.build_opener()
    browser.addheaders = [("Cookie", f"sessionid={FORGED}")]
    assert "/login/" in fetch(f"{split_site.staff}/admin/", opener=browser).url
    # What one of them signs, the other reads as nothing.
    assert SessionStore().decode(signed) == user
    settings.SECRET_KEY = split_site.environments["staff"]["SECRET_KEY"]
    assert SessionStore().decode(signed) == {}


def test_it_has_no_door(split_site):
    for path in ("/admin/", "/admin/login/", "/_util/login/", "/documents/authenticate_with_password/1/"):
        assert fetch(split_site.visitors + path).status == 404


def test_its_user_reads_nothing_of_the_others_process(split_site, two_users):
    others = [process.pid for process in split_site.server_of(split_site.staff)]
    own = [process.pid for process in split_site.server_of(split_site.visitors)]
    assert others and own
    for place in ("environ", "mem"):
        assert all(split_site.as_intake("head", "-c1", f"/proc/{pid}/{place}").returncode for pid in others)
    # The very same way leads to its own.
    assert all(split_site.as_intake("cat", f"/proc/{pid}/environ").returncode == 0 for pid in own)


@pytest.mark.parametrize(
    "path", ["secrets.json", "staff.env", "owner.env", "site/demo-logins.txt", "site/mail", "postgresql/data"]
)
def test_its_user_reads_no_file_of_the_others(split_site, two_users, path):
    # Whether a mail was due so far depends on the day.
    split_site.manage("staff", "sendtestemail", "desk@example.org")
    found = split_site.folder / path
    assert found.exists()
    assert split_site.as_intake("ls" if found.is_dir() else "cat", str(found)).returncode != 0


def test_its_user_reads_what_pages_need_and_writes_none_of_it(split_site, two_users):
    facts = split_site.var / "facts.json"
    assert split_site.as_intake("cat", str(facts)).returncode == 0
    for path in (facts, split_site.var / "media" / "new", split_site.var / "static" / "new"):
        assert split_site.as_intake("sh", "-c", f"echo >> {path}").returncode != 0


def test_its_user_puts_into_the_spool_and_sees_nothing_of_it(split_site, two_users):
    spool = split_site.var / "spool"
    assert split_site.as_intake("ls", str(spool)).returncode != 0
    assert (
        split_site.as_intake(
            "sh", "-c", f"echo > {spool}/.try.1.1 && mv {spool}/.try.1.1 {spool}/a"
        ).returncode
        == 0
    )
    (spool / "a").unlink()
    # What staff set aside is theirs, even under a known name.
    theirs = spool / "x.damaged"
    theirs.touch(0o600)
    assert split_site.as_intake("cat", str(theirs)).returncode != 0
    assert split_site.as_intake("rm", "-f", str(theirs)).returncode != 0
    theirs.unlink()


# --- its role in the database -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT 1 FROM django_session",
        "SELECT 1 FROM auth_user",
        "SELECT 1 FROM auth_group",
        "SELECT 1 FROM mfa_authenticator",
        "SELECT 1 FROM account_emailaddress",
        "SELECT 1 FROM consults_auditevent",
        "SELECT 1 FROM consults_consultnote",
        "SELECT 1 FROM consults_sealedreply",
        "SELECT 1 FROM wagtailcore_revision",
        "SELECT 1 FROM wagtailcore_pagelogentry",
        "SELECT envelope FROM consults_consultrequest",
        "SELECT priority FROM consults_consultrequest",
        "SELECT text FROM consults_consentreceipt",
        "INSERT INTO auth_user (username) VALUES ('thief')",
        "INSERT INTO auth_user_groups (user_id, group_id) VALUES (1, 1)",
        "INSERT INTO consults_auditevent (seq) VALUES (1)",
        "UPDATE consults_consultrequest SET status = 'spam'",
        "DELETE FROM consults_consultrequest",
        "UPDATE consults_consentreceipt SET text = ''",
        "DELETE FROM consults_consentreceipt",
        "UPDATE wagtailcore_page SET title = 'Call this number'",
        "CREATE TABLE mine (id integer)",
        "CREATE TEMPORARY TABLE mine (id integer)",
        "SET ROLE clinic_staff",
        "COPY consults_consultrequest TO PROGRAM 'cat'",
    ],
)
def test_the_role_of_intake_is_refused(split_site, written, statement):
    with split_site.database("intake") as cursor:
        assert is_refused(cursor, statement)


def test_the_role_of_intake_reads_what_is_stated_and_nothing_else(split_site, written):
    with split_site.database("intake") as cursor:
        cursor.execute(
            "SELECT relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid "
            "WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 "
            "AND has_column_privilege(pg_class.oid, attnum, 'SELECT')"
        )
        read = set(cursor.fetchall())
    assert {table for table, _column in read} - set(INTAKE) == set()
    of_requests = {column for table, column in read if table == "consults_consultrequest"}
    assert of_requests == set(INTAKE["consults_consultrequest"]["SELECT"])
    whole = [table for table, rights in INTAKE.items() if rights.get("SELECT", ()) is WHOLE]
    assert whole == SHOWN


def test_what_remains_is_that_the_role_of_intake_can_add(split_site, written):
    """A line of a timeline under somebody's name: the page says that the audit alone is proof."""
    line = (
        "INSERT INTO consults_timelineevent "
        "(consult_id, actor_id, action, from_status, to_status, outcome, at) "
        "SELECT id, 1, 'note', '', '', '', now() FROM consults_consultrequest WHERE reference = %s"
    )
    with split_site.database("intake") as cursor:
        cursor.execute("BEGIN")
        cursor.execute(line, [written])
        assert cursor.rowcount == 1
        cursor.execute("ROLLBACK")


def test_nobody_comes_into_the_database_without_a_password(split_site):
    for name in ("owner", "staff", "intake"):
        url = re.sub(r":[^:@/]+@", ":@", split_site.environments[name]["DATABASE_URL"])
        with pytest.raises(psycopg2.OperationalError, match="password"):
            psycopg2.connect(url)


def test_a_draft_that_was_never_published_is_read_as_it_began_and_no_later_one(split_site):
    """What remains: the row of a page holds its first words. Later drafts lie elsewhere, and are closed."""
    made = (
        "from clinic.core.models import StandardPage\nfrom wagtail.models import Site\n"
        "home = Site.objects.get().root_page\n"
        "page = home.add_child(instance=StandardPage(title='First words', slug='draft', live=False))\n"
        "page.title = 'Second words'\npage.save_revision()"
    )
    split_site.manage("staff", "shell", "-c", made)
    with split_site.database("intake") as cursor:
        cursor.execute("SELECT title, draft_title FROM wagtailcore_page WHERE slug = 'draft'")
        assert cursor.fetchone() == ("First words", "Second words")
        assert is_refused(cursor, "SELECT content FROM wagtailcore_revision")
    assert fetch(f"{split_site.visitors}/draft/").status == 404


# --- the whole database, and the role of staff --------------------------------------------------------


def test_the_whole_database_holds_no_word_of_a_request(split_site, written):
    with split_site.database("owner") as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        tables = [table for (table,) in cursor.fetchall()]
        words = MARKER.split()
        patterns = [f"%{part}%" for word in words for part in (word, word.encode().hex())]
        for table in tables:
            cursor.execute(HOLDING.format(Identifier(table)), [patterns])
            assert cursor.fetchone() == (0,), table
        cursor.execute("SELECT count(*) FROM consults_consultrequest WHERE reference = %s", [written])
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE consults_auditevent DISABLE TRIGGER ALL",
        "UPDATE consults_auditevent SET detail = ''",
        "DELETE FROM consults_auditevent",
        "DELETE FROM consults_consentreceipt",
        "TRUNCATE consults_auditevent",
        "DROP TABLE consults_auditevent",
        "SET ROLE clinic_owner",
    ],
)
def test_the_role_of_staff_rewrites_no_evidence(split_site, statement):
    with split_site.database("staff") as cursor:
        assert is_refused(cursor, statement)


def test_the_process_of_staff_opens_what_it_is_asked_for(split_site, written):
    """The contrast to all above: the words are there for whoever has the key."""
    opened = split_site.manage(
        "staff",
        "shell",
        "-c",
        "from consults.models import ConsultRequest\nfrom consults import workflow\n"
        "from django.contrib.auth.models import User\n"
        f"consult = ConsultRequest.objects.get(reference='{written}')\n"
        "desk = User.objects.get(username='frontdesk')\n"
        "print(workflow.open_consult(consult, actor=desk, purpose='triage')[0]['name'])",
    )
    assert MARKER in opened


# --- accounts -----------------------------------------------------------------------------------------


def test_an_editor_finds_no_request(split_site, written):
    logins = read_logins(split_site.var / "demo-logins.txt")
    editor = StaffSession(split_site.staff, "editor", logins["editor"])
    for path in ("/admin/requests/all/", "/admin/consult-audit/"):
        answer = editor.get(path)
        assert "/admin/requests/" not in answer.url or answer.status in (403, 404)
        assert written not in answer.body.decode()
