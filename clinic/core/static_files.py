"""Static files under names that change with their content; pages stand where a name is not known."""

from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StandingStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Gives a file's own name where none was collected: better a page without its style than none."""

    manifest_strict = False

    def stored_name(self, name):
        """Return the name under which a file lies, or should."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name


def are_there() -> bool:
    """Whether the static files were collected, where they have to be."""
    # Others than ours need no collecting.
    return bool(getattr(staticfiles_storage, "hashed_files", True))
