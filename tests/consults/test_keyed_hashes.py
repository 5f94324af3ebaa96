"""Hashes that rows keep: they come out as ever, or nobody and nothing is found again after an upgrade."""

import base64
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine

from consults import references
from consults.audit.chain import mac_of
from consults.guarded_facts.changing import list_hash
from consults.notices.addresses import hash_of
from consults.sealing.blind_index import indexes_of, indexes_to_look_for
from consults.sealing.keyed_hash import keyed_hash
from consults.sealing.texts import note_id_for
from consults.spam.networks import network_of
from consults.workflow.do_not_contact import digests_of

pytestmark = pytest.mark.once
KEY = bytes(range(32))
PHONE, EMAIL = "+13035550177", " Zoë@Example.NET "
NAMES = ["INDEX", "STOP", "NETWORK", "REFERENCE", "IDEMPOTENCY", "AUDIT"]


@pytest.fixture(autouse=True)
def fixed_keys(settings):
    for name in NAMES:
        setattr(settings, f"CONSULTS_{name}_KEY", base64.urlsafe_b64encode(KEY).decode())
    settings.TRUSTED_PROXIES = []


def test_each_key_and_purpose_makes_another():
    assert len({keyed_hash(KEY, "a", "x"), keyed_hash(KEY, "b", "x"), keyed_hash(KEY[::-1], "a", "x")}) == 3


def test_blind_indexes():
    assert indexes_of(KEY, phone=PHONE, email=EMAIL, bits=16) == {
        "phone_end_index": (1 << 16) + 53483,
        "email_index": (1 << 16) + 55632,
    }


def test_blind_indexes_of_the_first_release_are_looked_for():
    wanted = indexes_to_look_for(KEY, phone=PHONE, email=EMAIL, bits=16)
    assert {53483, 53483 >> 4} < set(wanted["phone_end_index"])
    assert {55632, 55632 >> 4} < set(wanted["email_index"])


def test_whoever_asked_to_be_left_alone():
    assert digests_of({"phone_e164": PHONE, "email": EMAIL}) == [
        "99cdffef49cdfb39c877a747b9da6722e47c76c4b0450655f0ee33c21056e379",
        "d950df448662de518dc787a33a3a1c069c37066de5bb9cd334103b25eb6e8e6e",
    ]


def test_addresses_of_the_outbox():
    assert hash_of(EMAIL) == "ac2c5be0d54eb071e591099031fb5c54"


def test_lists_of_who_is_told():
    assert list_hash(["b@example.net", EMAIL]) == list_hash([EMAIL.upper(), "B@Example.net"]) == "2a57d48e"


@pytest.mark.parametrize(
    ("address", "network"), [("203.0.113.9", "dbd0adada84edbf1"), ("2001:db8:1:2::3", "fc6429040dd24b31")]
)
def test_networks(address, network):
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        assert network_of(SimpleNamespace(META={"REMOTE_ADDR": address}, headers={})) == network


def test_notes():
    note_id = note_id_for("She was glad – Zoë.", author=7, record_key=KEY)
    assert str(note_id) == "908f0bec-50bb-4932-93a5-e8733b486023"


def test_references():
    key = references.idempotency_key({"name": "Zoë", "phone": "3035550177"}, day="2026-11-24")
    assert key == "f3f39b3efd875bfc3aa73bf3a51cdeb10fdfea3d418ebc1bb0783f1b82ed5126"
    assert references.reference_for(key) == "GJ2NB9GC3L"
    assert references.reference_for(key, attempt=1) == "BC7TR9BC4S"
    assert references.proof_for("ABC") == "0c1ecd8fe04771dc"
    assert references.proof_for("ABC", without_copy=True) == "049dd8e4b34d9cb6"


def test_the_audit():
    event = SimpleNamespace(
        seq=3,
        at=datetime(2026, 11, 24, 12, tzinfo=UTC),
        actor_id=7,
        actor_name="manager",
        action="export",
        purpose="",
        references="ABC",
        detail="1 rows",
        previous_mac="",
    )
    assert mac_of(event) == "9a8431528f343f15b27a9bc28cff32a7b9e5b36c3f2096a03b1cf38967495542"
