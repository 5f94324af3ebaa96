"""What blocks point at, asked for once in a generation however many blocks and pages point there."""

from copy import copy

from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageBlock as WagtailImageBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock as WagtailSnippetChooserBlock

from clinic.core.generation_memory import kept_of


class Known:
    """Beside a chooser: several stored keys become what they stand for."""

    def bulk_to_python(self, values):
        """Return an object of its own for each key, None where there is none; at most one query."""
        values = list(values)
        model = self.model_class
        found = kept_of(model, filter(None, values), model._default_manager.in_bulk)
        return [copy(found.get(value)) for value in values]


class PageChooserBlock(Known, blocks.PageChooserBlock):
    """A page."""

    @cached_property
    def widget(self):
        """Ask for it in words of every day."""
        # Wagtail's widgets need every model.
        from clinic.core.page_choosers import KindChooser

        return KindChooser(self.target_models, can_choose_root=self.can_choose_root)


class SnippetChooserBlock(Known, WagtailSnippetChooserBlock):
    """A snippet."""


class DocumentChooserBlock(Known, WagtailDocumentChooserBlock):
    """A document."""


class ImageChooserBlock(Known, WagtailImageChooserBlock):
    """A picture."""


class ImageBlock(WagtailImageBlock):
    """A picture with its description, or none where it is for decoration."""

    image = ImageChooserBlock(required=True)

    def value_from_datadict(self, data, files, prefix):
        """Take what the picture's own page says of it where nobody says anything here."""
        image = super().value_from_datadict(data, files, prefix)
        if image and not image.decorative and not image.contextual_alt_text:
            image.decorative, image.contextual_alt_text = image.is_decorative, image.default_alt_text
        return image
