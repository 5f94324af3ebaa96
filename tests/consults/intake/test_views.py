"""The form's page: sent, sent wrongly, sent twice, sent while nothing can be stored."""

import re

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError, connection

from consults.consent_wordings import BUILT_IN, PURPOSES, add_wording
from consults.intake.canary import new_mark
from consults.models import ConsentReceipt, ConsultRequest, OutboxMessage, TimelineEvent
from consults.references import proof_for
from consults.spool import files
from tests.factories.consults import form_data

FORM = "/consultation/"


def send(client, **changes):
    return client.post(FORM, form_data(**changes))


def token_of(response):
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def test_a_request_is_stored_and_its_reference_shown(client, db):
    response = send(client)
    consult = ConsultRequest.objects.get()
    assert response.status_code == 303
    assert response.url.startswith(f"/consultation/received/{consult.reference}/")
    page = client.get(response.url)
    assert page.status_code == 200
    shown = f"{consult.reference[:3]}-{consult.reference[3:6]}-{consult.reference[6:]}"
    assert shown in page.content.decode()


def test_a_request_comes_with_its_notice_and_its_timeline(client, db):
    send(client)
    consult = ConsultRequest.objects.get()
    assert [m.reference for m in OutboxMessage.objects.all()] == [consult.reference]
    assert [event.action for event in TimelineEvent.objects.all()] == ["submit"]


def test_what_sorts_the_queue_is_clear_and_nothing_else(client, db):
    send(client, times=["1", "128"], time_zone="America/Chicago", section="treatments")
    consult = ConsultRequest.objects.get()
    assert (consult.best_times, consult.time_zone, consult.source_section) == (
        129,
        "America/Chicago",
        "treatments",
    )
    clear = {f.name for f in ConsultRequest._meta.get_fields() if f.concrete} - {"envelope", "mark", "id"}
    assert clear == {
        "reference",
        "idempotency_key",
        "key_id",
        "status",
        "closed_reason",
        "assignee",
        "version",
        "best_times",
        "time_zone",
        "source_section",
        "campaign",
        "heard_from",
        "location",
        "way",
        "on_hold",
        "purged_at",
        "locale",
        "channel",
        "spam_score",
        "spam_signals",
        "network",
        "phone_index",
        "phone_end_index",
        "email_index",
        "priority",
        "next_action_at",
        "seen_at",
        "shown_at",
        "closed_at",
        "attempts",
        "unanswered",
        "agreed_at",
        "first_attempt_at",
        "reached_at",
        "attempt_minutes",
        "reach_minutes",
        "same_as",
        "wants_copy",
        "is_canary",
        "linked_seq",
        "created_at",
        "updated_at",
    }


def test_the_same_form_sent_again_is_one_request(midday, client, db):
    token = token_of(client.get(FORM))
    answers = {send(client, token=token).url for _ in range(3)}
    # Coming from elsewhere doesn't make it another request; nor does a second tab of the same day.
    answers.add(send(client, token=token_of(client.get(FORM)), section="home").url)
    assert len(answers) == 1
    assert ConsultRequest.objects.count() == OutboxMessage.objects.count() == 1


def test_a_corrected_form_is_another_request(client, db):
    send(client)
    send(client, phone="(555) 555-0124")
    assert ConsultRequest.objects.count() == 2


@pytest.mark.parametrize("token", [None, "", "forged", "9" * 400])
def test_a_form_without_its_token_goes_through(client, db, token):
    assert send(client, token=token).status_code == 303


def test_the_receipt_holds_the_words_that_were_seen(client, db, settings, tmp_path):
    """The wording changes between opening the form and sending it."""
    settings.CONSULTS_WORDINGS_FILE = tmp_path / "wordings.json"
    page = client.get(FORM)
    texts = {purpose: f"Later words for {purpose}." for purpose in PURPOSES}
    add_wording(locale="en", texts=texts, author=None)
    call_command("refresh_snapshots")
    send(client, token=token_of(page))
    send(client, name="Second", token=token_of(client.get(FORM)))
    send(client, name="Third", token="forged")
    receipts = ConsentReceipt.objects.filter(purpose="contact").order_by("pk")
    assert [(r.text, r.version, r.version_is_proven) for r in receipts] == [
        (BUILT_IN["en"]["contact"], "en-0b", True),
        (texts["contact"], "en-1", True),
        (texts["contact"], "en-1", False),
    ]


def test_a_form_left_open_overnight_goes_through_with_one_click(client, db):
    with time_machine.travel("2026-11-24 03:00:00Z"):
        token = token_of(client.get(FORM))
    with time_machine.travel("2026-11-24 16:00:00Z"):
        assert send(client, token=token).status_code == 303
    assert ConsultRequest.objects.get().status == "new"


def test_spanish_is_remembered_with_the_request(client, db):
    response = client.post("/consultation/es/", form_data())
    assert response.url.startswith("/consultation/es/received/")
    assert ConsultRequest.objects.get().locale == "es"
    assert ConsentReceipt.objects.first().text in BUILT_IN["es"].values()


def test_a_marked_test_request_is_no_persons_and_a_forged_mark_counts_nothing(client, db):
    send(client, canary=new_mark())
    send(client, canary="forged", name="Somebody")
    assert list(ConsultRequest.objects.order_by("pk").values_list("is_canary", flat=True)) == [True, False]


