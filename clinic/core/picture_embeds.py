"""Pictures inside running text. No editor of ours offers them, but text from elsewhere may hold some."""

from wagtail.images.rich_text import ImageEmbedHandler

from clinic.core.picture_places import shown_in


class PictureEmbedHandler(ImageEmbedHandler):
    """A picture as in a figure, and no trace of one that is gone or can't be shown."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        """Return the HTML for each."""
        return [
            _html(image, attrs) for image, attrs in zip(cls.get_many(attrs_list), attrs_list, strict=True)
        ]


def _html(image, attrs):
    if image:
        image.contextual_alt_text = attrs.get("alt", "")
        image.decorative = not image.contextual_alt_text
    return shown_in("figure", image) or ""
