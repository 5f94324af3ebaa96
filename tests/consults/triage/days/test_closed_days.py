"""Whoever saves other opening hours is told what becomes of requests, in counts; the worker does it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic.core.facts import publish_facts
from clinic.locations.models import LocationClosure, LocationHours
from consults import workflow
from consults.enums import Outcome
from consults.models import AuditEvent, ConsultRequest
from consults.triage.days.closed_days import in_words
from consults.workflow.days import closures
from tests.factories.consults import make_consult
from tests.factories.pages import HomePageFactory, LocationIndexPageFactory, LocationPageFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
DENVER = ZoneInfo("America/Denver")
# A Tuesday.
NOW = datetime(2026, 12, 1, 10, tzinfo=DENVER)


def december(day, hour):
    return datetime(2026, 12, day, hour, tzinfo=DENVER)


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def location(clock):
    index = LocationIndexPageFactory(parent=HomePageFactory.make_site())
    location = LocationPageFactory(parent=index)
    for day in range(5):
        LocationHours.objects.create(page=location, weekday=day, opens=time(9), closes=time(17))
    publish_facts()
    workflow.move_for_closures()
    return location


@pytest.fixture
def editor(client, clock):
    user = UserFactory(group="Editors")
    client.force_login(user)
    return user


def close(location):
    day = date(2026, 12, 3)
    LocationClosure.objects.create(page=location, first_day=day, last_day=day, reason="Sample")


def as_sent(bound):
    """Return the value of a field as the browser has it."""
    is_rich = isinstance(bound.field.widget, DraftailRichTextArea)
    return bound.field.widget.format_value(bound.value()) if is_rich else bound.value()


def form_of(form):
    """Return what a browser sends for a form and the rows in it."""
    fields = [*form, *(bound for formset in form.formsets.values() for row in formset for bound in row)]
    data = {bound.html_name: as_sent(bound) for bound in fields if bound.name != "body"}
    for formset in form.formsets.values():
        data |= {bound.html_name: bound.value() for bound in formset.management_form}
    return {name: value for name, value in data.items() if value is not None and value is not False}


def save(client, location, *, first_day=None, action="action-publish"):
    """Send the form of a location, with a closed day or without any."""
    address = reverse("wagtailadmin_pages:edit", args=[location.pk])
    page = Page.objects.get(pk=location.pk).specific.get_latest_revision_as_object()
    form = client.get(address).context["form"]
    data = {**form_of(form), **nested_form_data({"body": streamfield([])}), action: "yes"}
    if first_day:
        data |= {
            "closures-TOTAL_FORMS": "1",
            "closures-0-first_day": str(first_day),
            "closures-0-last_day": str(first_day),
            "closures-0-reason": "Sample",
            "closures-0-ORDER": "1",
            "closures-0-id": "",
        }
    else:
        data |= {f"closures-{n}-DELETE": "on" for n in range(page.closures.count())}
    return client.post(address, data, follow=True)


def said(answer):
    return " ".join(answer.content.decode().split())


def planned(moment):
    consult = make_consult(times=[])
    ConsultRequest.objects.filter(pk=consult.pk).update(next_action_at=moment)
    return consult


def promised(moment):
    consult = make_consult(times=[])
    workflow.record_outcome(
        consult,
        actor=UserFactory(group="Front desk"),
        version=consult.version,
        outcome=Outcome.CALL_BACK,
        again_at=moment,
    )
    return consult


def test_who_closes_a_day_is_told_and_the_worker_does_it(
    client, location, editor, django_capture_on_commit_callbacks
):
    plans, promise = [planned(december(3, 11)), planned(december(3, 12))], promised(december(3, 13))
    with django_capture_on_commit_callbacks(execute=True):
        page = said(save(client, location, first_day=date(2026, 12, 3)))
    assert (
        "2 plans move to when the clinic is open. 1 agreed time falls into hours that are closed now" in page
    )
    assert not any(consult.reference in page for consult in (*plans, promise))
    # Nothing has moved by the save itself.
    assert ConsultRequest.objects.filter(next_action_at=december(4, 9)).count() == 0
    assert workflow.move_for_closures() == 3
    assert ConsultRequest.objects.filter(next_action_at=december(4, 9)).count() == 2
    assert list(ConsultRequest.objects.to_be_told()) == [promise]
    # Who takes it back is told that, too.
    with django_capture_on_commit_callbacks(execute=True):
        page = said(save(client, location))
    assert "1 agreed time is open again, and nobody has to be told." in page
    assert workflow.move_for_closures() == 1


def test_nothing_is_said_where_nothing_moves(client, location, editor, django_capture_on_commit_callbacks):
    planned(december(4, 11))
    with django_capture_on_commit_callbacks(execute=True):
        answer = save(client, location, first_day=date(2026, 12, 3))
    assert answer.status_code == 200
    assert "planned for requests" not in said(answer)


def test_a_draft_moves_nothing(client, location, editor, django_capture_on_commit_callbacks):
    planned(december(3, 11))
    with django_capture_on_commit_callbacks(execute=True):
        page = said(save(client, location, first_day=date(2026, 12, 3), action="action-none"))
    assert "planned for requests" not in page
    assert workflow.move_for_closures() == 0


def test_counting_changes_nothing_and_is_bounded(location, monkeypatch):
    monkeypatch.setattr(closures, "MOST_COUNTED", 2)
    for hour in (11, 12, 13):
        planned(december(3, hour))
    close(location)
    before = list(ConsultRequest.objects.values()), AuditEvent.objects.count()
    closed = workflow.count_for_closures()
    assert (closed.moved, closed.is_part) == (2, True)
    assert "There are more" in in_words(closed)
    assert before == (list(ConsultRequest.objects.values()), AuditEvent.objects.count())


def test_whoever_is_on_record_and_still_to_be_seen_is_counted(location):
    desk, consult = UserFactory(group="Front desk"), make_consult(times=[])
    workflow.record_outcome(consult, actor=desk, version=1, outcome=Outcome.BOOKED, again_at=december(3, 11))
    workflow.put_on_record(consult, actor=desk, version=consult.version)
    close(location)
    assert workflow.count_for_closures() == workflow.Closed(to_tell=1)


def test_counting_costs_the_same_for_many(location, count_queries):
    planned(december(3, 11))
    close(location)
    few = count_queries(workflow.count_for_closures)
    for _ in range(30):
        planned(december(3, 11))
    assert count_queries(workflow.count_for_closures) == few
    assert workflow.count_for_closures().moved == 31
