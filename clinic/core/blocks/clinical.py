"""Blocks for medical content: care cards, warnings, statements, questions, safety."""

from django.db import models
from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from .cards import FactListBlock
from .choosers import SnippetChooserBlock
from .text import CITING_SHORT_TEXT_FEATURES


class CareLevel(models.TextChoices):
    """How soon somebody should ask for help; the words are shown with the card."""

    NON_URGENT = "non-urgent", "Non-urgent advice"
    URGENT = "urgent", "Urgent advice"
    IMMEDIATE = "immediate", "Immediate action required"


class CareCardValue(blocks.StructValue):
    """A care card with its level in words."""

    @property
    def level_label(self):
        """The level as readers see it."""
        return CareLevel(self["level"]).label


class CareCardBlock(blocks.StructBlock):
    """Whom to contact, and when."""

    level = blocks.ChoiceBlock(choices=CareLevel.choices, default=CareLevel.NON_URGENT)
    heading = blocks.CharBlock(max_length=120, help_text="Whom to contact: “Call us if …”.")
    text = blocks.RichTextBlock(features=CITING_SHORT_TEXT_FEATURES)

    class Meta:
        icon = "help"
        template = "blocks/care_card.html"
        label_format = "{heading}"
        value_class = CareCardValue
        description = "When to ask for help and whom: non-urgent, urgent or immediate."
        preview_value = {
            "level": CareLevel.URGENT,
            "heading": "Call us today if:",
            "text": "<ul><li>it hurts to pass water</li><li>you feel very low</li></ul>",
        }


class WarningBlock(blocks.StructBlock):
    """A fact that matters for health and time."""

    heading = blocks.CharBlock(max_length=120)
    text = blocks.RichTextBlock(features=CITING_SHORT_TEXT_FEATURES)

    class Meta:
        icon = "warning"
        template = "blocks/warning.html"
        label_format = "{heading}"
        description = "An important fact about health. At most two on a page."
        preview_value = {"heading": "Don't drive until the next day", "text": "<p>Even if you feel well.</p>"}


class DoListBlock(blocks.StructBlock):
    """Things to do, or things not to do."""

    kind = blocks.ChoiceBlock(choices=[("do", "Do"), ("dont", "Do not")], default="do")
    heading = blocks.CharBlock(max_length=100)
    items = FactListBlock(min_num=1, max_num=10)

    class Meta:
        icon = "tick-inverse"
        template = "blocks/do_list.html"
        label_format = "{heading}"
        description = "What to do, or what not to do. Put the “do” list first."
        preview_value = {
            "kind": "do",
            "heading": "Do",
            "items": ["wear loose clothes", "bring a list of medicines"],
        }


class FaqGroupBlock(blocks.StructBlock):
    """Questions from the list of questions; each is written once and can stand on many pages."""

    heading = blocks.CharBlock(max_length=100)
    entries = blocks.ListBlock(SnippetChooserBlock("core.Faq"), min_num=1)

    class Meta:
        icon = "help"
        template = "blocks/faqs.html"
        label_format = "{heading}"
        description = "Questions and answers. An answer is edited once, under Snippets, for all pages."

    def get_context(self, value, parent_context=None):
        """Add ``entries``: the questions that are there and published."""
        context = super().get_context(value, parent_context)
        context["entries"] = _published(value["entries"])
        return context

    def get_searchable_content(self, value):
        """Let the search find the page by its questions; it reads them when the page is saved."""
        found = [value["heading"]]
        for entry in _published(value["entries"]):
            found += [entry.question, get_text_for_indexing(entry.answer)]
        return found

    def get_preview_value(self):
        """Show the first questions there are."""
        questions = self.child_blocks["entries"].child_block.target_model.objects
        entries = list(questions.filter(live=True)[:3])
        return self.normalize({"heading": "Questions people ask", "entries": entries})


def _published(entries):
    return [entry for entry in entries if entry and entry.live]


class StatementBlock(SnippetChooserBlock):
    """A dated statement about approval and law, kept in one place."""

    class Meta:
        icon = "clipboard-list"
        template = "blocks/statement.html"
        description = "A dated statement on approval and law. Never write such a sentence by hand."

    def __init__(self, **kwargs):
        super().__init__("core.RegulatoryStatement", **kwargs)

    def get_preview_value(self):
        """Show the first statement there is."""
        return self.target_model.objects.filter(live=True).first()


class SafetyBlock(blocks.StructBlock):
    """Statement, risks and who should not have a treatment, all on one screen."""

    statement = StatementBlock()
    common = FactListBlock(label="Common effects")
    rarer = FactListBlock(label="Rarer, serious effects")
    long_term = FactListBlock(label="With frequent or long use")
    not_for = FactListBlock(label="Not for, or only with extra care")

    class Meta:
        icon = "warning"
        template = "blocks/safety.html"
        description = "The approval statement, then the risks, then who should not have the treatment."

    def get_preview_value(self):
        """Show the first statement with sample risks."""
        sample = {
            "statement": self.child_blocks["statement"].get_preview_value(),
            "common": ["sleepiness", "nausea"],
            "rarer": ["slowed breathing"],
            "long_term": ["bladder harm"],
            "not_for": ["uncontrolled high blood pressure"],
        }
        return self.normalize(sample)
