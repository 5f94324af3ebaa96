"""Blocks that show a picture or offer a file."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class FigureBlock(blocks.StructBlock):
    """A picture with a caption and its source."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=250)
    source = blocks.CharBlock(required=False, max_length=200, help_text="Where the picture or its figures come from.")

    class Meta:
        icon = "image"
        template = "blocks/figure.html"
        label_format = "{caption}"
        description = "A picture. Describe it for those who can't see it, or mark it as decorative."
        preview_value = {"image": None, "caption": "The ridge in the morning", "source": "Our own drawing"}


class DownloadBlock(blocks.StructBlock):
    """A document to download, with its type, size and language."""

    document = DocumentChooserBlock()
    title = blocks.CharBlock(max_length=150)
    language = blocks.CharBlock(max_length=40, default="English")

    class Meta:
        icon = "download"
        template = "blocks/download.html"
        label_format = "{title}"
        description = "A PDF to download. Put what it says on a page as well: many people can't use a PDF."
        preview_value = {"document": None, "title": "What to bring", "language": "English"}
