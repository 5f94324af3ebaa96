"""The page after the form: when and how somebody calls, the copy, the calendar file, a corrected form."""

import html
import os
import re
import time as clock
from dataclasses import replace
from datetime import time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection
from django.db.models import F
from django.test import Client
from django.urls import reverse

from clinic.core.facts import default_facts, write_facts
from clinic.core.opening_hours import Period, Schedule
from consults import workflow
from consults.enums import Status
from consults.models import AuditEvent, ConsultRequest, OutboxMessage
from consults.notices.outbox import send_due
from consults.references import proof_for
from consults.spam.counting import COPIES_TO_ADDRESS
from consults.spool import files
from tests.factories.forms import BROWSER, answers, form_data
from tests.factories.users import UserFactory

FORM = "/consultation/"
ADDRESS = "sample.person@example.org"
DENVER = "America/Denver"
WEEKDAYS = Schedule(zone=DENVER, week=dict.fromkeys(range(5), (Period(time(8), time(17)),)))
SATURDAY_NIGHT = "2026-11-28 09:00:00Z"


@pytest.fixture(autouse=True)
def clinic(settings, tmp_path):
    settings.CONSULTS_SPOOL_DIR = tmp_path / "spool"
    write_facts(replace(default_facts(), short_name="Ridge", phone="(555) 555-0100", hours=WEEKDAYS))


@pytest.fixture
def saturday():
    with time_machine.travel(SATURDAY_NIGHT, tick=False):
        yield


def send(client, form=FORM, **changes):
    """Send a form and return the address of the page after it."""
    return client.post(form, form_data(**{"times": None, **changes})).url


def page_of(client, address):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", client.get(address).content.decode())).split())


def copies():
    return OutboxMessage.objects.filter(template="patient_copy")


# --- when and who -----------------------------------------------------------------------------------


def test_it_names_day_and_hours_and_by_when_to_call(saturday, client, db):
    page = page_of(client, send(client))
    assert "We call you on Monday, November 30, between 8:00 am and 5:00 pm." in page
    assert "If you have heard nothing by Monday, November 30, at 5:00 pm, call (555) 555-0100" in page


def test_it_says_the_same_when_it_is_opened_again_on_another_day(client, db):
    with time_machine.travel(SATURDAY_NIGHT, tick=False):
        address = send(client)
        before = page_of(client, address)
    with time_machine.travel("2026-12-01 18:00:00Z", tick=False):
        assert page_of(client, address) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"way": "call"},
            ["We call you on", "A member of our staff calls", "may show (555) 555-0100 or no number"],
        ),
        ({"way": "text", "texting": "yes"}, ["We text you on", "The text says nothing"]),
        ({"way": "email"}, ["We write to you on", "The e-mail comes from Ridge"]),
        (
            {"times": ["1"]},
            ["between 8:00 am and 12:00 pm", "heard nothing by Monday, November 30, at 12:00 pm"],
        ),
        ({"time_zone": "America/New_York"}, ["between 10:00 am and 7:00 pm (Eastern time)"]),
    ],
)
def test_it_speaks_of_the_way_and_the_times_that_were_chosen(saturday, client, db, changes, said):
    page = page_of(client, send(client, **changes))
    assert [words for words in said if words not in page] == []


def test_it_says_what_a_phone_shows_where_the_clinic_knows(client, db):
    write_facts(replace(default_facts(), calls_show="Ridge Office"))
    page = page_of(client, send(client))
    assert "Your phone shows “Ridge Office”." in page
    # Without hours the promise in words stands in for the day.
    assert "We get in touch within one business day" in page


def test_spanish_says_it_in_spanish(saturday, client, db):
    address = send(client, "/consultation/es/")
    # The same page, one tap away in the other language.
    assert f'href="{address}"' in client.get(address.replace("/es/", "/")).content.decode()
    page = page_of(client, address)
    assert "Le llamamos el lunes 30 de noviembre, de 8:00 a. m. a 5:00 p. m., al número" in page
    assert "Si para el lunes 30 de noviembre a las 5:00 p. m. no ha sabido de nosotros" in page


# --- its address ------------------------------------------------------------------------------------


def test_it_needs_no_database(saturday, client, no_database):
    address = send(client)
    no_database.clear()
    assert "on Monday, November 30" in page_of(client, address)
    assert client.get(f"{address}calendar/").status_code == 200
    assert no_database == []


