"""A picture or document that was deleted leaves no trace on public pages."""

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html

from clinic.core.models import ClinicImage
from tests.core.picture_files import encoded
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    PersonPageFactory,
    TeamIndexPageFactory,
)

pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def picture(db):
    file = ContentFile(encoded(Image.new("RGB", (900, 600), "teal"), "JPEG"), name="a.jpg")
    picture = ClinicImage.objects.create(title="Lake", file=file)
    for spec in ("format-jpeg|width-400", "format-webp|width-400"):
        picture.make_rendition(spec)
    return picture


@pytest.fixture
def document(db):
    return get_document_model().objects.create(title="Sheet", file=ContentFile(b"%PDF-1.7", name="sheet.pdf"))


def post_with(picture, document):
    figure = {"image": picture.pk, "alt_text": "A lake", "decorative": False}
    body = [
        {
            "type": "text",
            "value": f'<p>Read <a linktype="document" id="{document.pk}">the sheet</a> first.</p>',
        },
        {"type": "figure", "value": {"image": figure, "caption": "Words below", "source": "Somebody"}},
        {"type": "download", "value": {"document": document.pk, "title": "To print", "language": "English"}},
    ]
    blog = BlogIndexPageFactory(parent=HomePageFactory.make_site())
    return BlogPageFactory(parent=blog, picture=picture, body=body)


def article(client, page):
    """The words of the page between the head and the share row."""
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode().partition('<div id="text">')[2].partition("share")[0]


def test_what_is_there_is_shown(client, picture, document):
    words = article(client, post_with(picture, document))
    for part in ("<figure", "Words below", "To print", 'href="/documents/'):
        assert part in words


def test_what_was_deleted_leaves_no_trace(client, picture, document):
    post = post_with(picture, document)
    picture.delete()
    document.delete()
    words = article(client, post)
    for part in ("<figure", "<img", "Words below", "Somebody", "To print", "href", "missing", "placeholder"):
        assert part not in words
    assert "the sheet" in words
    assert "article__picture" not in client.get(post.url).content.decode()


def test_a_portrait_that_was_deleted_leaves_the_person(client, picture):
    team = TeamIndexPageFactory(parent=HomePageFactory.make_site())
    person = PersonPageFactory(parent=team, portrait=picture)
    picture.delete()
    for page in (team, person):
        answer = client.get(page.url)
        assert answer.status_code == 200
        assert "<img" not in answer.content.decode()


def test_a_document_whose_file_is_gone_is_not_found(client, document):
    HomePageFactory.make_site()
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


def embed(picture, alt="A lake"):
    return expand_db_html(f'<p>x</p><embed embedtype="image" id="{picture.pk}" format="left" alt="{alt}"/>')


def test_a_picture_in_the_text_is_shown_as_in_a_figure(picture):
    words = embed(picture)
    assert "<picture>" in words and 'alt="A lake"' in words


def test_a_picture_in_the_text_that_is_gone_leaves_no_trace(picture):
    number = picture.pk
    picture.delete()
    picture.pk = number
    assert embed(picture) == "<p>x</p>"
