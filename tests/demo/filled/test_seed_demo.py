"""The whole demonstration, built once and looked at from several sides."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from blog.models import BlogPage
from clinic.core.models import ClinicImage, ClinicSettings, Faq, HomePage
from clinic.demo.builders.site import MENU_ORDER
from clinic.demo.pictures.scenes import SCENES
from clinic.locations.models import LocationPage
from clinic.team.models import PersonPage

from .texts import blocks_used, texts, vocabularies

# On PostgreSQL the demo is filled by the walk through it.
# With the second mark pytest-django makes a database, which the `site` fixture fills.
pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.long]

TREE = """
/ /first-visit/ /treatments/ /treatments/iv-ketamine-infusion/ /treatments/im-ketamine-injection/
/treatments/therapy-around-treatment/ /treatments/compare-iv-and-im/
/blog/ /blog/intramuscular-ketamine-injections/ /blog/effects-of-psychological-therapy/
/blog/rls-and-mood-disorders/ /blog/what-off-label-means/ /blog/why-you-need-a-ride-home/
/blog/questions-to-ask-any-ketamine-clinic/ /blog/blood-pressure-and-ketamine/
/team/ /team/medical-director/ /team/psychiatrist/ /team/nurse-anesthetist/ /team/therapist/
/team/front-desk/ /locations/ /locations/north-ridge/ /locations/river-street/ /questions/ /fees/ /policies/
/policies/privacy-notice/ /policies/notice-of-privacy-practices/ /policies/terms/ /policies/accessibility/
/policies/how-we-write/ /policies/cookies/
""".split()
BRIEF_TITLES = {
    "Intramuscular Ketamine Injections",
    "Effects of Psychological Therapy",
    "RLS & Mood Disorders",
}
PHONE = re.compile(r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\+1\d{10}\b")
INVENTED_PHONE = re.compile(r"(?:\+1)?\d{3}55501\d\d")
MAIL = re.compile(r"[\w.+-]+@([\w.-]+\w)")
PAGE_LINK = re.compile(r'linktype=\\?"page\\?" id=\\?"(\d+)')


def seed(*options):
    call_command("seed_demo", "--no-renditions", *options, verbosity=0)


def counts():
    skipped = {"indexentry", "sqliteftsindexentry"}
    return {m._meta.label: m.objects.count() for m in apps.get_models() if m._meta.model_name not in skipped}


def keys():
    return {page.url_path: page.pk for page in Page.objects.all()}


def test_a_second_run_adds_nothing_and_keeps_the_keys(site):
    before = counts(), keys()
    seed()
    assert (counts(), keys()) == before


def test_a_second_run_keeps_what_an_editor_changed(site):
    with transaction.atomic():
        page = Page.objects.get(slug="therapist").specific
        page.title = "Talks (changed)"
        page.save_revision().publish()
        ClinicSettings.objects.update(phone="(555) 555-0199")
        Page.objects.get(slug="fees").move(HomePage.objects.get(), pos="first-child")
        seed()
        assert PersonPage.objects.get(slug="therapist").title == "Talks (changed)"
        assert ClinicSettings.objects.get().phone == "(555) 555-0199"
        assert HomePage.objects.get().get_children().first().slug == "fees"
        transaction.set_rollback(True)


def test_the_tree_is_what_was_planned(site):
    home = HomePage.objects.get()
    found = Page.objects.descendant_of(home, inclusive=True)
    assert sorted(p.url_path.removeprefix(home.url_path.rstrip("/")) for p in found) == sorted(TREE)


def test_the_home_page_takes_the_place_of_the_one_that_came_with_wagtail(site):
    assert [page.specific_class for page in Page.get_first_root_node().get_children()] == [HomePage]
    assert Site.objects.get().root_page.specific == HomePage.objects.get()


def test_the_site_moves_with_its_address(site, settings):
    assert Site.objects.get().root_url == settings.SITE_URL
    with transaction.atomic():
        settings.SITE_URL = "http://127.0.0.1:8765"
        seed()
        assert Site.objects.get().root_url == settings.SITE_URL
        transaction.set_rollback(True)


def test_the_menu_has_the_sections_in_order(site):
    menu = HomePage.objects.get().get_children().live().in_menu()
    assert [page.slug for page in menu] == MENU_ORDER


def test_the_blog_shows_every_editorial_state(site):
    now, today = timezone.now(), timezone.localdate()
    posts = BlogPage.objects.order_by("slug")
    assert set(posts.live().values_list("title", flat=True)) >= BRIEF_TITLES
    scheduled, draft = (
        posts.get(slug="why-you-need-a-ride-home"),
        posts.get(slug="blood-pressure-and-ketamine"),
    )
    assert (scheduled.live, scheduled.status_string) == (False, "scheduled")
    assert scheduled.scheduled_revision.approved_go_live_at > now
    assert (draft.live, draft.status_string, draft.scheduled_revision) == (False, "draft", None)
    assert draft.latest_revision is not None
    overdue = posts.live().filter(next_review_on__lt=today)
    assert [post.slug for post in overdue] == ["what-off-label-means"]


def test_no_page_pretends_to_be_reviewed(site):
    pages = [page for page in Page.objects.specific() if hasattr(page, "is_reviewed")]
    assert len(pages) == 11
    assert [page for page in pages if page.is_reviewed] == []


def test_every_block_of_every_vocabulary_is_used(site):
    assert set(vocabularies()) - blocks_used() == set()


def test_every_topic_of_questions_has_several(site):
    topics = list(Faq.objects.values_list("topic", flat=True))
    assert {topic: topics.count(topic) >= 3 for topic in Faq.Topic} == dict.fromkeys(Faq.Topic, True)


def test_places_differ_and_one_tells_of_a_closure(site):
    ridge, river = LocationPage.objects.order_by("slug")
    assert ridge.weekly_hours != river.weekly_hours
    assert "–" in dict(river.weekly_hours)["Monday"].split(",")[1]  # after the lunch break
    assert [c["hours"] for c in ridge.upcoming_closures] == ["Closed", "9:00\xa0am – 12:00\xa0pm"]
    assert "closed" in ridge.current_notice
    assert ridge.notice_until >= timezone.localdate() + timedelta(days=7)


def test_the_team_are_roles_without_licenses(site):
    assert all(person.title.endswith("(sample)") for person in PersonPage.objects.all())
    assert set(PersonPage.objects.values_list("licence_number", flat=True)) == {""}


def test_pictures_are_stored(site):
    assert set(ClinicImage.objects.values_list("title", flat=True)) == {s.title for s in SCENES.values()}


def test_the_document_is_a_pdf(site):
    with get_document_model().objects.get().open_file() as file:
        assert file.read(5) == b"%PDF-"


def test_links_between_pages_lead_to_pages(site):
    linked = {int(key) for _place, text in texts() for key in PAGE_LINK.findall(text)}
    live = set(Page.objects.live().values_list("pk", flat=True))
    assert linked - live == set()
    assert len(linked) > 10


def test_every_phone_number_is_invented(site):
    found = {(place, m[0]) for place, text in texts() for m in PHONE.finditer(text)}
    assert {f for f in found if not INVENTED_PHONE.fullmatch(re.sub(r"[^\d+]", "", f[1]))} == set()


def test_every_mail_address_is_invented(site):
    assert {m[1] for _place, text in texts() for m in MAIL.finditer(text)} == {"example.org"}


def test_it_refuses_where_there_is_no_demonstration(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("seed_demo")


def test_it_can_be_forced(site, settings):
    settings.DEMO_MODE = False
    with transaction.atomic():
        seed("--force")
        transaction.set_rollback(True)