def test_the_address_shows_nothing_of_what_was_chosen(client, db):
    by_mail = send(client, way="email", time_zone="America/New_York")
    by_phone = send(client, times=["1", "2"], time_zone="America/Puerto_Rico")
    assert len(by_mail) == len(by_phone)
    assert "email" not in by_mail
    assert "call" not in by_phone


def test_nobody_makes_an_address_from_another(client, db):
    first, second = (send(client, name=name).split("/") for name in ("One", "Two"))
    for wrong in (first[-2][:-1] + "A", second[-2], "", "x", "A" * 400):
        assert client.get("/".join([*first[:-2], wrong, ""])).status_code == 404
        assert client.post("/".join([*first[:-2], wrong, ""])).status_code == 404
    assert not copies().exists()


@pytest.mark.parametrize("without_copy", [True, False])
def test_addresses_of_the_release_before_still_open(client, db, without_copy):
    reference = ConsultRequest.objects.get(reference=send(client).split("/")[3]).reference
    page = page_of(client, f"{FORM}received/{reference}/{proof_for(reference, without_copy=without_copy)}/")
    assert ("No copy is sent by e-mail" in page) == without_copy
    assert "We get in touch within one business day" in page
    assert "E-mail me a copy" not in page


def test_no_page_after_the_form_is_kept(client, db):
    address = send(client)
    for answer in (client.get(address), client.get(f"{address}calendar/"), client.post(address)):
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies


# --- the copy ---------------------------------------------------------------------------------------


def test_the_copy_goes_once_to_the_address_of_the_request(client, db):
    address = send(client)
    assert "E-mail me a copy" in page_of(client, address)
    # A double tap, and once more from the page that says it is on its way.
    answers = {client.post(address).url, client.post(address, {"email": "other@example.org"}).url}
    [after] = answers
    assert client.post(after).url == after
    page = page_of(client, after)
    assert "The copy is on its way to the address you gave." in page
    assert "E-mail me a copy" not in page
    assert send_due() == 2
    assert [sent.to for sent in mail.outbox if "reference" in sent.body and sent.to == [ADDRESS]] == [
        [ADDRESS]
    ]
    assert copies().count() == 1


def test_nobody_is_offered_a_copy_who_gave_no_address(client, db):
    address = send(client, email="", way="call")
    assert "E-mail me a copy" not in page_of(client, address)
    client.post(address)
    assert not copies().exists()


def test_a_form_of_the_release_before_may_still_ask_with_its_box(client, db):
    token = re.search(r'name="token" value="([^"]+)"', client.get(FORM).content.decode())[1]
    address = client.post(FORM, answers(copy="yes", token=token)).url
    assert "The copy is on its way" in page_of(client, address)
    client.post(address)
    assert copies().count() == 1


def test_a_strangers_address_gets_no_more_copies_by_this_way_either(client, db, settings):
    settings.CONSULTS_INDEX_BITS = 24
    addresses = [send(client, name=f"Person {n}") for n in range(COPIES_TO_ADDRESS + 1)]
    answers = [client.post(address).url for address in addresses]
    assert copies().count() == COPIES_TO_ADDRESS
    assert "No copy is sent by e-mail" in page_of(client, answers[-1])
    assert "on its way" in page_of(client, answers[0])


def test_a_page_left_open_offers_no_copy_after_a_day(client, db):
    address = send(client)
    ConsultRequest.objects.update(created_at=F("created_at") - timedelta(days=1, minutes=1))
    assert "A copy is sent for one day only" in page_of(client, client.post(address).url)
    assert not copies().exists()


def test_what_looks_like_spam_is_sent_its_copy_once_a_person_says_so(client, db):
    address = send(client, remark_b="filled", note="http://a http://b http://c")
    consult = ConsultRequest.objects.get()
    assert consult.status == Status.QUARANTINE
    # The page tells a script nothing.
    assert "The copy is on its way" in page_of(client, client.post(address).url)
    assert not copies().exists()
    desk = UserFactory(group="Front desk")
    workflow.change_status(consult, actor=desk, version=consult.version, status=Status.NEW)
    assert copies().count() == 1


def test_while_the_database_is_away_the_wish_waits_with_the_request(client, db, settings):
    with refusing():
        address = send(client)
        answers = {client.post(address).url for _ in range(2)}
    assert ["on its way" in page_of(client, after) for after in answers] == [True]
    [wish] = files.wishes(settings.CONSULTS_SPOOL_DIR)
    assert wish.read_bytes() == b""
    # Its request isn't there yet: the wish waits on.
    pending = files.pending(settings.CONSULTS_SPOOL_DIR)
    assert workflow.replay_spool() == 1
    assert (len(pending), files.wishes(settings.CONSULTS_SPOOL_DIR)) == (1, [])
    assert copies().count() == 1
    assert workflow.replay_spool() == 0
    assert copies().count() == 1


