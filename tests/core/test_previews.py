"""What editors look at before they publish: in each way, of each kind of page."""

import base64
import re
from io import BytesIO

import pytest
from PIL import Image

from clinic.core.models import ClinicImage, SharePicture
from clinic.core.previews import MODES
from tests.core.picture_files import photo_of_phone, upload
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    PersonPageFactory,
    TeamIndexPageFactory,
    TreatmentIndexPageFactory,
    TreatmentPageFactory,
)
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def blog(client):
    client.force_login(UserFactory(group="Editors"))
    return BlogIndexPageFactory(parent=HomePageFactory.make_site())


def look(client, page, mode):
    """Return the preview of the latest draft in one of the ways."""
    response = client.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"] or "private" in response["Cache-Control"]
    return response.content.decode()


def draft(blog, **kwargs):
    """Make a post that has another title in its draft."""
    page = BlogPageFactory(parent=blog, title="As it was", **kwargs)
    page.title = "As it will be"
    page.save_revision()
    return page


@pytest.mark.parametrize("mode", [name for name, _label in MODES])
def test_each_way_shows_the_draft(client, blog, mode):
    assert "As it will be" in look(client, draft(blog), mode)


@pytest.mark.parametrize("mode", [name for name, _label in MODES])
def test_each_kind_of_page_can_be_looked_at(client, blog, mode):
    home = blog.get_parent().specific
    pages = [
        home,
        blog,
        TreatmentPageFactory(parent=TreatmentIndexPageFactory(parent=home)),
        PersonPageFactory(parent=TeamIndexPageFactory(parent=home)),
    ]
    for page in pages:
        page.save_revision()
        assert page.title in look(client, page, mode)


def test_the_editor_offers_each_way(client, blog):
    page = client.get(f"/admin/pages/{draft(blog).pk}/edit/").content.decode()
    for mode, label in MODES:
        assert re.search(rf'<option value="{mode}"[^>]*>\s*{label}', page), label


@pytest.mark.parametrize(("mode", "sheet"), [("", "site"), ("dark", "dark"), ("paper", "paper")])
def test_the_colours_come_with_the_stylesheet(client, blog, mode, sheet):
    sheets = re.findall(r"/static/css/(\w+)", look(client, draft(blog), mode))
    assert sheets == [sheet]


def test_visitors_choose_no_way(client, blog):
    page = BlogPageFactory(parent=blog)
    client.logout()
    for mode in ("dark", "search"):
        shown = client.get(page.url, {"mode": mode, "preview_mode": mode}).content.decode()
        assert re.findall(r"/static/css/(\w+)", shown) == ["site"]


def test_a_search_cuts_what_is_long_and_says_so(client, blog):
    page = look(client, draft(blog, seo_title="T" * 80, search_description="word " * 60), "search")
    assert "T" * 59 + "…" in page and "T" * 60 not in page
    assert page.count("is cut after about") == 2


def test_a_page_without_a_summary_is_told_so(client, blog):
    page = draft(blog, summary="")
    assert "Without a summary" in look(client, page, "search")
    assert "Without a summary" in look(client, page, "card")


def picture_in(page):
    content = re.search(r'src="data:image/\w+;base64,([^"]+)"', page)[1]
    return Image.open(BytesIO(base64.b64decode(content)))


def test_a_shared_link_goes_with_a_card_before_readers_have_one(client, blog):
    page = look(client, draft(blog), "card")
    assert picture_in(page).size == (1200, 630)
    assert "As it will be – " in re.search(r'alt="([^"]*)"', page)[1]


def test_the_picture_that_was_chosen_goes_along(client, blog):
    picture = ClinicImage(title="a", description="A quiet lake", file=upload(photo_of_phone(), "a.heic"))
    picture.save()
    page = draft(blog)
    page.share_pictures = [SharePicture(picture=picture)]
    page.save_revision()
    shown = look(client, page, "card")
    assert 'alt="A quiet lake"' in shown and picture_in(shown).format == "JPEG"


def test_a_title_that_no_face_can_write_goes_with_the_card_of_the_clinic(client, blog):
    page = draft(blog, seo_title="漢字")
    shown = look(client, page, "card")
    assert "漢字" in shown and "漢字" not in re.search(r'alt="([^"]*)"', shown)[1]


def test_an_unknown_way_is_the_usual_one(client, blog):
    assert "As it will be" in look(client, draft(blog), "x" * 300)
