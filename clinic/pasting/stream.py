"""The stream of a page in the editor, with the place that takes a whole text above its blocks."""

from django import forms
from django.templatetags.static import static
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from clinic.core.blocks import StoryBlock


class PastedStreamAdapter(StreamBlockAdapter):
    """Wagtail's own, built by our script; the stories of other apps, which extend ours, are included."""

    js_constructor = "clinic.pasting.Story"

    @cached_property
    def media(self):
        """Return Wagtail's media and ours, in this order."""
        return super().media + forms.Media(js=[static("pasting/js/whole_text.js")])


register(PastedStreamAdapter(), StoryBlock)