def test_a_wish_whose_request_never_comes_is_forgotten_after_a_day(db, settings):
    folder = settings.CONSULTS_SPOOL_DIR
    files.keep_wish(folder, "AB2CD3EF4G")
    workflow.replay_spool()
    [wish] = files.wishes(folder)
    long_ago = clock.time() - timedelta(days=1, minutes=1).total_seconds()
    os.utime(wish, (long_ago, long_ago))
    workflow.replay_spool()
    assert files.wishes(folder) == []


def test_a_wish_that_nobody_can_keep_is_not_promised(client, db, settings):
    address = send(client)
    settings.CONSULTS_SPOOL_DIR.touch()
    with refusing():
        answer = client.post(address)
    assert answer.status_code == 503
    page = html.unescape(answer.content.decode())
    assert "The copy could not be asked for" in page
    assert "E-mail me a copy" in page
    assert "on its way" not in page


def refusing():
    """Let the database refuse everything."""

    def refuse(*_):
        raise DatabaseError("gone")

    return connection.execute_wrapper(refuse)


# --- calendar ---------------------------------------------------------------------------------------


def test_the_calendar_file_names_the_time_and_neither_clinic_nor_reason(saturday, client, db):
    address = send(client)
    answer = client.get(f"{address}calendar/")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART:20261130T150000Z" in lines
    assert "DTEND:20261201T000000Z" in lines
    assert "SUMMARY:A call" in lines
    assert all(len(line.encode()) <= 75 for line in lines)
    reference = ConsultRequest.objects.get().reference
    # Its own number is a digest, and holds any three signs by chance.
    told = re.sub("UID:[0-9a-f-]{36}\r\n", "", text).lower()
    for telling in ("Ridge", "555", "clinic", "consult", "localhost", reference, reference[:3]):
        assert telling.lower() not in told.replace("begin:vcalendar", "")
    assert client.get(f"{address}calendar/").content == answer.content


def test_it_has_an_entry_for_each_day_that_the_page_names(client, db):
    with time_machine.travel("2026-11-24 19:00:00Z", tick=False):
        address = send(client, "/consultation/es/", way="email")
        text = client.get(f"{address}calendar/").content.decode()
    assert text.count("BEGIN:VEVENT") == len(set(re.findall(r"UID:(.*)", text))) == 2
    assert "SUMMARY:Un mensaje" in text


def test_without_hours_there_is_no_calendar_file(client, db):
    write_facts(default_facts())
    address = send(client)
    assert client.get(f"{address}calendar/").status_code == 404
    assert "calendar" not in client.get(address).content.decode()


# --- a corrected form -------------------------------------------------------------------------------


def correction_of(client, address):
    """Return what the form posts that the page after another one leads to."""
    page = client.get(address).content.decode()
    corrects = re.search(r'name="corrects" value="([^"]+)"', page)[1]
    form = client.post(FORM, {"corrects": corrects, "back": "yes"}).content.decode()
    assert f'name="corrects" value="{corrects}"' in form
    return corrects


def test_a_corrected_form_is_linked_to_the_first_one(client, db):
    first = send(client)
    second = send(client, phone="(555) 555-0199", corrects=correction_of(client, first))
    send(client, phone="(555) 555-0198", corrects=correction_of(client, second))
    one, two, three = ConsultRequest.objects.order_by("pk")
    assert (one.same_as, two.same_as, three.same_as) == (None, one, one)
    contents, _notes = workflow.open_consult(three, actor=UserFactory(group="Front desk"), purpose="triage")
    assert contents["corrects"] == one.reference


@pytest.mark.parametrize("corrects", ["", "AB2CD3EF4G forged", "AB2CD3EF4G", " ", "x" * 4000])
def test_nobody_links_to_a_request_of_somebody_else(client, db, corrects):
    send(client)
    send(client, name="Other", corrects=corrects)
    assert not ConsultRequest.objects.exclude(same_as=None).exists()


