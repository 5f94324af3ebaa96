"""Blocks of plain reading: headings, text, quotes and expanders."""

from django.utils.functional import cached_property
from wagtail import blocks

from clinic.core.anchors import anchor_of

TEXT_FEATURES = ["h3", "bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "superscript", "subscript", "ul", "link"]
# Where a text belongs to one page, whose references its footnotes can choose.
CITING_TEXT_FEATURES = [*TEXT_FEATURES, "reference"]
CITING_SHORT_TEXT_FEATURES = [*SHORT_TEXT_FEATURES, "reference"]


class HeadingValue(blocks.StructValue):
    """A heading with the anchor that links to it."""

    @cached_property
    def anchor(self):
        """The fragment identifier, made from the words; a whole story gives each heading its own."""
        return anchor_of(self["text"]) or "section"


class HeadingBlock(blocks.StructBlock):
    """A section heading of level 2."""

    text = blocks.CharBlock(max_length=120)

    class Meta:
        icon = "title"
        template = "blocks/heading.html"
        label_format = "{text}"
        value_class = HeadingValue
        description = "Starts a section. Smaller headings are in the text block."
        preview_value = {"text": "What happens on the day"}


class TextBlock(blocks.RichTextBlock):
    """Running text with lists, links and smaller headings."""

    class Meta:
        icon = "pilcrow"
        template = "blocks/text.html"
        description = "Paragraphs, numbered lists, bullet points and links."
        preview_value = "<p>Plan two hours. <b>You need somebody to take you home.</b></p>"

    def __init__(self, **kwargs):
        super().__init__(features=CITING_TEXT_FEATURES, **kwargs)


class InsetBlock(blocks.StructBlock):
    """A short remark set apart from the text."""

    text = blocks.RichTextBlock(features=CITING_SHORT_TEXT_FEATURES)

    class Meta:
        icon = "info-circle"
        template = "blocks/inset.html"
        description = "Something useful that stands apart. For risks, use a warning or a care card."
        preview_value = {"text": "<p>Bring a list of the medicines you take.</p>"}


class QuoteBlock(blocks.StructBlock):
    """A quotation that names its source; never a patient's story."""

    text = blocks.TextBlock()
    who = blocks.CharBlock(max_length=120, help_text="The person or body that said it.")
    source_title = blocks.CharBlock(max_length=200)
    source_url = blocks.URLBlock(required=False)

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"
        label_format = "{who}"
        description = "A quotation with its source. We never quote patients."
        preview_value = {
            "text": "Screening belongs to the clinician's evaluation.",
            "who": "A sample source",
            "source_title": "Sample guideline",
            "source_url": "",
        }


class DetailsBlock(blocks.StructBlock):
    """Text behind a line that opens it."""

    summary = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=CITING_TEXT_FEATURES)

    class Meta:
        icon = "collapse-down"
        template = "blocks/details.html"
        label_format = "{summary}"
        description = "A line that opens to more text, for what only some readers need."
        preview_value = {
            "summary": "What the word “dissociation” means",
            "text": "<p>Feeling apart from your body or the room for a while.</p>",
        }
