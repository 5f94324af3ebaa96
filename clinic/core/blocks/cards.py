"""Blocks that lay several short things side by side or one after another."""

from wagtail import blocks

from .choosers import PageChooserBlock


class StepBlock(blocks.StructBlock):
    """One step of a sequence."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock()

    class Meta:
        icon = "order"
        label_format = "{title}"


class StepsBlock(blocks.StructBlock):
    """Numbered steps."""

    heading = blocks.CharBlock(max_length=100)
    steps = blocks.ListBlock(StepBlock(), min_num=2, max_num=8)

    class Meta:
        icon = "list-ol"
        template = "blocks/steps.html"
        label_format = "{heading}"
        description = "What happens, one step after another."
        preview_value = {
            "heading": "How it works",
            "steps": [
                {"title": "You write or call", "text": "Name and number are enough."},
                {"title": "We call you back", "text": "About 15 minutes, no charge."},
            ],
        }


class CardBlock(blocks.StructBlock):
    """One card with at most one link."""

    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock()
    page = PageChooserBlock(required=False)

    class Meta:
        icon = "doc-full"
        label_format = "{title}"


class CardGridBlock(blocks.StructBlock):
    """A grid of cards written by hand."""

    heading = blocks.CharBlock(max_length=100)
    cards = blocks.ListBlock(CardBlock(), min_num=2, max_num=9)

    class Meta:
        icon = "grip"
        template = "blocks/cards.html"
        label_format = "{heading}"
        description = "Short pieces side by side, each with at most one link."
        preview_value = {
            "heading": "Good to know",
            "cards": [
                {"title": "Getting home", "text": "You can't drive that day.", "page": None},
                {"title": "Eating", "text": "We tell you when to stop eating.", "page": None},
            ],
        }


class FactListBlock(blocks.ListBlock):
    """A list of one-line statements."""

    def __init__(self, **kwargs):
        super().__init__(blocks.CharBlock(max_length=250), **kwargs)


class KeyPointsBlock(blocks.StructBlock):
    """The few things to remember from a post."""

    heading = blocks.CharBlock(max_length=100, default="In short")
    points = FactListBlock(min_num=2, max_num=6)

    class Meta:
        icon = "pick"
        template = "blocks/key_points.html"
        label_format = "{heading}"
        description = "What to remember, in two to six lines. Best at the top of a post."
        preview_value = {
            "heading": "In short",
            "points": ["You need a ride home.", "The effect may not last."],
        }