def test_a_correction_survives_a_mistake_and_the_spool(client, db, settings):
    corrects = correction_of(client, send(client))
    wrong = client.post(FORM, form_data(name="", corrects=corrects))
    assert f'value="{corrects}"' in wrong.content.decode()
    with refusing():
        send(client, name="Anew", corrects=corrects)
    assert workflow.replay_spool() == 1
    one, two = ConsultRequest.objects.order_by("pk")
    assert two.same_as == one


def test_what_corrects_nothing_lies_in_the_spool_as_the_release_before_reads_it(client, db, settings):
    with refusing():
        send(client)
    [file] = files.pending(settings.CONSULTS_SPOOL_DIR)
    assert "corrects" not in files.read(file)[0]


def test_the_desk_sees_what_was_corrected_and_by_which_request(client, desk, patient):
    """Changed her mind: evenings, and another number."""
    first = send(patient, times=["1"], note="Ring twice.")
    send(patient, times=["8"], phone="(555) 555-0199", email="", corrects=correction_of(patient, first))
    one, two = ConsultRequest.objects.order_by("pk")
    ConsultRequest.objects.filter(pk=one.pk).update(created_at=F("created_at") - timedelta(minutes=5))
    before = AuditEvent.objects.filter(action="reveal", detail="compared").count()
    later = page_of(client, reverse("consult_requests:detail", args=[two.pk]))
    assert "They sent this one to correct that one." in later
    changed = "number, e-mail address, note; times: Weekday morning, 8 to 12 → Weekday evening, 5 to 8"
    assert f"Changed since: {changed}." in later
    # One person's words stand together: the earlier one was opened as well, and that is noted.
    assert "Ring twice." in later
    assert one.timeline.filter(action="view", actor=desk).count() == 1
    assert AuditEvent.objects.filter(action="reveal", detail="compared").count() == before + 1
    earlier = page_of(client, reverse("consult_requests:detail", args=[one.pk]))
    assert "They sent that one to correct this one: go by it." in earlier
    assert f"Changed there: {changed}." in earlier
    assert "0199" not in earlier
    listed = page_of(client, reverse("consult_requests:index"))
    assert f"and 1 other request of the same person: {one.reference}" in listed


@pytest.fixture
def patient():
    return Client(headers=BROWSER)


@pytest.fixture
def desk(client, db):
    user = UserFactory(group="Front desk")
    client.force_login(user)
    return user


def test_a_corrected_form_joins_whom_the_desk_linked_meanwhile(client, db):
    """All point to the first one: a chain of links took the whole desk away."""
    desk = UserFactory(group="Front desk")
    send(client, name="Earlier", phone="(555) 555-0150")
    page = send(client, phone="(555) 555-0151")
    zero, one = ConsultRequest.objects.order_by("pk")
    workflow.link(one, actor=desk, version=one.version, same_as=zero)
    send(client, phone="(555) 555-0152", corrects=correction_of(client, page))
    two = ConsultRequest.objects.order_by("pk").last()
    assert (one.same_as, two.same_as) == (zero, zero)
    # And where it was linked in that very moment.
    ConsultRequest.objects.filter(pk=two.pk).update(same_as=one)
    client.force_login(desk)
    assert two.reference in client.get("/admin/requests/").content.decode()
    assert workflow.straighten_threads() == 1
    two.refresh_from_db()
    assert two.same_as == zero
    assert workflow.straighten_threads() == 0


@pytest.mark.parametrize("times", [["128", "128"], ["1", "1", "2", "1"]])
def test_a_time_that_is_sent_twice_counts_once(client, db, times):
    send(client, times=times)
    assert ConsultRequest.objects.get().best_times == sum({int(time) for time in times})


@pytest.mark.parametrize("how", ["spam", "closed"])
def test_who_sends_it_again_after_it_was_ended_is_there_again(client, db, how):
    desk = UserFactory(group="Front desk")
    send(client)
    [one] = ConsultRequest.objects.all()
    workflow.open_consult(one, actor=desk, purpose="triage")
    reason = "no_contact" if how == "closed" else ""
    workflow.change_status(one, actor=desk, version=one.version, status=how, reason=reason)
    for _ in range(2):
        send(client)
    one, two = ConsultRequest.objects.order_by("pk")
    assert (one.status, two.status) == (how, "new")
    assert OutboxMessage.objects.filter(reference=two.reference, template="staff_notice").count() == 1
    # As often as it is ended.
    workflow.open_consult(two, actor=desk, purpose="triage")
    workflow.change_status(two, actor=desk, version=two.version, status="spam")
    send(client)
    assert ConsultRequest.objects.count() == 3
