"""The stylesheet: read in parts by people, sent as one file to browsers."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

from clinic.core.plain_css import plain

SOURCES = "css/site"
JOINED = "css/site.css"


class JoinedStylesheetFinder(FileSystemFinder):
    """Find the project's static files, with one ``css/site.css`` in place of its sources.

    The joined file lies below ``VAR_DIR`` and is written anew when a source changed, so that
    ``runserver`` and ``collectstatic`` see the same.
    """

    def find(self, path, find_all=False, **kwargs):
        """Return where a file lies; the joined stylesheet is brought up to date first."""
        if path == JOINED:
            found = str(_write_joined())
            return [found] if find_all or kwargs.get("all") else found
        return super().find(path, find_all, **kwargs)

    def list(self, ignore_patterns):
        """List every file but the sources, then the joined stylesheet."""
        for path, storage in super().list(ignore_patterns):
            if Path(path).parent != Path(SOURCES):
                yield path, storage
        _write_joined()
        yield JOINED, FileSystemStorage(location=_folder())


def joined_css():
    """Return what is sent: the sources in words that older browsers know too."""
    return plain(source_css())


def source_css():
    """Return the sources as one text, in the order of their names."""
    roots = [Path(root) / SOURCES for root in settings.STATICFILES_DIRS]
    sources = sorted(source for root in roots for source in root.glob("*.css"))
    return "\n".join(source.read_text(encoding="utf-8") for source in sources)


def _folder():
    return Path(settings.VAR_DIR) / "joined"


def _write_joined():
    """Write the joined file if it isn't current, in one step, and return its path."""
    target = _folder() / JOINED
    css = joined_css()
    if not target.exists() or target.read_text(encoding="utf-8") != css:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".draft")
        draft.write_text(css, encoding="utf-8")
        draft.replace(target)
    return target
