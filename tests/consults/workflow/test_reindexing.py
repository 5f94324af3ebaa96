"""Indexes of every length are searched, and made alike by a command that may be stopped."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consults import audit, workflow
from consults.audit import Mark
from consults.models import ConsultRequest
from consults.sealing.blind_index import bare_index, hashed
from consults.sealing.keys import parse_secret
from consults.workflow import reindexing
from tests.factories.consults import make_consult
from tests.factories.marks import mark_again
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "(555) 555-0177", "ann@example.org"

ANOTHER_KEY = "YW5vdGhlciBpbmRleCBpbiBlYWNoIHJ1biBvZiB0aGU"


def found(text, desk):
    return [hit.consult.pk for hit in workflow.search(text, actor=desk).hits]


def as_of_before(consult, settings, bits=12):
    """Give a request the three bare indexes of release 0.1.0."""
    key = parse_secret(settings.CONSULTS_INDEX_KEY)
    columns = {"phone_index": ("phone", "15555550177"), "phone_end_index": ("phone_end", "0177")}
    columns["email_index"] = ("email", EMAIL)
    bare = {column: bare_index(hashed(key, *of), bits=bits) for column, of in columns.items()}
    ConsultRequest.objects.filter(pk=consult.pk).update(**bare)


@pytest.fixture
def desk():
    return UserFactory(group="Front desk")


@pytest.mark.parametrize("text", [PHONE, "+1 555 555 0177", "0177", "555-0177", EMAIL])
def test_rows_of_every_length_are_found_before_and_after(desk, settings, text):
    old = make_consult(phone=PHONE, email=EMAIL)
    as_of_before(old, settings)
    longer = {}
    for bits in (8, 12, 6):
        settings.CONSULTS_INDEX_BITS = bits
        longer[bits] = make_consult(phone=PHONE, email=EMAIL)
    make_consult(phone="(555) 555-0199", email="else@example.org")
    mark_again()
    everyone = {old.pk, *(consult.pk for consult in longer.values())}
    assert set(found(text, desk)) == everyone
    settings.CONSULTS_INDEX_BITS = 9
    assert set(found(text, desk)) == everyone
    call_command("consults_reindex", stdout=StringIO())
    assert set(found(text, desk)) == everyone
    rows = ConsultRequest.objects.filter(pk__in=everyone).values_list(
        "phone_index", "phone_end_index", "email_index"
    )
    assert len(set(rows)) == 1
    assert all(row[0] is None and 512 <= row[1] < 1024 and 512 <= row[2] < 1024 for row in rows)


def test_marks_follow_and_nothing_else_is_touched(settings):
    consult = make_consult(phone=PHONE, email=EMAIL)
    before = ConsultRequest.objects.values().get()
    settings.CONSULTS_INDEX_BITS = 10
    call_command("consults_reindex", stdout=StringIO())
    consult.refresh_from_db()
    assert audit.mark_of(consult) == Mark.GOOD
    changed = {name for name, value in ConsultRequest.objects.values().get().items() if before[name] != value}
    assert changed == {"phone_end_index", "email_index", "mark"}


def test_it_goes_on_where_it_was_stopped(settings, monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH", 2)
    for _ in range(5):
        make_consult(phone=PHONE)
    settings.CONSULTS_INDEX_BITS = 10
    reindexing._reindex_some(0, workflow.Reindexed())
    done = workflow.reindex()
    assert (done.changed, done.same, done.left_alone) == (3, 2, 0)


def test_what_nobody_accepted_gets_no_mark_by_it(settings):
    consult = make_consult(phone=PHONE)
    ConsultRequest.objects.filter(pk=consult.pk).update(idempotency_key="other")
    settings.CONSULTS_INDEX_BITS = 10
    with pytest.raises(CommandError, match="1 were left as they are"):
        call_command("consults_reindex", stdout=StringIO())
    consult.refresh_from_db()
    assert audit.mark_of(consult) == Mark.WRONG


def test_it_needs_the_private_key(settings):
    settings.CONSULTS_SEALING_PRIVATE_KEYS = ""
    with pytest.raises(CommandError, match="CONSULTS_SEALING_PRIVATE_KEYS is not set"):
        call_command("consults_reindex")


def test_another_key_finds_nothing_of_before_until_it_ran(desk, settings):
    consult = make_consult(phone=PHONE, email=EMAIL)
    # A fixed one: under one of 256 keys a short index is the same by chance.
    settings.CONSULTS_INDEX_KEY = ANOTHER_KEY
    newer = make_consult(phone=PHONE, email=EMAIL)
    for text in (PHONE, EMAIL):
        assert found(text, desk) == [newer.pk]
    call_command("consults_reindex", stdout=StringIO())
    for text in (PHONE, EMAIL):
        assert set(found(text, desk)) == {consult.pk, newer.pk}
    consult.refresh_from_db()
    assert audit.mark_of(consult) == Mark.GOOD
