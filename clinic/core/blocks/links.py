"""Blocks that lead somewhere else."""

from wagtail import blocks


class ActionBlock(blocks.StructBlock):
    """One clear next step, as a button."""

    heading = blocks.CharBlock(max_length=100)
    text = blocks.TextBlock(required=False)
    label = blocks.CharBlock(max_length=40, default="Request A Consultation")
    page = blocks.PageChooserBlock(required=False, help_text="Leave empty to lead to the consultation form.")

    class Meta:
        icon = "link"
        template = "blocks/action.html"
        label_format = "{heading}"
        description = "One next step with a button: the consultation form, or a page you choose."
        preview_value = {
            "heading": "Talk with us first",
            "text": "A member of staff calls you. You decide what comes next.",
            "label": "Request A Consultation",
            "page": None,
        }


class ChildPagesBlock(blocks.StructBlock):
    """Cards for the pages below a chosen page."""

    heading = blocks.CharBlock(max_length=100)
    introduction = blocks.TextBlock(required=False)
    page = blocks.PageChooserBlock(help_text="The pages below this one are shown.")
    limit = blocks.IntegerBlock(default=3, min_value=1, max_value=12)

    class Meta:
        icon = "folder-open-inverse"
        template = "blocks/child_pages.html"
        label_format = "{heading}"
        description = "Cards for the pages below another page, such as all treatments."
        preview_value = {"heading": "Our treatments", "introduction": "", "page": None, "limit": 3}

    def get_context(self, value, parent_context=None):
        """Add ``pages``: the published pages below the chosen one, in the editor's order."""
        context = super().get_context(value, parent_context)
        parent = value.get("page")
        context["pages"] = (
            parent.get_children().live().public().specific()[: value["limit"]] if parent else []
        )
        return context
