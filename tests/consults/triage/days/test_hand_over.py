"""The hand-over card writes itself, by reference alone, and takes one sentence."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from consults import workflow
from consults.enums import Outcome, Priority, Status
from consults.models import AuditEvent, ClosureMove, ConsultRequest, HandOver
from tests.factories.consults import make_consult
from tests.factories.users import UserFactory, with_only
from tests.site.http import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("midday")]
PAGE, INDEX = "/admin/requests/hand-over/", "/admin/requests/"
TAKEN = f"{PAGE}taken/"


@pytest.fixture
def desk(client, midday):
    user = UserFactory(group="Front desk", username="bo")
    client.force_login(user)
    return user


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def sections(answer):
    """Return the text of each section by its heading."""
    found = {}
    for section in Document(answer.content).tree.iter("section"):
        heading = section.find("h2")
        if heading is not None:
            words = " ".join(" ".join(section.itertext()).split())
            found[" ".join("".join(heading.itertext()).split())] = words
    return found


def part(answer, title):
    return next(words for heading, words in sections(answer).items() if heading.startswith(title))


def at(hours):
    return timezone.now() + timedelta(hours=hours)


def agreed(user, hours, outcome=Outcome.CALL_BACK, **changes):
    consult = make_consult(times=[], **changes)
    workflow.record_outcome(consult, actor=user, version=consult.version, outcome=outcome, again_at=at(hours))
    return consult


def test_it_says_what_the_next_shift_finds_open(client, desk):
    ana = UserFactory(group="Front desk", username="ana")
    first = make_consult(times=[])
    workflow.set_priority(first, actor=ana, version=1, priority=Priority.FIRST)
    call, visit = agreed(ana, 24), agreed(ana, 48, Outcome.BOOKED)
    waits, tried = make_consult(times=[]), make_consult(times=[])
    workflow.claim(tried, actor=ana, version=1)
    suspected = make_consult(times=[])
    ConsultRequest.objects.filter(pk=suspected.pk).update(status=Status.QUARANTINE, next_action_at=at(1))
    answer = client.get(PAGE)
    assert first.reference in part(answer, "To be read first")
    promise = part(answer, "Agreed to be called back")
    assert call.reference in promise
    assert "tomorrow at" in promise
    assert "with ana" in promise
    assert visit.reference not in promise
    assert visit.reference in part(answer, "Booked for an appointment ahead")
    waiting = part(answer, "Due now")
    assert waits.reference in waiting
    assert "nobody has it" in waiting
    assert tried.reference in waiting
    assert "with ana" in waiting
    assert first.reference not in waiting
    assert "Look by" in part(answer, "Suspected spam that nobody has looked at")
    assert suspected.reference not in text(answer)
    assert "None at this moment: to be told, since we are closed at the agreed time." in text(answer)
    [event] = AuditEvent.objects.filter(action="list")
    assert set(event.references.split()) == {c.reference for c in (first, call, visit, waits, tried)}
    assert event.detail == "hand-over"


def test_looking_at_the_card_is_no_look_at_suspected_spam(client, desk):
    suspected = make_consult(times=[])
    ConsultRequest.objects.filter(pk=suspected.pk).update(status=Status.QUARANTINE, next_action_at=at(1))
    client.get(PAGE)
    suspected.refresh_from_db()
    assert suspected.shown_at is None


def test_whose_agreed_time_fell_on_a_closed_day_is_to_be_told(client, desk):
    consult = agreed(desk, 24)
    ClosureMove.objects.create(consult=consult, fell_on=consult.agreed_at, comes_up_at=at(0), is_agreed=True)
    answer = client.get(PAGE)
    assert consult.reference in part(answer, "To be told")
    assert "agreed to be called back" in text(answer)


def test_appointments_stand_on_it_by_their_own_time_whatever_else_was_agreed(client, desk):
    both, on_record, seen = (agreed(desk, 72, Outcome.BOOKED) for _ in range(3))
    workflow.record_outcome(
        both, actor=desk, version=both.version, outcome=Outcome.CALL_BACK, again_at=at(24)
    )
    for consult in (on_record, seen):
        workflow.put_on_record(consult, actor=desk, version=consult.version)
    seen.appointments.update(starts_at=at(-2))
    answer = client.get(PAGE)
    calls, booked = (
        part(answer, "Agreed to be called back (1)"),
        part(answer, "Booked for an appointment ahead (2)"),
    )
    assert both.reference in calls
    assert "tomorrow at" in calls
    assert both.reference in booked
    assert on_record.reference in booked
    assert "On record; still to be seen" in booked
    assert "tomorrow" not in booked
    assert seen.reference not in text(answer)


def test_whoever_is_on_record_is_told_of_a_closed_day_by_the_card(client, desk):
    consult = agreed(desk, 72, Outcome.BOOKED)
    workflow.put_on_record(consult, actor=desk, version=consult.version)
    [planned] = consult.appointments.all()
    ClosureMove.objects.create(consult=consult, fell_on=planned.starts_at, comes_up_at=at(0), is_agreed=True)
    answer = client.get(PAGE)
    assert "tell them: agreed for" in part(answer, "To be told")
    assert "booked for an appointment ahead" in text(answer)


def test_no_name_stands_on_it_nor_in_title_or_log(client, desk, caplog):
    agreed(
        desk, 24, name="Markername", phone="(555) 555-0177", email="marker@example.org", note="Marker says"
    )
    client.post(PAGE, {"text": "Markerword of the shift."})
    answer = client.get(PAGE)
    page = answer.content.decode()
    assert "Markername" not in page
    assert "555-0177" not in page
    assert "marker@" not in page
    assert "Markerword of the shift." in page
    assert "no-store" in answer["Cache-Control"]
    title = page.partition("<title>")[2].partition("</title>")[0]
    assert "marker" not in str([title, caplog.text, list(AuditEvent.objects.values())]).lower()


def test_a_sentence_is_handed_over_and_taken_over_and_each_is_one_event(client, desk):
    ana = UserFactory(group="Front desk", username="ana")
    client.force_login(ana)
    assert client.post(PAGE, {"text": "The line of the lab is down."}).url == PAGE
    client.force_login(desk)
    # Reached from the desk, which says so and shows none of it.
    page = text(client.get(INDEX))
    assert "ana left a message" in page
    assert "the lab" not in page
    assert f'href="{PAGE}"' in page
    answer = client.get(PAGE)
    assert "The line of the lab is down." in part(answer, "From the last shift")
    assert "Nobody has taken over." in text(answer)
    handed = HandOver.objects.get()
    before = AuditEvent.objects.count()
    assert client.post(TAKEN, {"handed": str(handed.pk)}).url == PAGE
    assert AuditEvent.objects.count() == before + 1
    page = text(client.get(PAGE))
    assert "bo took over on" in page
    assert "Read, I take over" not in page
    assert "left a message for the next shift</strong>" not in text(client.get(INDEX))
    page = text(client.post(TAKEN, {"handed": str(handed.pk)}, follow=True))
    assert "Somebody took over already" in page
    assert "bo took over on" in page


def sent_along(answer):
    """Return what the button of whoever comes sends along."""
    form = next(f for f in Document(answer.content).tree.iter("form") if f.get("action") == TAKEN)
    return {"handed": [i.get("value") for i in form.iter("input") if i.get("name") == "handed"]}


def test_all_that_waits_stands_together_and_one_tap_closes_it(client, desk):
    ana = UserFactory(group="Front desk", username="ana")
    workflow.hand_over(actor=ana, text="One.")
    HandOver.objects.update(written_at=at(-1))
    client.post(PAGE, {"text": "Two."})
    assert "ana left a message" in text(client.get(INDEX))
    assert "bo left a message" in text(client.get(INDEX))
    answer = client.get(PAGE)
    said = part(answer, "From the last shift")
    assert said.index("One.") < said.index("Two.") < said.index("Read, I take over")
    assert "Earlier ones" not in text(answer)
    assert "You took over from ana, bo." in text(client.post(TAKEN, sent_along(answer), follow=True))
    assert "left a message for the next shift</strong>" not in text(client.get(INDEX))
    page = client.get(PAGE).content.decode()
    assert page.index("Two.") < page.index("Earlier ones") < page.index("One.")


def test_what_came_since_the_page_was_shown_waits_on(client, desk):
    client.post(PAGE, {"text": "One."})
    HandOver.objects.update(written_at=at(-1))
    shown = sent_along(client.get(PAGE))
    client.post(PAGE, {"text": "Two."})
    answer = client.post(TAKEN, shown, follow=True)
    assert "There is more that you have not read yet" in text(answer)
    assert "Two." in part(answer, "From the last shift")
    assert "Read, I take over" in part(answer, "From the last shift")


@pytest.mark.parametrize("handed", [[], [""], ["1"], ["x" * 36], ["9" * 60_000], [str(uuid4())] * 21])
def test_what_names_no_page_takes_nothing_over(client, desk, handed):
    client.post(PAGE, {"text": "One."})
    answer = client.post(TAKEN, {"handed": handed}, follow=True)
    assert "Nothing was taken over" in text(answer)
    assert HandOver.objects.waiting().count() == 1


def test_a_link_takes_nothing_over(client, desk):
    client.post(PAGE, {"text": "One."})
    assert client.get(TAKEN).status_code == 405


@pytest.mark.parametrize("typed", ["", "   ", "\x00\x07\u200b", "\u2800"])
def test_what_nobody_sees_is_no_sentence(client, desk, typed):
    answer = client.post(PAGE, {"text": typed})
    assert answer.status_code == 422
    assert "Write a sentence first." in text(answer)
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("length", [501, 5001, 60_000])
def test_too_much_is_refused_by_name_and_kept_in_the_field(client, desk, length):
    answer = client.post(PAGE, {"text": "Marker " + "x" * length})
    assert answer.status_code == 422
    assert "Use 500 characters or fewer." in text(answer)
    assert "Marker xxx" in answer.content.decode()
    assert not HandOver.objects.exists()


def test_control_characters_go_and_markup_is_text(client, desk):
    client.post(PAGE, {"text": "One\x00\x1b two\r\n<b>three</b>"})
    page = client.get(PAGE).content.decode()
    assert "One two<br>&lt;b&gt;three&lt;/b&gt;" in page


def test_the_longest_fits(client, desk):
    assert client.post(PAGE, {"text": "\U0001f642" * 500}).status_code == 302
    assert "\U0001f642" * 500 in client.get(PAGE).content.decode()


def test_who_may_only_read_reads(client, midday):
    client.force_login(with_only("Clinician", "view_consultrequest"))
    page = text(client.get(PAGE))
    assert "My shift ends" not in page
    assert client.post(PAGE, {"text": "x"}).status_code == 403
    assert not HandOver.objects.exists()
    assert list(AuditEvent.objects.values_list("action", flat=True).order_by("seq")) == ["list", "denied"]


@pytest.mark.parametrize("role", ["Editors", "Auditors", "Medical reviewers"])
def test_nobody_else_gets_in(client, midday, role):
    client.force_login(UserFactory(group=role))
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"text": "x"}).status_code == 403
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["denied", "denied"]


def test_it_costs_the_same_for_one_and_for_many(client, desk, count_queries):
    def fill(number):
        for _ in range(number):
            agreed(desk, 24)
            agreed(desk, 48, Outcome.BOOKED)
            make_consult(times=[])

    fill(1)
    client.post(PAGE, {"text": "One."})
    few = count_queries(lambda: client.get(PAGE))
    fill(30)
    for n in range(9):
        client.post(PAGE, {"text": f"{n}"})
    assert count_queries(lambda: client.get(PAGE)) == few
    answer = client.get(PAGE)
    assert "Agreed to be called back (31)" in sections(answer)
    assert "6 more aren’t shown here." in part(answer, "Agreed to be called back")