def test_a_post_from_another_site_without_cookies_goes_through(db):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert client.post(FORM, form_data(), headers={"origin": "https://elsewhere.example"}).status_code == 303


def test_errors_keep_everything_and_send_nobody_away(client, db):
    response = send(client, name="", phone="12", note="Ring twice <b>&", times=["4"])
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: Request A Consultation" in page
    assert "There is a problem" in page
    assert 'href="#id_name"' in page
    assert 'href="#id_phone"' in page
    assert 'value="12"' in page
    assert "Ring twice &lt;b&gt;&amp;" in page
    assert re.search(r'value="4" checked', page)
    assert re.search(r'value="call" [^>]*checked', page)
    assert re.search(r'id="id_contact"[^>]* checked', page)
    assert token_of(response)
    assert ConsultRequest.objects.count() == 0


@pytest.mark.parametrize(
    "changes", [{"way": None}, {"times": ["x"]}, {"contact": None}, {"time_zone": "Mars"}]
)
def test_each_entry_of_the_summary_leads_to_a_field(client, db, changes):
    page = send(client, **changes).content.decode()
    targets = re.findall(r'href="#(id_\w+)"', page)
    assert targets
    for target in targets:
        assert f'id="{target}"' in page


@pytest.mark.parametrize(
    ("asked", "kept"), [("blog", "blog"), ("nonsense", "other"), ("", "other"), ("/blog/a-post/", "other")]
)
def test_the_form_remembers_the_section_and_never_the_page(client, asked, kept):
    page = client.get(FORM, {"from": asked}).content.decode()
    assert f'name="section" value="{kept}"' in page
    assert "a-post" not in page


def test_the_form_asks_no_database(client, no_database):
    assert client.get(FORM).status_code == 200
    assert send(client, name="").status_code == 422
    assert client.get(f"/consultation/received/AB2CD3EF4G/{proof_for('AB2CD3EF4G')}/").status_code == 200
    assert no_database == []


def test_what_the_database_refuses_waits_in_the_spool(client, no_database, settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"
    response = send(client)
    [file] = files.pending(settings.CONSULTS_SPOOL_DIR)
    reference = files.read(file)[0]["reference"]
    assert response.status_code == 303
    assert response.url.startswith(f"/consultation/received/{reference}/")
    assert client.get(response.url).status_code == 200


def test_what_cannot_be_stored_is_not_acknowledged(client, no_database, settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "a file in its place"
    settings.CONSULTS_SPOOL_DIR.touch()
    response = send(client, note="Keep this note.")
    page = response.content.decode()
    assert response.status_code == 503
    assert "Your request has not been sent" in page
    assert "Keep this note." in page
    assert 'href="tel:988"' in page
    assert response["Retry-After"]
    assert "We have your request" not in page


def test_nothing_is_half_stored(client, db, settings, tmp_path):
    """The notice can't be written, so the request isn't kept in the database either."""
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"

    def refuse(execute, sql, params, many, context):
        if "outboxmessage" in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        assert send(client).status_code == 303
    assert len(files.pending(settings.CONSULTS_SPOOL_DIR)) == 1
    assert ConsultRequest.objects.count() == TimelineEvent.objects.count() == 0


def test_an_invented_reference_is_unknown(client, db):
    assert client.get("/consultation/received/AB2CD3EF4G/0123456789abcdef/").status_code == 404


def test_more_than_a_form_is_refused_with_a_way_out(client):
    response = client.post(FORM, form_data(note="x" * 70_000))
    assert response.status_code == 413
    assert "not been sent" in response.content.decode()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"name=%FF%FE&name=b&consent=%00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"\xff\xfe", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"name=x", "application/x-www-form-urlencoded; charset=utf-7000"),
        (b"&".join(b"a=b" for _ in range(2000)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_body_is_an_unfilled_form(client, db, body, content_type):
    response = client.generic("POST", FORM, body, content_type=content_type)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(FORM).status_code == 405


@pytest.mark.parametrize(
    ("changes", "said"), [(None, "private, no-cache"), ({}, "no-store"), ({"name": ""}, "no-store")]
)
def test_nobody_stores_what_was_typed_and_back_finds_the_form(client, db, changes, said):
    response = client.get(FORM) if changes is None else send(client, **changes)
    assert response["Cache-Control"] == said
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


def test_the_page_after_it_shows_nothing_of_what_was_typed(client, db):
    page = client.get(send(client).url)
    shown = page.content.decode()
    for typed in ("Sample Person", "555-0123", "sample.person", "ring twice"):
        assert typed not in shown
    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex' in shown
    assert 'href="tel:988"' in shown


@pytest.mark.parametrize("codec", ["zip", "hex", "rot13", "punycode", "undefined", "utf-16", "no-such"])
def test_a_form_is_read_as_utf_8_whatever_codec_a_header_names(client, db, codec):
    boundary = "between"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in form_data(name="Zoë").items()
        if isinstance(value, str)
    ]
    body = "".join([*parts, f"--{boundary}--\r\n"]).encode()
    kind = f"multipart/form-data; boundary={boundary}; charset={codec}"
    response = client.generic("POST", FORM, body, content_type=kind)
    assert response.status_code in (303, 422)
    assert response.status_code == 303 or "Zoë" in response.content.decode()
