"""Forms of drafts that arrive while somebody publishes, moves or removes what they are about."""

from django.db import transaction

# What publishing writes beside the words.
PUBLISHED = ("live", "live_revision", "first_published_at", "last_published_at", "expired")


class LateFormMixin:
    """Lets what others did stand: Wagtail would write back all that it read before they did it.

    Of what is online, or stands elsewhere by now, the form writes nothing but a draft.
    """

    written_by_others = PUBLISHED

    def save(self, commit=True):
        """Store what came in, as Wagtail asks for it."""
        content = self.instance
        if not commit or content.live or content._state.adding:
            return super().save(commit=commit)
        # Of a page the row that everybody takes first who decides on it. With the row of its kind locked
        # before that one, on PostgreSQL two would wait for each other.
        rows = content.get_base_content_type().model_class()._base_manager
        with transaction.atomic():
            stored = rows.select_for_update().get(pk=content.pk)
            if not self.is_late(stored):
                return super().save(commit=True)
            content.refresh_from_db(fields=self.written_by_others)
        return super().save(commit=False)

    def is_late(self, stored):
        """Whether somebody published it since the form began to be read."""
        return stored.live
