"""The notice above every page: from its minute until its minute, whatever else is there."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clinic.core.facts import default_facts, publish_facts, read_facts
from clinic.core.facts.snapshot import NOTICE_LEVELS
from clinic.core.models import SiteNotice
from clinic.core.moments import WRONG_YEAR
from tests.factories.pages import HomePageFactory, StandardPageFactory
from tests.factories.users import UserFactory
from tests.site.http import Document

pytestmark = pytest.mark.once
NOON = datetime(2026, 12, 1, 19, tzinfo=UTC)
HOUR = timedelta(hours=1)
MARK = "data-notice="


@pytest.fixture(autouse=True)
def own_snapshot(settings, tmp_path):
    settings.CLINIC_FACTS_FILE = tmp_path / "facts.json"


def notice(text="We close early.", *, begins=NOON, ends=NOON + HOUR, **values):
    return SiteNotice.objects.create(text=text, shows_from=begins, shows_until=ends, **values)


@pytest.mark.parametrize(("seconds", "shows"), [(-1, False), (0, True), (3599, True), (3600, False)])
def test_it_shows_from_its_minute_until_its_minute_without_anything_being_written(client, db, seconds, shows):
    HomePageFactory.make_site()
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        notice()
        publish_facts()
    with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
        assert ("We close early." in client.get("/").content.decode()) is shows


def test_fixed_routes_and_errors_show_it_without_a_database(client, db, django_assert_num_queries):
    notice()
    publish_facts()
    with time_machine.travel(NOON, tick=False):
        for address in (reverse("get_help_now"), reverse("consultation")):
            with django_assert_num_queries(0):
                assert MARK in client.get(address).content.decode()
        assert MARK in client.get("/nothing-here/").content.decode()


def test_one_shows_at_a_time_and_it_is_the_one_that_weighs_most(db):
    notice("Until late.", ends=NOON + 5 * HOUR)
    notice("Began last.", begins=NOON + HOUR, ends=NOON + 5 * HOUR)
    notice("Storm.", begins=NOON + 2 * HOUR, ends=NOON + 3 * HOUR, level="urgent")
    with time_machine.travel(NOON, tick=False):
        publish_facts()
    said = []
    for hours in (0, 1, 2, 3, 5):
        with time_machine.travel(NOON + hours * HOUR, tick=False):
            said.append(shown.text if (shown := read_facts().notice) else None)
    assert said == ["Until late.", "Began last.", "Storm.", "Began last.", None]


@pytest.mark.parametrize("level", NOTICE_LEVELS)
def test_only_the_urgent_one_cannot_be_closed_and_each_says_its_level_in_words(client, db, level):
    HomePageFactory.make_site()
    notice(level=level)
    publish_facts()
    with time_machine.travel(NOON, tick=False):
        html = client.get("/").content.decode()
    assert ("data-close-notice" in html) is (level != "urgent")
    assert Document(html.encode()).errors == []
    # Nothing is offered that only a script can do.
    assert html.count("data-close-notice") == html.count("hidden data-close-notice")
    words = {"info": None, "important": "Important:", "urgent": "Urgent:"}[level]
    assert words is None or f"<strong>{words}</strong>" in html


def test_levels_are_those_of_the_model():
    assert tuple(SiteNotice.Level.values) == NOTICE_LEVELS


def test_spanish_pages_say_it_in_spanish_where_somebody_wrote_it(client, db):
    notice(text_es="Cerramos temprano.")
    publish_facts()
    with time_machine.travel(NOON, tick=False):
        assert "Cerramos temprano." in client.get(reverse("get_help_now_es")).content.decode()
        assert "Cerramos" not in client.get(reverse("get_help_now")).content.decode()
    SiteNotice.objects.update(text_es="")
    publish_facts()
    with time_machine.travel(NOON, tick=False):
        assert '<span lang="en">We close early.' in client.get(reverse("get_help_now_es")).content.decode()


def test_its_link_leads_to_what_everybody_may_see_alone(client, db):
    page = StandardPageFactory(parent=HomePageFactory.make_site(), title="Holidays", slug="holidays")
    notice(page=page)
    with time_machine.travel(NOON, tick=False):
        publish_facts()
        assert '<a href="/holidays/"' in client.get("/get-help-now/").content.decode()
        page.unpublish()
        publish_facts()
        html = client.get("/get-help-now/").content.decode()
    assert MARK in html
    assert "/holidays/" not in html


def test_another_text_is_another_notice_for_whoever_closed_it(db):
    row = notice()
    with time_machine.travel(NOON, tick=False):
        publish_facts()
        first = read_facts().notice.key
        publish_facts()
        assert read_facts().notice.key == first
        row.text = "We close late."
        row.save()
        publish_facts()
        assert read_facts().notice.key != first


def test_a_text_that_looks_like_code_is_text(client, db):
    notice("<script>alert(1)</script>")
    publish_facts()
    with time_machine.travel(NOON, tick=False):
        assert "<script>alert" not in client.get("/get-help-now/").content.decode()


def test_what_is_over_leaves_the_file_and_files_of_before_are_read(db, settings):
    notice()
    with time_machine.travel(NOON + HOUR, tick=False):
        assert publish_facts().notices == []
    text = settings.CLINIC_FACTS_FILE.read_text()
    settings.CLINIC_FACTS_FILE.write_text(text.replace('"notices"', '"of_another_release"'))
    assert read_facts() == default_facts()


# --- editing ------------------------------------------------------------------------------------------------


def form(**values):
    times = {"shows_from": "2026-12-01 12:00", "shows_until": "2026-12-01 13:00"}
    return {"text": "We close early.", "level": "info", **times, **values}


@time_machine.travel(NOON - timedelta(days=2), tick=False)
def test_editors_write_one_and_it_is_there(client, db, django_capture_on_commit_callbacks):
    client.force_login(UserFactory(group="Editors"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(SiteNotice.snippet_viewset.get_url_name("add")), form())
    assert [one.text for one in read_facts().notices] == ["We close early."]
    listing = client.get(reverse(SiteNotice.snippet_viewset.get_url_name("list"))).content.decode()
    assert "planned" in listing


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"shows_until": ""}, "required"),
        ({"shows_from": ""}, "required"),
        ({"shows_until": "2026-12-01 11:00"}, "must end after it begins"),
        ({"shows_from": "2026-11-01 11:00", "shows_until": "2026-11-02 11:00"}, "nobody would see"),
        ({"text": "x" * 241}, "at most 240 characters"),
        ({"text": "  "}, "required"),
    ],
)
def test_what_nobody_would_see_is_refused_with_its_reason(client, db, values, message):
    client.force_login(UserFactory(group="Editors"))
    answer = client.post(reverse(SiteNotice.snippet_viewset.get_url_name("add")), form(**values))
    assert message in answer.content.decode()
    assert not SiteNotice.objects.exists()


def test_one_that_shows_can_be_ended_now(db):
    row = notice(begins=timezone.now() - HOUR, ends=timezone.now() + HOUR)
    row.shows_until = timezone.now()
    row.full_clean()


def test_the_database_refuses_it_too(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        notice(ends=NOON)
    with pytest.raises(ValidationError):
        SiteNotice(text="A", shows_from=NOON, shows_until=NOON).full_clean()


@pytest.mark.parametrize(
    ("begins", "ends"), [("2026-12-01 00:00", "9999-12-31 23:59"), ("0001-01-01 00:00", "2099-01-01 00:00")]
)
def test_a_year_beyond_all_clocks_is_refused(client, db, begins, ends):
    HomePageFactory.make_site()
    client.force_login(UserFactory(group="Editors"))
    typed = {"text": "Closed", "text_es": "", "page": "", "level": "info"}
    address = reverse("wagtailsnippets_core_sitenotice:add")
    answer = client.post(address, typed | {"shows_from": begins, "shows_until": ends})
    assert WRONG_YEAR in str(answer.context["form"].errors)
    assert not SiteNotice.objects.exists()
