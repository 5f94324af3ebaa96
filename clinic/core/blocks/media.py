"""Blocks that show a picture or offer a file."""

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from .choosers import DocumentChooserBlock, ImageBlock


class FigureBlock(blocks.StructBlock):
    """A picture with a caption and its source."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=250)
    source = blocks.CharBlock(
        required=False, max_length=200, help_text="Where the picture or its figures come from."
    )

    class Meta:
        icon = "image"
        template = "blocks/figure.html"
        label_format = "{caption}"
        description = "A picture. Describe it for those who can't see it, or mark it as decorative."

    def get_preview_value(self):
        """Show the newest picture, since a made-up one can't be."""
        image = get_image_model().objects.order_by("-pk").first()
        return self.normalize(
            {"image": image, "caption": "The ridge in the morning", "source": "Our own drawing"}
        )


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

    def get_preview_value(self):
        """Offer the newest document, since a made-up one can't be."""
        document = get_document_model().objects.order_by("-pk").first()
        return self.normalize({"document": document, "title": "What to bring", "language": "English"})
