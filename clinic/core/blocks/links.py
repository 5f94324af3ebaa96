"""Blocks that lead somewhere else."""

from wagtail import blocks
from wagtail.models import Page

from clinic.core.cards import cards_below
from clinic.core.fixed_places import FORM, FORMS, PHONE, PLACES
from clinic.core.newest_posts import newest_posts

from .choosers import PageChooserBlock


class ActionValue(blocks.StructValue):
    """An action that knows whether its page was deleted; no page at all means the place."""

    lost_its_page = False

    @property
    def where(self):
        """The place; of one that names none, as before there were others, it is the form."""
        return self.get("place") or FORM

    @property
    def asks(self):
        """Whether the place is the form, which notes where somebody came from."""
        return self.where in FORMS


class ActionBlock(blocks.StructBlock):
    """One clear next step, as a button."""

    heading = blocks.CharBlock(max_length=100)
    text = blocks.TextBlock(required=False)
    label = blocks.CharBlock(max_length=40, default="Request A Consultation")
    place = blocks.ChoiceBlock(
        choices=[*PLACES.items(), (PHONE, "Call the clinic")], default=FORM, label="Where it leads"
    )
    page = PageChooserBlock(required=False, help_text="Choose a page, and it leads there instead.")

    class Meta:
        icon = "link"
        template = "blocks/action.html"
        label_format = "{heading}"
        value_class = ActionValue
        description = "One next step with a button: the form, help, the phone, or a page you choose."
        preview_value = {
            "heading": "Talk with us first",
            "text": "A member of staff calls you. You decide what comes next.",
            "label": "Request A Consultation",
            "page": None,
        }

    def value_from_datadict(self, data, files, prefix):
        """Read one from a form; one that was open before the places came leads to the form."""
        value = super().value_from_datadict(data, files, prefix)
        value["place"] = value["place"] or FORM
        return value

    def to_python(self, value):
        """Read one stored action."""
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values):
        """Read stored actions, and notice pages that are no more."""
        values = list(values)
        actions = super().bulk_to_python(values)
        for stored, action in zip(values, actions, strict=True):
            action.lost_its_page = bool(stored.get("page")) and action["page"] is None
        return actions


class ChildPagesBlock(blocks.StructBlock):
    """Cards for the pages below a chosen page."""

    heading = blocks.CharBlock(max_length=100)
    introduction = blocks.TextBlock(required=False)
    page = PageChooserBlock(help_text="The pages below this one are shown.")
    limit = blocks.IntegerBlock(default=3, min_value=1, max_value=12)
    more = blocks.CharBlock(
        required=False,
        max_length=60,
        label="Words of the link below",
        help_text="Such as “All treatments”. Without them the link bears the title of the page.",
    )

    class Meta:
        icon = "folder-open-inverse"
        template = "blocks/child_pages.html"
        label_format = "{heading}"
        description = "Cards for the pages below another page, such as all treatments."

    def get_preview_value(self):
        """Show the pages below the first page that has some."""
        parents = Page.objects.live().public().filter(depth__gt=2, numchild__gt=0).order_by("path")
        return self.normalize(
            {"heading": "Our treatments", "introduction": "", "page": parents.first(), "limit": 3, "more": ""}
        )

    def get_context(self, value, parent_context=None):
        """Add ``cards``: those of the published pages below the chosen one, in the editor's order."""
        context = super().get_context(value, parent_context)
        parent = value.get("page")
        context["cards"] = cards_below(parent, value["limit"]) if parent else []
        return context


class NewestPostsBlock(blocks.StructBlock):
    """Cards for the newest posts of the blog; nothing while there are none."""

    heading = blocks.CharBlock(max_length=100)
    limit = blocks.IntegerBlock(default=3, min_value=1, max_value=6, label="How many")
    more = blocks.CharBlock(
        required=False,
        max_length=60,
        label="Words of the link below",
        help_text="Such as “All posts”. Without them the link bears the title of the blog.",
    )

    class Meta:
        icon = "time"
        template = "blocks/newest_posts.html"
        label_format = "{heading}"
        description = "Cards for the newest posts. A new post appears here by itself."
        preview_value = {"heading": "From our blog", "limit": 3, "more": "All posts"}

    def get_context(self, value, parent_context=None):
        """Add ``newest``: the cards of the newest posts and the page that lists all, or None."""
        context = super().get_context(value, parent_context)
        context["newest"] = newest_posts(value["limit"])
        return context
