"""The whole demonstration, built once and looked at from several sides."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from blog.models import BlogPage
from clinic.core.models import HomePage
from clinic.demo.pictures.scenes import SCENES

TREE = """
/treatments/ /treatments/iv-ketamine-infusion/ /treatments/im-ketamine-injection/
/treatments/therapy-around-treatment/ /treatments/compare-iv-and-im/
/blog/ /team/ /team/medical-director/ /team/psychiatrist/ /team/nurse-anesthetist/ /team/therapist/
/team/front-desk/ /locations/ /locations/north-ridge/ /locations/river-street/ /questions/ /fees/ /policies/
/policies/privacy-notice/ /policies/notice-of-privacy-practices/ /policies/terms/ /policies/accessibility/
/policies/how-we-write/ /policies/cookies/
""".split()
BRIEF_TITLES = {
    "Intramuscular Ketamine Injections",
    "Effects of Psychological Therapy",
    "RLS & Mood Disorders",
}
# Phrases that not even a denial needs.
NEVER_SAID = re.compile(
    r"not addictive|non-addictive|non-habit-forming|no side effects|miracle|breakthrough|risk-free|\bcures?\b"
    r"|guaranteed|prevents suicide|committed suicide|click here|read more|hipaa compliant",
    re.IGNORECASE,
)
PHONE = re.compile(r"\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\+1\d{10}\b")
INVENTED_PHONE = re.compile(r"(?:\+1)?\d{3}55501\d\d")


def specific_pages():
    return Page.objects.filter(depth__gt=1).specific()


def stream_fields(page):
    return [f.name for f in page._meta.get_fields() if isinstance(f, StreamField)]


def texts():
    """Everything anybody wrote for the demo: raw field values of pages, questions and settings."""
    for model in apps.get_models():
        if model._meta.app_label in ("core", "treatments", "team", "locations", "blog", "wagtailcore"):
            for thing in model.objects.all():
                for field in model._meta.concrete_fields:
                    value = getattr(thing, field.attname)
                    raw = list(value.raw_data) if isinstance(value, StreamValue) else value
                    if isinstance(raw, (str, list)):
                        yield f"{model.__name__} {thing.pk} {field.name}", strip_tags(str(raw))


def counts():
    skipped = {"indexentry", "sqliteftsindexentry"}
    return {m._meta.label: m.objects.count() for m in apps.get_models() if m._meta.model_name not in skipped}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, in a transaction that is undone after this module."""
    folder = tmp_path_factory.mktemp("seed")
    changed = {"VAR_DIR": folder, "MEDIA_ROOT": str(folder / "media"), "DEMO_MODE": True}
    with django_db_blocker.unblock(), override_settings(**changed), transaction.atomic():
        call_command("seed_demo", "--no-renditions", verbosity=0)
        yield folder
        transaction.set_rollback(True)


def test_a_second_run_adds_nothing(site):
    before = counts()
    call_command("seed_demo", "--no-renditions", verbosity=0)
    assert counts() == before


def test_the_tree_is_complete(site):
    home = HomePage.objects.get()
    paths = {p.url_path.removeprefix(home.url_path.rstrip("/")) for p in Page.objects.descendant_of(home)}
    assert set(TREE) - paths == set()


def test_the_blog_has_its_titles_and_every_editorial_state(site):
    assert set(BlogPage.objects.live().values_list("title", flat=True)) >= BRIEF_TITLES
    assert BlogPage.objects.not_live().filter(go_live_at__isnull=True).exists()
    assert BlogPage.objects.not_live().filter(go_live_at__isnull=False).exists()


def test_every_block_is_used(site):
    used, offered = Counter(), set()
    for page in specific_pages():
        for name in stream_fields(page):
            value = getattr(page, name)
            offered |= set(value.stream_block.child_blocks)
            used.update(child.block_type for child in value)
    assert offered - set(used) == set()


def test_pictures_are_stored_and_drawn_as_svg(site):
    assert {p.stem for p in (site / "demo-pictures").iterdir()} == set(SCENES)


def test_no_claim_is_made_that_must_not_be(site):
    found = {(place, m[0]) for place, text in texts() for m in NEVER_SAID.finditer(text)}
    assert found == set()


def test_every_phone_number_is_invented(site):
    found = {(place, m[0]) for place, text in texts() for m in PHONE.finditer(text)}
    assert {f for f in found if not INVENTED_PHONE.fullmatch(re.sub(r"[^\d+]", "", f[1]))} == set()


def test_it_refuses_where_there_is_no_demonstration(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="no demonstration"):
        call_command("seed_demo")
