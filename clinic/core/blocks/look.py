"""Showing what it is like here: the clinic's own photographs, and drawings until there are some."""

from wagtail import blocks

from clinic.core.drawings import DRAWING_CHOICES

from .choosers import ImageBlock

GUIDANCE = (
    "Your own photograph takes the drawing’s place. Best are real rooms, by daylight and without people: the"
    " door as somebody arrives at it, the chair, the way to the rest room. Staff only if they agree in"
    " writing, and never anybody who is treated here, a screen or a paper with a name, or a needle. No bought"
    " pictures."
)


class ViewBlock(blocks.StructBlock):
    """One place or moment."""

    photograph = ImageBlock(required=False, help_text=GUIDANCE)
    drawing = blocks.ChoiceBlock(
        choices=DRAWING_CHOICES, required=False, help_text="Shown while there is no photograph."
    )
    title = blocks.CharBlock(max_length=80)
    text = blocks.TextBlock(required=False)

    class Meta:
        icon = "view"
        label_format = "{title}"


class LookBlock(blocks.StructBlock):
    """What somebody will see, one place or moment after another."""

    heading = blocks.CharBlock(max_length=100)
    views = blocks.ListBlock(ViewBlock(), min_num=1, max_num=6)

    class Meta:
        icon = "view"
        template = "blocks/look.html"
        label_format = "{heading}"
        description = "What it is like here: your own photographs, or our drawings until you have some."
        preview_value = {
            "heading": "What a visit is like",
            "views": [
                {"photograph": None, "drawing": "door", "title": "You come in", "text": "We expect you."},
                {"photograph": None, "drawing": "chair", "title": "You rest", "text": "As long as you need."},
                {
                    "photograph": None,
                    "drawing": "ride",
                    "title": "You go home",
                    "text": "Not on your own.",
                },
            ],
        }
