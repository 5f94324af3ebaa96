"""The stylesheet: read in parts by people, sent as one file to browsers.

Beside it stand two that editors alone get, in previews: the same in dark colours, and as it is on paper.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

from clinic.core.plain_css import plain

SOURCES = "css/site"
# A sheet of paper on the screen, between its margins.
SHEET = """
:root { color-scheme: light !important; background: #fff; }
body { max-inline-size: 186mm; margin-inline: auto !important; padding: 16mm !important; }
"""


class JoinedStylesheetFinder(FileSystemFinder):
    """Find the project's static files, with ``css/site.css`` and those made of it in place of its sources.

    The joined files lie below ``VAR_DIR`` and are written anew when a source changed, so that
    ``runserver`` and ``collectstatic`` see the same.
    """

    def find(self, path, find_all=False, **kwargs):
        """Return where a file lies; a joined stylesheet is brought up to date first."""
        if path in JOINED:
            found = str(_write(path))
            return [found] if find_all or kwargs.get("all") else found
        return super().find(path, find_all, **kwargs)

    def list(self, ignore_patterns):
        """List every file but the sources, then the joined stylesheets."""
        for path, storage in super().list(ignore_patterns):
            if Path(path).parent != Path(SOURCES):
                yield path, storage
        for path in JOINED:
            _write(path)
            yield path, FileSystemStorage(location=_folder())


def joined_css():
    """Return what is sent: the sources in words that older browsers know too."""
    return plain(source_css())


def dark_css():
    """Return it for whoever wants to see dark colours on a light screen."""
    css = joined_css().replace("color-scheme: light dark;", "color-scheme: dark;", 1)
    return css.replace("(prefers-color-scheme: dark)", "all")


def paper_css():
    """Return it for whoever wants to see on the screen what a printer gets."""
    # No screen speaks: what is for screens alone goes, with whatever follows "and".
    css = joined_css().replace("@media screen", "@media speech").replace("@media print", "@media all")
    return css + SHEET


JOINED = {"css/site.css": joined_css, "css/dark.css": dark_css, "css/paper.css": paper_css}


def source_css():
    """Return the sources as one text, in the order of their names."""
    roots = [Path(root) / SOURCES for root in settings.STATICFILES_DIRS]
    sources = sorted(source for root in roots for source in root.glob("*.css"))
    return "\n".join(source.read_text(encoding="utf-8") for source in sources)


def _folder():
    return Path(settings.VAR_DIR) / "joined"


def _write(path):
    """Write a joined file if it isn't current, in one step, and return its path."""
    target = _folder() / path
    css = JOINED[path]()
    if not target.exists() or target.read_text(encoding="utf-8") != css:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".draft")
        draft.write_text(css, encoding="utf-8")
        draft.replace(target)
    return target
