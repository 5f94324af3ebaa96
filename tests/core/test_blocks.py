"""Every block can be described, previewed and rendered."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.template.loader import get_template
from PIL import Image
from wagtail.blocks import ListBlock, StructBlock
from wagtail.documents import get_document_model

from blog.blocks import BlogStoryBlock
from clinic.core.blocks import StoryBlock
from clinic.core.models import ClinicImage, Faq, RegulatoryStatement
from clinic.core.models.policies import EarlierVersionBlock
from clinic.treatments.blocks import OptionBlock, RowBlock, TreatmentStoryBlock
from tests.core.picture_files import encoded
from tests.factories.pages import (
    BlogIndexPageFactory,
    BlogPageFactory,
    HomePageFactory,
    StandardPageFactory,
)

pytestmark = pytest.mark.once

STORIES = [StoryBlock(), TreatmentStoryBlock(), BlogStoryBlock()]
BLOCKS = {name: block for story in STORIES for name, block in story.child_blocks.items()}


@pytest.fixture
def content(db):
    """One of each thing that a preview shows."""
    home = HomePageFactory.make_site()
    StandardPageFactory(parent=StandardPageFactory(parent=home))
    BlogPageFactory(parent=BlogIndexPageFactory(parent=home))
    Faq.objects.create(question="Can I drive?", answer="<p>Not that day.</p>", topic="visit")
    return RegulatoryStatement.objects.create(
        name="standing line",
        text="Approved as an anesthetic only.",
        source_title="A sample source",
        checked_on=date(2026, 11, 1),
        expires_on=date(2027, 5, 1),
    )


@pytest.mark.parametrize("name", BLOCKS)
def test_block_says_what_it_is_for(name):
    assert BLOCKS[name].get_description()


@pytest.mark.parametrize("name", BLOCKS)
def test_block_can_be_previewed(name, content):
    block = BLOCKS[name]
    assert block.is_previewable
    assert block.get_preview_value() is not None


@pytest.fixture
def picture_and_document(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = ContentFile(encoded(Image.new("RGB", (60, 40), "teal"), "JPEG"), name="a.jpg")
    picture = ClinicImage.objects.create(title="Lake", file=file)
    picture.make_rendition("format-jpeg|width-400")
    document = get_document_model().objects.create(title="Sheet", file=ContentFile(b"%PDF-1.7", name="a.pdf"))
    return picture, document


@pytest.mark.parametrize("name", BLOCKS)
def test_block_renders_its_preview(name, content, picture_and_document):
    block = BLOCKS[name]
    assert block.meta.template == f"blocks/{name}.html"
    get_template(block.meta.template)
    assert block.render(block.get_preview_value()).strip()


@pytest.mark.parametrize("block", [OptionBlock(), RowBlock(), EarlierVersionBlock()])
def test_block_of_one_page_type_is_described_and_previewed(block):
    assert block.get_description()
    assert block.get_preview_value()


def test_apps_extend_the_shared_vocabulary():
    shared = set(StoryBlock().child_blocks)
    assert set(TreatmentStoryBlock().child_blocks) - shared == {"safety"}
    assert set(BlogStoryBlock().child_blocks) - shared == {"key_points"}


@pytest.mark.parametrize("name", BLOCKS)
def test_lists_in_blocks_are_bounded_or_plain(name):
    """A grid without an upper bound would let one block grow into a page."""
    block = BLOCKS[name]
    if isinstance(block, StructBlock):
        grids = [b for b in block.child_blocks.values() if isinstance(b, ListBlock)]
        assert all(b.meta.max_num for b in grids if isinstance(b.child_block, StructBlock))
