"""What treatment pages can be told with."""

from wagtail import blocks

from clinic.core.blocks import SafetyBlock, StoryBlock
from clinic.core.blocks.choosers import PageChooserBlock


class TreatmentStoryBlock(StoryBlock):
    """The shared vocabulary and the safety block."""

    safety = SafetyBlock(group="Health")


class OptionBlock(blocks.StructBlock):
    """One of the things a comparison sets side by side."""

    name = blocks.CharBlock(max_length=60)
    page = PageChooserBlock(required=False, page_type="treatments.TreatmentPage")

    class Meta:
        icon = "doc-full"
        label_format = "{name}"
        description = "One column of the table. No column is ever highlighted."
        preview_value = {"name": "IV infusion", "page": None}


class RowBlock(blocks.StructBlock):
    """One row: the same question put to every option."""

    criterion = blocks.CharBlock(max_length=100)
    cells = blocks.ListBlock(
        blocks.TextBlock(), min_num=2, max_num=4, help_text="One answer for each option, in order."
    )
    source = blocks.CharBlock(
        max_length=200,
        default="Clinic practice, not trial results",
        help_text="Where the answers come from. Say so if there is no source.",
    )

    class Meta:
        icon = "list-ul"
        label_format = "{criterion}"
        description = "One row of the table, with its source."
        preview_value = {
            "criterion": "How it is given",
            "cells": ["Through a drip", "Into a muscle"],
            "source": "Clinic practice, not trial results",
        }
